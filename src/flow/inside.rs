//! What is not the internet: the declared networks that a rule to or from the internet must never open.
//! A rule set knows addresses and no legs, so a network behind another firewall or a WAN link counts as much as one that
//! the firewall joins itself.

use ipnet::Ipv4Net;

use crate::graph::NetworkGraph;
use crate::model::{FirewallId, NetworkId, Topology, Zone, is_private};

/// Look-ups that all firewalls share.
#[derive(Debug)]
pub struct InsideNetworks<'t> {
    topology: &'t Topology,
    graph: NetworkGraph,
    /// What no firewall meets on the internet: inner networks and private addresses.
    always: Vec<Ipv4Net>,
    /// Perimeters with addresses that the internet routes.
    public: Vec<NetworkId>,
}

impl<'t> InsideNetworks<'t> {
    /// Makes the look-ups of a topology.
    pub fn new(topology: &'t Topology) -> Self {
        let declared = topology.networks.iter().filter(|network| network.id != NetworkId::INTERNET);
        let routed = |range: &Ipv4Net| !is_private(range.network()) && !is_private(range.broadcast());
        let (public, always): (Vec<_>, Vec<_>) =
            declared.partition(|network| network.zone == Zone::Perimeter && routed(&network.range));
        Self {
            topology,
            graph: NetworkGraph::new(topology),
            always: Ipv4Net::aggregate(&always.into_iter().map(|network| network.range).collect()),
            public: public.into_iter().map(|network| network.id).collect(),
        }
    }

    /// The fewest ranges that hold every declared network but the perimeters of other sites that this firewall meets on the
    /// internet.
    pub fn of(&self, firewall: FirewallId) -> Vec<Ipv4Net> {
        let over_internet = self.graph.over_internet(firewall, &self.public);
        // Both are in the order of the topology.
        let mut over_internet = over_internet.into_iter().peekable();
        let own = self.public.iter().filter(|id| over_internet.next_if_eq(*id).is_none());
        let own = own.map(|id| self.topology.network(*id).range);
        Ipv4Net::aggregate(&self.always.iter().copied().chain(own).collect())
    }
}
