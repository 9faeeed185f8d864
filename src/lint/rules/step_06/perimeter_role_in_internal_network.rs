//! Servers for strangers inside the house.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{GroupKind, Zone};

rule! {
    /// ## What it does
    /// Reports an edge server or a reverse proxy with an address in an internal network.
    ///
    /// ## Why it matters
    /// Connections from the internet end at these servers. One that is broken into must meet a firewall before anything else;
    /// on an internal network it meets every server and client.
    ///
    /// ## Planning Guide
    /// Steps 2 and 6: edge roles and the reverse proxy run in the perimeter network only.
    "OCS0605" "perimeter-role-in-internal-network" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, perimeter network (bb894627)",
        of_what_is_written: true,
        bad: Example::with(bases::EDGE, &[("inside    = 172.25.33.40", "inside    = 10.10.0.40")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for kind in [GroupKind::EdgeArray, GroupKind::ReverseProxy] {
        for group in view.groups(kind) {
            for server in group.servers.iter().map(|id| view.topology.server(*id)) {
                for (address, network) in &server.addresses {
                    let network = view.topology.network(*network);
                    if network.zone == Zone::Internal {
                        sink.report_once(
                            Finding::new(
                                format!(
                                    "`{}` belongs in the perimeter, and {} is in the internal network `{}`",
                                    server.path, address.value, network.path
                                ),
                                address.span,
                                format!("an address of `{}`", network.name),
                            )
                            .related_opt(network.span, "the network, with `zone = internal`")
                            .help("give it an address of a network with `zone = perimeter`"),
                        );
                    }
                }
            }
        }
    }
}
