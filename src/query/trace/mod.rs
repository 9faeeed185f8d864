//! The way of single connections, hop by hop.
//! Input: two things of the topology, as a person names them. Output: the connections from one to the other.

use crate::flow::{Crossing, Flow, Flows, Peer, Selector, hops, select};
use crate::graph::{NetworkGraph, Node};
use crate::model::Topology;

/// One connection that the flows allow.
#[derive(Debug, Clone)]
pub struct Connection {
    /// Position in [`Flows::flows`].
    pub flow: usize,
    /// Who opens.
    pub from: Peer,
    /// Who listens.
    pub to: Peer,
    /// Firewalls on the way.
    pub crossings: Vec<Crossing>,
    /// Every network, link and firewall on the way, both ends included.
    pub hops: Vec<Node>,
}

/// All connections from one thing of the topology to another.
#[derive(Debug, Clone)]
pub struct Traced {
    /// In the order of the flows.
    pub connections: Vec<Connection>,
}

/// All connections from `from` to `to`, each a path or an address.
pub fn trace(topology: &Topology, flows: &Flows<'_>, from: &str, to: &str) -> Result<Traced, String> {
    let (source, destination) = (select(topology, from)?, select(topology, to)?);
    let graph = NetworkGraph::new(topology);
    let mut connections = Vec::new();
    for (index, flow) in flows.flows.iter().enumerate() {
        for leg in &flow.legs {
            for (near, far) in pairs(topology, flow, &leg.from, &leg.to, source, destination) {
                connections.push(Connection {
                    flow: index,
                    from: near.clone(),
                    to: far.clone(),
                    crossings: leg.crossings.clone(),
                    hops: hops(&graph, near.network, far.network, &leg.crossings),
                });
            }
        }
    }
    Ok(Traced { connections })
}

fn pairs<'f>(
    topology: &Topology,
    flow: &'f Flow<'_>,
    from: &[usize],
    to: &[usize],
    source: Selector,
    destination: Selector,
) -> Vec<(&'f Peer, &'f Peer)> {
    let far: Vec<&Peer> = to.iter().map(|index| &flow.to[*index]).filter(|peer| destination.selects(topology, peer)).collect();
    if far.is_empty() {
        return Vec::new();
    }
    let near = from.iter().map(|index| &flow.from[*index]).filter(|peer| source.selects(topology, peer));
    near.flat_map(|near| far.iter().map(move |far| (near, *far)))
        .filter(|(near, far)| near.server.is_none() || near.server != far.server)
        .collect()
}
