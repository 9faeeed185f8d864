//! The parties of addresses: translated servers have two, and no declared network holds those of the internet.

use std::net::Ipv4Addr;

use super::PacketQuestion;
use crate::flow::{Flow, Parties, Peer};
use crate::model::NetworkId;
use crate::packet::Ranges;
use crate::plan::Plans;
use crate::plan::firewall::protocol;
use crate::product::PortRange;

/// Whether a flow carries such packets.
pub(super) fn carries(flow: &Flow<'_>, question: &PacketQuestion, addresses: &Addresses) -> bool {
    let speaks = flow.transports.iter().any(|transport| protocol(*transport) == question.protocol);
    let port = |ports: &[PortRange], port: Option<u16>| {
        port.is_none_or(|port| ports.is_empty() || ports.iter().any(|range| range.contains(port)))
    };
    let ends_at = |peers: &Parties, positions: &[usize], address: Ipv4Addr| {
        let (names, outside) = (addresses.names(address), addresses.is_outside(address));
        let holds = |peer: &Peer| match peer.network == NetworkId::INTERNET {
            true => outside,
            false => names.iter().flat_map(|(first, last)| first..=last).any(|own| peer.net.contains(&Ipv4Addr::from_bits(own))),
        };
        positions.iter().filter_map(|at| peers.get(*at)).any(holds)
    };
    speaks
        && port(&flow.ports, question.destination_port)
        && port(flow.source_ports.as_deref().unwrap_or_default(), question.source_port)
        && flow
            .legs
            .iter()
            .any(|leg| ends_at(&flow.from, &leg.from, question.source) && ends_at(&flow.to, &leg.to, question.destination))
}

/// Both addresses of a translated party.
pub(super) struct Addresses {
    pairs: Vec<(Ipv4Addr, Ipv4Addr)>,
    declared: Ranges,
}

impl Addresses {
    pub(super) fn new(plans: Plans<'_>) -> Self {
        let nats = plans.topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
        let declared = plans.topology.networks.iter().filter(|network| network.id != NetworkId::INTERNET);
        Self {
            pairs: nats.map(|nat| (nat.public.value, nat.inside.value)).collect(),
            declared: declared.map(|network| network.range).collect(),
        }
    }

    /// The address that a server has itself.
    pub(super) fn inner(&self, address: Ipv4Addr) -> Ipv4Addr {
        self.pairs.iter().find(|(public, _)| *public == address).map_or(address, |(_, inside)| *inside)
    }

    /// All addresses, at firewalls, of the party with this one.
    pub(super) fn names(&self, address: Ipv4Addr) -> Ranges {
        let own = self.pairs.iter().filter(|(public, inside)| *public == address || *inside == address);
        let all = own.flat_map(|(public, inside)| [*public, *inside]).chain([address]);
        Ranges::new(all.map(|address| (address.to_bits(), address.to_bits())))
    }

    /// Whether an address is of the internet: no declared network holds it.
    pub(super) fn is_outside(&self, address: Ipv4Addr) -> bool {
        !self.declared.contains(self.inner(address).to_bits())
    }
}

/// The network that holds an address.
pub(super) fn network(address: Ipv4Addr, plans: Plans<'_>) -> NetworkId {
    plans.topology.ranges.around(address).unwrap_or(NetworkId::INTERNET)
}
