//! What separates parts of the network: the networks, devices and links without which one no longer reaches the other. They are the
//! dominators of the graph.

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::{NetworkGraph, Node};
use crate::model::NetworkId;

/// Where ways begin.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// At any network inside; ways then have two ends.
    Inside,
    /// At the internet.
    Internet,
    /// At any of some things, each in its networks.
    Any(&'a [Vec<NetworkId>]),
}

/// What a way cannot do without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// A network, firewall or link.
    Node(Node),
    /// The only one left of the things where ways begin, by its position.
    Entry(usize),
}

/// The separators of all ways from an origin. The internet is an end of ways, never in the middle.
#[derive(Debug, Clone)]
pub struct Separators {
    root: usize,
    /// The next dominator towards the root; `None` for what the origin does not reach.
    above: Vec<Option<usize>>,
    depth: Vec<usize>,
    /// What each node is; `None` for the root that only holds the others together.
    cuts: Vec<Option<Cut>>,
    /// Whether a node has a way round it for something that it does not cut off.
    round: Vec<bool>,
    /// Nodes with the same label reach each other without their next dominator.
    beside: Vec<usize>,
    networks: Vec<usize>,
}

impl NetworkGraph {
    /// What separates networks from an origin, or from each other, in the graph without one of its nodes.
    pub fn separators(&self, origin: Origin<'_>, without: Option<Node>) -> Separators {
        let (graph, root, entries) = self.directed(origin, without);
        let count = graph.node_count();
        let dominators = simple_fast(&graph, root);
        let mut above: Vec<Option<usize>> = vec![None; count];
        for node in graph.node_indices() {
            above[node.index()] = dominators.immediate_dominator(node).map(NodeIndex::index);
        }
        let mut beside = UnionFind::<usize>::new(count);
        for edge in graph.edge_references() {
            let (from, to) = (edge.source().index(), edge.target().index());
            if above[from].is_some() && above[from] == above[to] {
                beside.union(from, to);
            }
        }
        let cuts = graph.node_indices().map(|node| match node.index().checked_sub(self.graph.node_count()) {
            None => self.graph.node_weight(node).map(|node| Cut::Node(*node)),
            Some(past) => past.checked_sub(1).filter(|entry| *entry < entries).map(Cut::Entry),
        });
        let beside = beside.into_labeling();
        Separators {
            root: root.index(),
            round: with_way_round(&above, &beside),
            depth: depths(&above, root.index()),
            cuts: cuts.collect(),
            beside,
            networks: self.networks.iter().map(|node| node.index()).collect(),
            above,
        }
    }

    /// The graph with both directions of each connection and with a root: its own nodes first, then the root, then the entries.
    fn directed(&self, origin: Origin<'_>, without: Option<Node>) -> (DiGraph<(), ()>, NodeIndex, usize) {
        let own = self.graph.node_count();
        let mut graph: DiGraph<(), ()> = DiGraph::with_capacity(own + 1, 2 * self.graph.edge_count() + 1);
        (0..=own).for_each(|_| {
            graph.add_node(());
        });
        let internet = self.networks.get(NetworkId::INTERNET.index()).copied();
        let passable = |node: NodeIndex| {
            let gone = without.is_some() && self.graph.node_weight(node).copied() == without;
            !gone && (matches!(origin, Origin::Internet) || Some(node) != internet)
        };
        let mut together = UnionFind::<usize>::new(own);
        for edge in self.graph.edge_references() {
            let (from, to) = (edge.source(), edge.target());
            if passable(from) && passable(to) && self.is_followed(from, to) {
                graph.add_edge(from, to, ());
                graph.add_edge(to, from, ());
                together.union(from.index(), to.index());
            }
        }
        let virtual_root = NodeIndex::new(own);
        match (origin, internet) {
            (Origin::Internet, Some(internet)) if passable(internet) => (graph, internet, 0),
            (Origin::Internet, _) => (graph, virtual_root, 0),
            (Origin::Inside, _) => {
                for node in (0..own).filter(|node| together.find(*node) == *node && passable(NodeIndex::new(*node))) {
                    graph.add_edge(virtual_root, NodeIndex::new(node), ());
                }
                (graph, virtual_root, 0)
            }
            (Origin::Any(entries), _) => {
                for networks in entries {
                    let entry = graph.add_node(());
                    graph.add_edge(virtual_root, entry, ());
                    let ends = networks.iter().filter_map(|network| self.networks.get(network.index()).copied());
                    for network in ends.filter(|network| passable(*network)) {
                        graph.add_edge(entry, network, ());
                    }
                }
                (graph, virtual_root, entries.len())
            }
        }
    }

