//! One wall between the internet and everything.

use crate::catalog::Support;
use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{NetworkId, Zone};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Notes a firewall that joins the internet, a perimeter network with edge servers and an internal network.
    ///
    /// ## Why it matters
    /// One mistake in its rules, or one hole in its software, opens the perimeter and the inside alike.
    ///
    /// ## Planning Guide
    /// Step 6: the edge servers stand between two firewalls. One with three interfaces works too, so this is a note.
    "OCS0623" "single-perimeter-firewall" {
        severity: Note,
        confidence: High,
        source: "Edge deployment, before you begin (cc895231); 2007 R2, firewall support",
        bad: Example::with(bases::EDGE, &[
            (
                "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }\n",
                "  firewall only { joins = [internet, edge_outside, edge_inside, servers, clients]  dialect = nftables }\n",
            ),
            ("  firewall inner { joins = [edge_inside, servers, clients]  dialect = nftables }\n", ""),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("edge.two_firewalls") else { return };
    let mut with_edges = vec![false; view.topology.networks.len()];
    for group in view.groups(GroupKind::EdgeArray) {
        for member in view.endpoints(group).flat_map(|endpoint| &endpoint.members) {
            with_edges[member.network.index()] = true;
        }
    }
    for firewall in &view.topology.firewalls {
        let joined = |wanted: &dyn Fn(NetworkId) -> bool| firewall.joins.iter().find(|network| wanted(network.value));
        let internal = |network: NetworkId| view.topology.network(network).zone == Zone::Internal;
        let edge = |network: NetworkId| with_edges[network.index()];
        let (Some(outside), Some(_), Some(inside)) =
            (joined(&|network| network == NetworkId::INTERNET), joined(&edge), joined(&internal))
        else {
            continue;
        };
        let place = view.topology.network(inside.value).span;
        sink.report(
            Finding::new(
                format!(
                    "edge servers should stand between two firewalls, and `{}` alone is between the internet and `{}`",
                    firewall.path,
                    view.topology.network(inside.value).path
                ),
                inside.span,
                "a network inside",
            )
            .related(outside.span, "the internet, on the same firewall")
            .help("join the internet and the outside of the edge servers by one firewall, their inside and the internal networks by another")
            .by_support_level(row)
            .needs_one_of(place.map(Fact::Written)),
        );
    }
}
