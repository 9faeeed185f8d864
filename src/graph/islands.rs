//! What still reaches what when parts of the network are gone.

use petgraph::graph::NodeIndex;
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::{NetworkGraph, Node};
use crate::model::NetworkId;

/// The networks that still reach each other. The internet is an end of ways, never in the middle.
#[derive(Debug, Clone)]
pub struct Islands {
    /// The island of each network; `None` for one that is gone.
    of: Vec<Option<usize>>,
    /// Whether each island reaches the internet.
    outside: Vec<bool>,
}

impl NetworkGraph {
    /// What is left of the network without the nodes that are gone.
    pub fn islands(&self, is_gone: impl Fn(Node) -> bool) -> Islands {
        let gone: Vec<bool> = self.graph.node_weights().map(|node| is_gone(*node)).collect();
        let internet = self.networks.get(NetworkId::INTERNET.index()).copied();
        let stands = |node: NodeIndex| !gone[node.index()] && Some(node) != internet;
        let mut union = UnionFind::<usize>::new(self.graph.node_count());
        for edge in self.graph.edge_references() {
            if stands(edge.source()) && stands(edge.target()) {
                union.union(edge.source().index(), edge.target().index());
            }
        }
        let mut outside = vec![false; self.graph.node_count()];
        if let Some(internet) = internet.filter(|internet| !gone[internet.index()]) {
            for door in self.graph.neighbors(internet).filter(|door| stands(*door) && self.is_followed(internet, *door)) {
                outside[union.find(door.index())] = true;
            }
        }
        let of = self.networks.iter().map(|node| stands(*node).then(|| union.find(node.index()))).collect();
        Islands { of, outside }
    }
}

impl Islands {
    /// Whether two networks reach each other.
    pub fn join(&self, one: NetworkId, other: NetworkId) -> bool {
        let of = |network: NetworkId| self.of.get(network.index()).copied().flatten();
        of(one).is_some() && of(one) == of(other)
    }

    /// Whether a network reaches the internet.
    pub fn reach_internet(&self, network: NetworkId) -> bool {
        self.of.get(network.index()).copied().flatten().is_some_and(|island| self.outside[island])
    }
}
