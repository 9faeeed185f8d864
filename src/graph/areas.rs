//! Areas: networks that reach each other without a firewall, and the firewalls at their borders.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use crate::model::{FirewallId, NetworkId, Topology};

/// The number of an area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AreaId(pub u32);

/// All areas and their borders.
#[derive(Debug, Clone)]
pub(super) struct Areas {
    of: Vec<AreaId>,
    /// For each area, the firewalls at its border with the network by which each is reached.
    borders: Vec<Vec<(FirewallId, NetworkId)>>,
    /// For each firewall, the areas that it joins with the network on each side.
    sides: Vec<Vec<(AreaId, NetworkId)>>,
}

impl Areas {
    pub(super) fn new(topology: &Topology) -> Self {
        let mut union = UnionFind::<usize>::new(topology.networks.len());
        for link in &topology.wan_links {
            // A link to the internet would make everything outside: rules report it, routing does not follow it.
            let mut ends = link.joins.iter().map(|end| end.value).filter(|end| *end != NetworkId::INTERNET);
            if let Some(first) = ends.next() {
                for end in ends {
                    union.union(first.index(), end.index());
                }
            }
        }
        let mut numbers = BTreeMap::new();
        let of: Vec<AreaId> = (0..topology.networks.len())
            .map(|network| {
                let next = AreaId(numbers.len() as u32);
                *numbers.entry(union.find(network)).or_insert(next)
            })
            .collect();
        let mut borders = vec![Vec::new(); numbers.len()];
        let mut sides = vec![Vec::new(); topology.firewalls.len()];
        for firewall in &topology.firewalls {
            let mut reached = BTreeMap::new();
            let mut joins: Vec<NetworkId> = firewall.joins.iter().map(|network| network.value).collect();
            joins.sort();
            for network in joins {
                reached.entry(of[network.index()]).or_insert(network);
            }
            for (area, network) in reached {
                borders[area.0 as usize].push((firewall.id, network));
                sides[firewall.id.index()].push((area, network));
            }
        }
        Self { of, borders, sides }
    }

    pub(super) fn of(&self, network: NetworkId) -> AreaId {
        self.of[network.index()]
    }

    pub(super) fn count(&self) -> usize {
        self.borders.len()
    }

    pub(super) fn borders(&self, area: AreaId) -> &[(FirewallId, NetworkId)] {
        &self.borders[area.0 as usize]
    }

    pub(super) fn sides(&self, firewall: FirewallId) -> &[(AreaId, NetworkId)] {
        &self.sides[firewall.index()]
    }

    pub(super) fn firewall_count(&self) -> usize {
        self.sides.len()
    }
}
