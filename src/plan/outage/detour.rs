//! Another way around a device or link that is down.

use super::OutagePlan;
use super::part::{Part, PartId};
use crate::graph::Node;
use crate::model::{NetworkId, Topology};

impl OutagePlan {
    /// The nodes over which the networks that a device or link joins still reach each other while these parts are down, without
    /// these networks; `None` where some of them do not, or where what is down joins nothing.
    pub fn detour(&self, topology: &Topology, part: Part, down: &[PartId]) -> Option<Vec<Node>> {
        let joins = match part {
            Part::Firewall(id) => &topology.firewall(id).joins,
            Part::WanLink(id) => &topology.wan_links.get(id.index())?.joins,
            _ => return None,
        };
        // A link to the internet leads nowhere anyway.
        let is_end = |network: &NetworkId| matches!(part, Part::Firewall(_)) || *network != NetworkId::INTERNET;
        let mut ends: Vec<NetworkId> = joins.iter().map(|end| end.value).filter(is_end).collect();
        ends.sort_unstable();
        ends.dedup();
        let (first, rest) = ends.split_first().filter(|(_, rest)| !rest.is_empty())?;
        let is_gone = |node: Node| down.contains(&self.parts.of_node(node));
        let mut nodes = Vec::new();
        for end in rest {
            nodes.extend(self.graph.way_without(*first, *end, is_gone)?);
        }
        nodes.retain(|node| !matches!(node, Node::Network(id) if ends.contains(id)));
        nodes.sort_unstable();
        nodes.dedup();
        Some(nodes)
    }
}
