//! The network graph: which networks reach each other, through which firewalls.
//! Networks, firewalls and WAN links are nodes of a bipartite petgraph: a firewall that joins n networks costs n edges, not n².
//! Input: the topology. Knows nothing of the catalogue or of flows.

mod areas;
mod internet;
mod islands;
mod routes;
mod separators;

pub use areas::AreaId;
pub use islands::Islands;
pub use routes::{Route, Router};
pub use separators::{Cut, Origin, Separators};

use petgraph::algo::articulation_points::articulation_points;
use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::visit::EdgeRef;

use crate::model::{FirewallId, NetworkId, Topology, WanLinkId};
use areas::Areas;

/// What a node of the graph represents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A network.
    Network(NetworkId),
    /// A firewall.
    Firewall(FirewallId),
    /// A WAN link.
    WanLink(WanLinkId),
}

/// The graph with its areas.
#[derive(Debug, Clone)]
pub struct NetworkGraph {
    graph: UnGraph<Node, ()>,
    networks: Vec<NodeIndex<u32>>,
    areas: Areas,
}

impl NetworkGraph {
    /// Builds the graph of a topology.
    pub fn new(topology: &Topology) -> Self {
        let mut graph = UnGraph::default();
        let networks: Vec<_> = topology.networks.iter().map(|network| graph.add_node(Node::Network(network.id))).collect();
        for firewall in &topology.firewalls {
            let node = graph.add_node(Node::Firewall(firewall.id));
            for network in &firewall.joins {
                graph.add_edge(node, networks[network.value.index()], ());
            }
        }
        for link in &topology.wan_links {
            let node = graph.add_node(Node::WanLink(link.id));
            for network in &link.joins {
                graph.add_edge(node, networks[network.value.index()], ());
            }
        }
        let areas = Areas::new(topology);
        Self { graph, networks, areas }
    }

    /// The area of a network: the networks that reach each other without a firewall.
    pub fn area(&self, network: NetworkId) -> AreaId {
        self.areas.of(network)
    }

    /// Networks, firewalls and WAN links without which some of the others no longer reach each other, in the order of the
    /// topology.
    pub fn cut_points(&self) -> Vec<Node> {
        let mut points: Vec<NodeIndex<u32>> = articulation_points(&self.graph).into_iter().collect();
        points.sort_unstable();
        points.into_iter().map(|point| self.graph[point]).collect()
    }

    /// A router over this graph.
    pub fn router(&self) -> Router<'_> {
        Router::new(&self.areas)
    }

    /// Those of the networks that a firewall reaches over the internet, and not by a shorter way inside.
    pub fn over_internet(&self, firewall: FirewallId, networks: &[NetworkId]) -> Vec<NetworkId> {
        if networks.is_empty() {
            return Vec::new();
        }
        let over = internet::over_internet(&self.areas, firewall);
        networks.iter().copied().filter(|network| over[self.areas.of(*network).0 as usize]).collect()
    }

    /// The nodes from one network to another inside one area, both included; the shortest way over WAN links.
    pub fn way_within_area(&self, from: NetworkId, to: NetworkId) -> Option<Vec<Node>> {
        let passable = |node: NodeIndex| !matches!(self.graph[node], Node::Firewall(_));
        let goal = self.networks[to.index()];
        let view = petgraph::visit::NodeFiltered::from_fn(&self.graph, passable);
        petgraph::algo::astar(&view, self.networks[from.index()], |node| node == goal, |_| 1u32, |_| 0)
            .map(|(_, way)| way.into_iter().map(|node| self.graph[node]).collect())
    }

    /// The nodes of a shortest way from one network to another past the nodes that are gone; the internet is an end, never in the
    /// middle.
    pub fn way_without(&self, from: NetworkId, to: NetworkId, is_gone: impl Fn(Node) -> bool) -> Option<Vec<Node>> {
        let (start, goal) = (*self.networks.get(from.index())?, *self.networks.get(to.index())?);
        let internet = self.networks.get(NetworkId::INTERNET.index()).copied();
        let passable = |node: NodeIndex| !is_gone(self.graph[node]) && (Some(node) != internet || node == start || node == goal);
        let view = petgraph::visit::NodeFiltered::from_fn(&self.graph, passable);
        let view = petgraph::visit::EdgeFiltered::from_fn(&view, |edge| self.is_followed(edge.source(), edge.target()));
        petgraph::algo::astar(&view, start, |node| node == goal, |_| 1u32, |_| 0)
            .map(|(_, way)| way.into_iter().map(|node| self.graph[node]).collect())
    }
}
