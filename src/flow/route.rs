//! Ways of flows: parties in the same area share one, so that work grows with areas, not with servers.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use rustc_hash::FxHashMap;

use super::{Crossing, Ends, Flow, FlowProblem, Leg, Parties, Peer};
use crate::catalog::NatRule;
use crate::graph::{AreaId, NetworkGraph, Route, Router};
use crate::model::{FirewallId, NetworkId, Topology};
use crate::text::Span;

/// Routes flows and collects what cannot be routed.
#[derive(Debug)]
pub(super) struct LegBuilder<'a> {
    topology: &'a Topology,
    graph: &'a NetworkGraph,
    router: Router<'a>,
    /// Translations by the address that a server has.
    nats: FxHashMap<Ipv4Addr, (FirewallId, Span)>,
    problems: Vec<FlowProblem>,
    /// For each pair of areas without a way, the position of its problem.
    unrouted: BTreeMap<(AreaId, AreaId), usize>,
    ambiguous: BTreeSet<(AreaId, AreaId)>,
}

impl<'a> LegBuilder<'a> {
    pub(super) fn new(topology: &'a Topology, graph: &'a NetworkGraph) -> Self {
        let mut nats = FxHashMap::default();
        for firewall in &topology.firewalls {
            nats.extend(firewall.nats.iter().map(|nat| (nat.inside.value, (firewall.id, nat.span))));
        }
        Self {
            topology,
            graph,
            router: graph.router(),
            nats,
            problems: Vec::new(),
            unrouted: BTreeMap::new(),
            ambiguous: BTreeSet::new(),
        }
    }

    pub(super) fn finish(self) -> Vec<FlowProblem> {
        self.problems
    }

    /// Whether no firewall is between two networks.
    pub(super) fn same_area(&self, a: NetworkId, b: NetworkId) -> bool {
        self.graph.area(a) == self.graph.area(b)
    }

    /// The ways of a flow.
    pub(super) fn legs(&mut self, flow: &Flow<'_>) -> Vec<Leg> {
        let from = self.by_area(&flow.from);
        let to = self.by_area(&flow.to);
        let mut legs = Vec::new();
        for (near, sources) in &from {
            for (far, destinations) in &to {
                let Some(route) = self.route(flow, *near, *far, sources, destinations) else { continue };
                self.translations(flow, &route, sources, destinations);
                let crossings =
                    route.crossings.iter().map(|&(firewall, enters, leaves)| Crossing { firewall, enters, leaves }).collect();
                legs.push(Leg { from: sources.clone(), to: destinations.clone(), crossings });
            }
        }
        legs.shrink_to_fit();
        legs
    }

    fn by_area(&self, peers: &Parties) -> BTreeMap<AreaId, Vec<usize>> {
        let mut map: BTreeMap<AreaId, Vec<usize>> = BTreeMap::new();
        for (index, peer) in peers.iter().enumerate() {
            map.entry(self.graph.area(peer.network)).or_default().push(index);
        }
        map
    }

    /// The route; each pair of areas without one, or with two, is reported once.
    fn route(&mut self, flow: &Flow<'_>, near: AreaId, far: AreaId, sources: &[usize], destinations: &[usize]) -> Option<Route> {
        let example = || (flow.from[sources[0]].clone(), flow.to[destinations[0]].clone());
        let Some(route) = self.router.route(near, far) else {
            let at = *self.unrouted.entry((near, far)).or_insert_with(|| {
                let (from, to) = example();
                self.problems.push(FlowProblem::NoRoute { flow: flow.id.clone(), from, to, ends: Box::default() });
                self.problems.len() - 1
            });
            let places = |peers: &Parties, places: &[usize]| -> Vec<_> {
                let peers = places.iter().map(|index| &peers[*index]).filter(|peer| peer.is_at_home(self.topology));
                peers.map(|peer| peer.span).collect()
            };
            let (sources, destinations) = (places(&flow.from, sources), places(&flow.to, destinations));
            if let Some(FlowProblem::NoRoute { ends, .. }) = self.problems.get_mut(at) {
                let Ends { from, to } = &mut **ends;
                from.extend(sources);
                to.extend(destinations);
            }
            return None;
        };
        if let (Some(other), Some((first, _, _))) = (route.other_way, route.crossings.first())
            && self.ambiguous.insert((near.min(far), near.max(far)))
        {
            let (from, to) = example();
            self.problems.push(FlowProblem::TwoWays { flow: flow.id.clone(), from, to, taken: *first, other });
        }
        Some(route)
    }

    /// Reports parties whose address is translated on a way that the flow may not be translated on.
    fn translations(&mut self, flow: &Flow<'_>, route: &Route, sources: &[usize], destinations: &[usize]) {
        if flow.row.nat == NatRule::Allowed || self.nats.is_empty() {
            return;
        }
        let borne = |peer: &Peer| {
            let alone = peer.endpoint.is_none_or(|endpoint| self.topology.endpoint(endpoint).vip.is_none());
            flow.row.nat == NatRule::NeverBalanced && alone
        };
        let peers = sources.iter().map(|index| &flow.from[*index]).chain(destinations.iter().map(|index| &flow.to[*index]));
        for peer in peers.filter(|peer| !borne(peer)) {
            if let Some((firewall, nat)) = self.nats.get(&peer.net.addr())
                && route.crossings.iter().any(|(crossed, _, _)| crossed == firewall)
            {
                self.problems.push(FlowProblem::Nat {
                    flow: flow.id.clone(),
                    firewall: *firewall,
                    nat: *nat,
                    peer: peer.clone(),
                });
            }
        }
    }
}
