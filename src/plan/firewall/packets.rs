//! What a plan says, as exact sets of packets: what every dialect is measured by.

use std::collections::BTreeMap;

use super::{FirewallPlan, FirewallRule, Party};
use crate::packet::{Packets, Product, Ranges, TCP, UDP};
use crate::product::{PortRange, Transport};

/// Which addresses a firewall that translates compares packets with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchedAddress {
    /// The servers' own, on both sides: it translates before it filters what comes in, and after it filters what goes out.
    Real,
    /// Those of the packet as it arrives: traffic from outside has the public address of a translated server.
    Mapped,
}

impl FirewallPlan {
    /// The addresses that are the internet to this firewall.
    pub fn internet(&self) -> Ranges {
        self.inside.iter().copied().collect::<Ranges>().complement()
    }

    /// The packets that may open a connection by a rule of this plan.
    pub fn opening(&self, rule: &FirewallRule, matched: MatchedAddress) -> Product {
        self.product(rule, &self.internet(), false, matched == MatchedAddress::Mapped)
    }

    /// The answering packets of the connections of a rule; a stateless firewall permits them by a rule of their own.
    pub fn answering(&self, rule: &FirewallRule, matched: MatchedAddress) -> Product {
        self.product(rule, &self.internet(), matched == MatchedAddress::Mapped, false).answers()
    }

    /// All packets that may open a connection through this firewall.
    pub fn packets(&self, matched: MatchedAddress) -> Packets {
        let internet = self.internet();
        let products: Vec<Product> =
            self.rules.iter().map(|rule| self.product(rule, &internet, false, matched == MatchedAddress::Mapped)).collect();
        Packets::of(&products)
    }

    /// The same by the networks that they enter from and leave to.
    pub fn packets_between(&self, matched: MatchedAddress) -> BTreeMap<(&str, &str), Packets> {
        let internet = self.internet();
        let mut between: BTreeMap<(&str, &str), Vec<Product>> = BTreeMap::new();
        for rule in &self.rules {
            let product = self.product(rule, &internet, false, matched == MatchedAddress::Mapped);
            between.entry((&rule.from_network, &rule.to_network)).or_default().push(product);
        }
        between.into_iter().map(|(networks, products)| (networks, Packets::of(&products))).collect()
    }

    fn product(&self, rule: &FirewallRule, internet: &Ranges, public_from: bool, public_to: bool) -> Product {
        let side = |parties: &[Party], public: bool| {
            let net = |party: &Party| party.public.filter(|_| public).map_or(party.net, Into::into);
            let named: Ranges = parties.iter().filter(|party| !party.is_any()).map(net).collect();
            if parties.iter().any(Party::is_any) { named.union(internet) } else { named }
        };
        Product {
            protocols: Ranges::one(protocol(rule.transport).into()),
            sources: side(&rule.sources, public_from),
            source_ports: rule.source_ports.as_deref().map_or_else(Ranges::ports, port_ranges),
            destinations: side(&rule.destinations, public_to),
            destination_ports: port_ranges(&rule.destination_ports),
        }
    }
}

/// The number of a transport in the header of a packet.
pub fn protocol(transport: Transport) -> u8 {
    match transport {
        Transport::Tcp => TCP,
        Transport::Udp => UDP,
    }
}

/// Ports as numbers.
pub fn port_ranges(ports: &[PortRange]) -> Ranges {
    Ranges::new(ports.iter().map(|range| (range.first.into(), range.last.into())))
}
