//! Servers of the internal network in the perimeter.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{GroupKind, Zone};

rule! {
    /// ## What it does
    /// Reports an address in a perimeter network on a server that is neither an edge server nor a reverse proxy.
    ///
    /// ## Why it matters
    /// Pools, Directors, databases and Communicator Web Access reach Active Directory and each other over ports that an inner
    /// firewall must not open; the rules for them would make the perimeter part of the internal network.
    ///
    /// ## Planning Guide
    /// Steps 2 and 6: edge roles run in the perimeter only, all other roles on the internal network only.
    "OCS0205" "internal-role-in-perimeter" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, internal network topologies (bb964045); perimeter network (bb894627)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[(
            "  standard_edition se01 {",
            r"  web_access cwa01 { address = 172.25.33.50  pool = se01 }

  standard_edition se01 {",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for server in &view.topology.servers {
        let group = view.topology.group(server.group);
        if matches!(group.kind, GroupKind::EdgeArray | GroupKind::ReverseProxy) {
            continue;
        }
        for (address, network) in &server.addresses {
            let network = view.topology.network(*network);
            if network.zone == Zone::Perimeter {
                sink.report_once(
                    Finding::new(
                        format!("`{}` is a `{}` in the perimeter network `{}`", server.path, group.block, network.path),
                        address.span,
                        format!("{} is in `{}`, and only edge servers and reverse proxies may be", address.value, network.name),
                    )
                    .related_opt(network.span, "the network, with `zone = perimeter`")
                    .help(format!("give `{}` an address of an internal network", server.name)),
                );
            }
        }
    }
}
