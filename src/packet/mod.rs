//! Exact sets of IPv4 packets, by addresses, ports and protocol: union, intersection, difference, a packet that distinguishes
//! two. Knows addresses and numbers only; the meaning of a packet, and the devices that permit it, are unknown here.
//!
//! A set is kept in a canonical form, so that equal sets are equal values however they were put together: it is split by
//! protocol, then by destination port, source port and destination address, and each part holds its source addresses.

mod ranges;
mod set;

pub use ranges::Ranges;
pub use set::Packets;

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

/// The number of TCP in the header of a packet.
pub const TCP: u8 = 6;

/// The number of UDP.
pub const UDP: u8 = 17;

/// One packet. What has no ports, such as ICMP, has port 0 for both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Packet {
    /// The number of its protocol.
    pub protocol: u8,
    /// Its source address.
    pub source: Ipv4Addr,
    /// Its source port.
    pub source_port: u16,
    /// Its destination address.
    pub destination: Ipv4Addr,
    /// Its destination port.
    pub destination_port: u16,
}

impl std::fmt::Display for Packet {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.protocol {
            TCP => f.write_str("tcp")?,
            UDP => f.write_str("udp")?,
            other => write!(f, "protocol {other}")?,
        }
        write!(f, " {}:{} -> {}:{}", self.source, self.source_port, self.destination, self.destination_port)
    }
}

/// All packets whose every part is in the ranges for it: what one rule of a firewall says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Product {
    /// Numbers of protocols.
    pub protocols: Ranges,
    /// Source addresses.
    pub sources: Ranges,
    /// Source ports.
    pub source_ports: Ranges,
    /// Addresses that they go to.
    pub destinations: Ranges,
    /// Ports that they go to.
    pub destination_ports: Ranges,
}

impl Product {
    /// Every packet.
    pub fn all() -> Self {
        Self {
            protocols: Ranges::new([(0, u8::MAX.into())]),
            sources: Ranges::addresses(),
            source_ports: Ranges::ports(),
            destinations: Ranges::addresses(),
            destination_ports: Ranges::ports(),
        }
    }

    /// Every packet of a protocol.
    pub fn of(protocol: u8) -> Self {
        Self { protocols: Ranges::one(protocol.into()), ..Self::all() }
    }

    /// The packets that answer: both ends swapped.
    pub fn answers(self) -> Self {
        Self {
            protocols: self.protocols,
            sources: self.destinations,
            source_ports: self.destination_ports,
            destinations: self.sources,
            destination_ports: self.source_ports,
        }
    }

    /// Whether no packet is in it.
    pub fn is_empty(&self) -> bool {
        let parts = [&self.protocols, &self.sources, &self.source_ports, &self.destinations, &self.destination_ports];
        parts.into_iter().any(Ranges::is_empty)
    }
}

/// The addresses of networks.
impl FromIterator<Ipv4Net> for Ranges {
    fn from_iter<I: IntoIterator<Item = Ipv4Net>>(nets: I) -> Self {
        Self::new(nets.into_iter().map(|net| (net.network().to_bits(), net.broadcast().to_bits())))
    }
}

#[cfg(test)]
mod tests;
