//! Traffic that the product needs and the networks do not carry.

use std::collections::BTreeMap;

use crate::flow::{FlowProblem, Peer};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::NetworkId;

rule! {
    /// ## What it does
    /// Reports two networks between which a flow must pass while no chain of firewalls and links joins them.
    ///
    /// ## Why it matters
    /// No firewall gets a rule for the flow, for none stands on its way: the artifacts are silent about traffic that the
    /// deployment cannot do without.
    ///
    /// ## Planning Guide
    /// Steps 4 and 6 list who connects to whom; the networks of the topology must make it possible.
    "OCS0407" "flow-without-route" {
        severity: Error,
        confidence: High,
        source: "the catalogue's flows, Planning Guide steps 4 and 6",
        bad: Example::with(bases::EDGE, &[
            ("joins = [internet, edge_outside]", "joins = [internet, edge_outside, edge_inside]"),
            ("joins = [edge_inside, servers, clients]", "joins = [servers, clients]"),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let isolated = super::isolated_network::isolated(view);
    let mut pairs: BTreeMap<(NetworkId, NetworkId), (&str, &Peer, &Peer)> = BTreeMap::new();
    for problem in &view.flows.problems {
        let FlowProblem::NoRoute { flow, from, to } = problem else { continue };
        // A network that nothing joins is reported once, as such.
        if isolated.contains(&from.network) || isolated.contains(&to.network) {
            continue;
        }
        let ends = (from.network.min(to.network), from.network.max(to.network));
        pairs.entry(ends).or_insert((flow, from, to));
    }
    for ((one, other), (flow, from, to)) in pairs {
        let (one, other) = (view.topology.network(one), view.topology.network(other));
        let (here, there) = if other.span.is_some() { (other, one) } else { (one, other) };
        let Some(place) = here.span else { continue };
        sink.report(
            Finding::new(
                format!("no way leads between `{}` and `{}`, and flows such as `{flow}` must pass", one.path, other.path),
                place,
                format!("no chain of firewalls and links joins `{}` with `{}`", here.name, there.name),
            )
            .related_opt(there.span, "the other network")
            .help(format!(
                "name both in the `joins` of a firewall or a `wan_link`; the flow goes from `{}` to `{}`",
                from.path, to.path
            )),
        );
    }
}
