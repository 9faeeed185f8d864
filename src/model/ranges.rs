//! The declared networks by their addresses.

use std::cmp::Reverse;
use std::net::Ipv4Addr;

use super::{Network, NetworkId};

/// The declared networks in the order of their first addresses, so that the network of an address is found without a look at all
/// of them. Networks of a topology without errors do not overlap.
#[derive(Debug, Clone, Default)]
pub struct NetworkRanges(Vec<Range>);

/// The addresses of a network.
#[derive(Debug, Clone, Copy)]
pub(super) struct Range {
    pub(super) first: u32,
    pub(super) last: u32,
    /// The highest address of this network and of those before it.
    reach: u32,
    pub(super) network: NetworkId,
}

impl NetworkRanges {
    /// Sorts all networks but the internet. One that begins at the same address as a wider one comes after it.
    pub fn new(networks: &[Network]) -> Self {
        let declared = networks.iter().filter(|network| network.id != NetworkId::INTERNET);
        let mut ranges: Vec<Range> = declared
            .map(|network| {
                let (first, last) = (network.range.network().to_bits(), network.range.broadcast().to_bits());
                Range { first, last, reach: last, network: network.id }
            })
            .collect();
        ranges.sort_by_key(|range| (range.first, Reverse(range.last), range.network));
        let mut reach = 0;
        for range in &mut ranges {
            reach = reach.max(range.last);
            range.reach = reach;
        }
        Self(ranges)
    }

    /// The narrowest network that holds an address.
    pub fn around(&self, address: Ipv4Addr) -> Option<NetworkId> {
        let bits = address.to_bits();
        let mut before = self.0[..self.up_to(address)].iter().rev().take_while(|range| bits <= range.reach);
        before.find(|range| bits <= range.last).map(|range| range.network)
    }

    /// How many networks begin at an address or below it.
    pub(super) fn up_to(&self, address: Ipv4Addr) -> usize {
        self.0.partition_point(|range| range.first <= address.to_bits())
    }

    /// In the order of their first addresses.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Range> {
        self.0.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::NetworkRanges;
    use crate::model::{Network, NetworkId};

    fn network(at: u32, range: &str) -> Network {
        Network { id: NetworkId(at), range: range.parse().unwrap(), ..Network::internet() }
    }

    #[test]
    fn the_narrowest_network_around_an_address_counts() {
        let written = ["0.0.0.0/0", "10.2.0.0/24", "10.0.0.0/8", "10.0.0.0/24", "10.1.0.0/16", "192.0.2.0/24"];
        let networks: Vec<Network> = (0..).zip(written).map(|(at, range)| network(at, range)).collect();
        let ranges = NetworkRanges::new(&networks);
        for (address, holder) in [
            ("10.0.0.9", Some(3)),
            ("10.0.1.9", Some(2)),
            ("10.1.255.255", Some(4)),
            ("10.2.0.0", Some(1)),
            ("10.255.0.1", Some(2)),
            ("192.0.2.255", Some(5)),
            ("192.0.3.0", None),
            ("9.255.255.255", None),
        ] {
            assert_eq!(ranges.around(address.parse().unwrap()), holder.map(NetworkId), "{address}");
        }
    }
}
