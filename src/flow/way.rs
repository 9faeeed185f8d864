//! The way between two networks: every network, link and firewall on it.

use super::Crossing;
use crate::graph::{NetworkGraph, Node};
use crate::model::{NetworkId, Topology};

/// The way that packets take between two networks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// Firewalls on the way.
    pub crossings: Vec<Crossing>,
    /// Every network, link and firewall on the way, both ends included.
    pub hops: Vec<Node>,
}

/// The way from one network to another; `None` where there is none.
pub fn way(topology: &Topology, from: NetworkId, to: NetworkId) -> Option<Way> {
    let graph = NetworkGraph::new(topology);
    let route = graph.router().route(graph.area(from), graph.area(to))?;
    let crossings: Vec<Crossing> =
        route.crossings.iter().map(|&(firewall, enters, leaves)| Crossing { firewall, enters, leaves }).collect();
    let hops = hops(&graph, from, to, &crossings);
    Some(Way { crossings, hops })
}

/// Every network, link and firewall on a way whose firewalls are known, both ends included.
pub fn hops(graph: &NetworkGraph, from: NetworkId, to: NetworkId, crossings: &[Crossing]) -> Vec<Node> {
    let mut hops = Vec::new();
    let mut here = from;
    for crossing in crossings {
        hops.extend(within(graph, here, crossing.enters));
        hops.push(Node::Firewall(crossing.firewall));
        here = crossing.leaves;
    }
    hops.extend(within(graph, here, to));
    hops
}

fn within(graph: &NetworkGraph, from: NetworkId, to: NetworkId) -> Vec<Node> {
    graph.way_within_area(from, to).unwrap_or_else(|| vec![Node::Network(from), Node::Network(to)])
}
