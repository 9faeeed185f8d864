//! A network that nothing joins.

use std::collections::BTreeSet;

use crate::diag::Severity;
use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::NetworkId;

rule! {
    /// ## What it does
    /// Reports a network that no firewall and no WAN link joins, while there are others. It is an error when a flow must
    /// reach the network, else a warning.
    ///
    /// ## Why it matters
    /// Nobody reaches the network and nobody in it reaches anything: no firewall rule names its servers.
    ///
    /// ## Planning Guide
    /// Steps 4 and 6: every server must reach Active Directory and its partners, every client its pool.
    "OCS0411" "isolated-network" {
        severity: Error,
        confidence: High,
        source: "the catalogue's flows, Planning Guide steps 4 and 6",
        bad: Example::with(bases::STANDARD, &[(
            "  firewall core { joins = [servers, clients]  dialect = nftables }",
            r"  network lab { zone = internal range = 10.20.0.0/24 }
  firewall core { joins = [servers, clients]  dialect = nftables }",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

/// The networks that nothing joins, if there is more than one network beside the internet.
pub(super) fn isolated(view: &View) -> BTreeSet<NetworkId> {
    let topology = view.topology;
    if topology.networks.len() <= 2 {
        return BTreeSet::new();
    }
    let firewalls = topology.firewalls.iter().flat_map(|firewall| &firewall.joins);
    let links = topology.wan_links.iter().flat_map(|link| &link.joins);
    let joined: BTreeSet<NetworkId> = firewalls.chain(links).map(|network| network.value).collect();
    topology.networks.iter().map(|network| network.id).filter(|id| *id != NetworkId::INTERNET && !joined.contains(id)).collect()
}

fn check(view: &View, sink: &mut Sink) {
    let isolated = isolated(view);
    if isolated.is_empty() {
        return;
    }
    let mut needed = BTreeSet::new();
    for problem in &view.flows.problems {
        if let FlowProblem::NoRoute { from, to, .. } = problem {
            needed.extend([from.network, to.network]);
        }
    }
    for id in isolated {
        let network = view.topology.network(id);
        let Some(place) = network.span else { continue };
        let finding = Finding::new(
            format!("nothing joins the network `{}` with another", network.path),
            place,
            "in the `joins` of no firewall and no link",
        )
        .help(format!("name `{}` in the `joins` of a firewall, or of a `wan_link` where nothing is filtered", network.name));
        sink.report(if needed.contains(&id) { finding } else { finding.milder(Severity::Warning) });
    }
}
