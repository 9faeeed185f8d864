//! Traffic that the product needs and the networks do not carry.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Fact;
use crate::flow::{FlowProblem, Peer};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{NetworkId, Zone};
use crate::text::Span;

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

/// Two parts of the network that no way joins, with all who miss it.
struct Gap<'a> {
    /// The first flow that must pass, and its ends.
    example: (&'a str, &'a Peer, &'a Peer),
    /// The addresses on the side of the first part and of the second, as in [`Ends`](crate::flow::Ends).
    near: BTreeSet<Option<Span>>,
    far: BTreeSet<Option<Span>>,
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let isolated = super::isolated_network::isolated(view);
    let parts = parts(view);
    let mut gaps: BTreeMap<(NetworkId, NetworkId), Gap> = BTreeMap::new();
    for problem in &view.flows.problems {
        let FlowProblem::NoRoute { flow, from, to, ends } = problem else { continue };
        // A network that nothing joins is reported once, as such.
        if isolated.contains(&from.network) || isolated.contains(&to.network) {
            continue;
        }
        let key = between(&parts, from.network, to.network);
        let gap =
            gaps.entry(key).or_insert_with(|| Gap { example: (flow, from, to), near: BTreeSet::new(), far: BTreeSet::new() });
        // Flows miss the way in both directions: sides are parts of the network, not sources and destinations.
        let (near, far) = if parts[from.network.index()] == key.0 { (&ends.from, &ends.to) } else { (&ends.to, &ends.from) };
        gap.near.extend(near);
        gap.far.extend(far);
    }
    // Parts that are all inside lack one link, however many they are.
    let inside = |id: &NetworkId| view.topology.network(*id).zone == Zone::Internal;
    let mut groups: Vec<Vec<(NetworkId, NetworkId)>> = Vec::new();
    let mut of_part: BTreeMap<NetworkId, usize> = BTreeMap::new();
    for key @ (one, other) in gaps.keys() {
        if !(inside(one) && inside(other)) {
            report(view, sink, &[*key], &gaps);
            continue;
        }
        let group = match (of_part.get(one).copied(), of_part.get(other).copied()) {
            (Some(first), Some(second)) if first != second => {
                let moved = std::mem::take(&mut groups[second]);
                of_part.values_mut().filter(|group| **group == second).for_each(|group| *group = first);
                groups[first].extend(moved);
                first
            }
            (Some(group), _) | (None, Some(group)) => group,
            (None, None) => {
                groups.push(Vec::new());
                groups.len() - 1
            }
        };
        of_part.extend([(*one, group), (*other, group)]);
        groups[group].push(*key);
    }
    groups.iter().filter(|keys| !keys.is_empty()).for_each(|keys| report(view, sink, keys, &gaps));
}

fn report(view: &RuleContext, sink: &mut Sink, keys: &[(NetworkId, NetworkId)], gaps: &BTreeMap<(NetworkId, NetworkId), Gap>) {
    let Some(first) = keys.first().and_then(|key| gaps.get(key)) else { return };
    let (flow, from, to) = first.example;
    let (one, other) = (from.network.min(to.network), from.network.max(to.network));
    let mut ends = vec![one, other];
    for (flow_from, flow_to) in keys[1..].iter().filter_map(|key| gaps.get(key)).map(|gap| (gap.example.1, gap.example.2)) {
        ends.extend([flow_from.network, flow_to.network]);
    }
    // One network speaks for each part.
    let parts = parts(view);
    let mut seen = BTreeSet::new();
    ends.retain(|network| seen.insert(parts[network.index()]));
    let (one, other) = (view.topology.network(one), view.topology.network(other));
    let (here, there) = if other.span.is_some() { (other, one) } else { (one, other) };
    let Some(place) = here.span else { return };
    let paths: Vec<&str> = ends.iter().map(|id| view.topology.network(*id).path.as_str()).collect();
    let all = if paths.len() == 2 { "both" } else { "all" };
    let mut finding = Finding::new(
        format!("no way leads between {}, and flows such as `{flow}` must pass", words::quoted(&paths)),
        place,
        format!("no chain of firewalls and links joins `{}` with `{}`", here.name, there.name),
    )
    .related_opt(there.span, "the other network");
    for network in ends.iter().skip(2).take(3).map(|id| view.topology.network(*id)) {
        finding = finding.related_opt(network.span, "nor with this one");
    }
    finding = finding.help(format!(
        "name {all} in the `joins` of a firewall or a `wan_link`; the flow goes from `{}` to `{}`",
        from.path, to.path
    ));
    for (key, gap) in keys.iter().filter_map(|key| Some((key, gaps.get(key)?))) {
        finding = finding.blames(way(view, *key));
        // An address that is wrong may be the only one that misses the way.
        for places in [&gap.near, &gap.far] {
            if let Some(places) = places.iter().copied().collect::<Option<Vec<_>>>().filter(|_| keys.len() == 1) {
                finding = finding.needs_one_of(places.into_iter().map(Fact::Written));
            }
        }
    }
    sink.report(finding);
}

/// The parts in which two networks are, in their order.
pub(in crate::lint::rules) fn between(parts: &[NetworkId], from: NetworkId, to: NetworkId) -> (NetworkId, NetworkId) {
    let (one, other) = (parts[from.index()], parts[to.index()]);
    (one.min(other), one.max(other))
}

/// That a way joins two parts of the network.
pub(in crate::lint::rules) fn way(view: &RuleContext, (one, other): (NetworkId, NetworkId)) -> Fact {
    Fact::Way(view.topology.network(one).span, view.topology.network(other).span)
}

/// For each network the first of those that firewalls and links join with it, directly or over others. The internet leads nowhere.
pub(in crate::lint::rules) fn parts(view: &RuleContext) -> Vec<NetworkId> {
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
