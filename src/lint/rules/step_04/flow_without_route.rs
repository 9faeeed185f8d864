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
    let parts = parts(view);
    // One gap between two parts of the network stops many flows; the first of them stands for all.
    let mut gaps: BTreeMap<(NetworkId, NetworkId), (&str, &Peer, &Peer)> = BTreeMap::new();
    for problem in &view.flows.problems {
        let FlowProblem::NoRoute { flow, from, to } = problem else { continue };
        // A network that nothing joins is reported once, as such.
        if isolated.contains(&from.network) || isolated.contains(&to.network) {
            continue;
        }
        let (one, other) = (parts[from.network.index()], parts[to.network.index()]);
        gaps.entry((one.min(other), one.max(other))).or_insert((flow, from, to));
    }
    for (flow, from, to) in gaps.into_values() {
        let (one, other) = (from.network.min(to.network), from.network.max(to.network));
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

/// For each network the first of those that firewalls and links join with it, directly or over others. The internet leads nowhere.
fn parts(view: &View) -> Vec<NetworkId> {
    let topology = view.topology;
    let mut joined: Vec<Vec<NetworkId>> = vec![Vec::new(); topology.networks.len()];
    let firewalls = topology.firewalls.iter().map(|firewall| &firewall.joins);
    for joins in firewalls.chain(topology.wan_links.iter().map(|link| &link.joins)) {
        let mut inner = joins.iter().map(|network| network.value).filter(|id| *id != NetworkId::INTERNET);
        // A chain is as good as all pairs.
        let Some(mut last) = inner.next() else { continue };
        for next in inner {
            joined[last.index()].push(next);
            joined[next.index()].push(last);
            last = next;
        }
    }
    let mut parts: Vec<Option<NetworkId>> = vec![None; topology.networks.len()];
    for network in &topology.networks {
        let mut open = vec![network.id];
        while let Some(id) = open.pop() {
            if parts[id.index()].is_none() {
                parts[id.index()] = Some(network.id);
                open.extend(&joined[id.index()]);
            }
        }
    }
    parts.into_iter().map(|part| part.unwrap_or(NetworkId::INTERNET)).collect()
}