    /// Whether routes follow a connection: a WAN link to the internet leads nowhere.
    pub(super) fn is_followed(&self, from: NodeIndex, to: NodeIndex) -> bool {
        let internet = self.networks.get(NetworkId::INTERNET.index()).copied();
        let is_link = |node: NodeIndex| matches!(self.graph.node_weight(node), Some(Node::WanLink(_)));
        !((Some(from) == internet && is_link(to)) || (Some(to) == internet && is_link(from)))
    }
}

fn depths(above: &[Option<usize>], root: usize) -> Vec<usize> {
    let mut depths: Vec<Option<usize>> = vec![None; above.len()];
    if let Some(own) = depths.get_mut(root) {
        *own = Some(0);
    }
    let mut chain = Vec::new();
    for start in 0..above.len() {
        let mut node = start;
        while let (None, Some(next)) = (depths[node], above[node]) {
            chain.push(node);
            node = next;
        }
        let mut depth = depths[node].unwrap_or(0);
        while let Some(node) = chain.pop() {
            depth += 1;
            depths[node] = Some(depth);
        }
    }
    depths.into_iter().map(Option::unwrap_or_default).collect()
}

/// The nodes that are in a circle: several nodes that reach each other without their next dominator, and that dominator.
fn with_way_round(above: &[Option<usize>], beside: &[usize]) -> Vec<bool> {
    let mut sizes = vec![0usize; beside.len()];
    beside.iter().for_each(|label| sizes[*label] += 1);
    let mut round = vec![false; beside.len()];
    for node in (0..beside.len()).filter(|node| sizes[beside[*node]] > 1) {
        round[node] = true;
        if let Some(next) = above[node] {
            round[next] = true;
        }
    }
    round
}

impl Separators {
    /// Whether ways that something does not end can still change without it: only what is in a circle has a way round it.
    pub fn has_way_round(&self, cut: Cut) -> bool {
        self.cuts.iter().zip(&self.round).any(|(own, round)| *round && *own == Some(cut))
    }

    /// What every way from the origin to a network passes, the network included; `None` where there is no way.
    pub fn to(&self, network: NetworkId) -> Option<Vec<Cut>> {
        let mut node = *self.networks.get(network.index())?;
        let mut cuts = Vec::new();
        loop {
            cuts.extend(self.cuts[node]);
            match self.above[node] {
                Some(next) => node = next,
                None => return (node == self.root).then_some(cuts),
            }
        }
    }

    /// What every way between two networks passes, both included; `None` where there is no way. Only for the origin inside.
    pub fn between(&self, one: NetworkId, other: NetworkId) -> Option<Vec<Cut>> {
        let (mut a, mut b) = (*self.networks.get(one.index())?, *self.networks.get(other.index())?);
        self.above[a].and(self.above[b])?;
        let mut cuts: Vec<Cut> = Vec::new();
        if a == b {
            return Some(self.cuts[a].into_iter().collect());
        }
        let (mut last_a, mut last_b) = (None, None);
        while a != b {
            if self.depth[a] >= self.depth[b] {
                cuts.extend(self.cuts[a]);
                (last_a, a) = (Some(a), self.above[a]?);
            } else {
                cuts.extend(self.cuts[b]);
                (last_b, b) = (Some(b), self.above[b]?);
            }
        }
        let own = self.cuts[a];
        // Where both sides meet in the root that only holds parts together, there is no way.
        own?;
        let passed = match (last_a, last_b) {
            (Some(last_a), Some(last_b)) => self.beside[last_a] != self.beside[last_b],
            // One end is above the other.
            _ => true,
        };
        if passed {
            cuts.extend(own);
        }
        Some(cuts)
    }
}
