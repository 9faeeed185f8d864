//! The addresses that a site gives to servers and devices, each with what it is for.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::model::{Server, Topology};
use crate::product::{GroupKind, Role, Side};

/// What an address is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AddressUse {
    /// A server of a group, on a side; the role is the first one that answers there, none where the address is its own only.
    Server(GroupKind, Option<(Role, Side)>),
    /// A virtual address in front of servers.
    Virtual(GroupKind, Role, Side),
    /// A load balancer connects from it to servers.
    BalancerSource,
    /// A load balancer checks servers from it.
    BalancerOwn,
    /// A firewall translates it to that of a server.
    Translated,
}

/// The addresses of each site in the order of sites. An address with several uses has the first one by the order of [`AddressUse`].
pub fn addresses(topology: &Topology) -> Vec<BTreeMap<Ipv4Addr, AddressUse>> {
    let mut sites = vec![BTreeMap::new(); topology.sites.len()];
    let mut hold = |site: usize, address: Ipv4Addr, of: AddressUse| {
        let held = sites[site].entry(address).or_insert(of);
        *held = of.min(*held);
    };
    for server in &topology.servers {
        for (address, _) in &server.addresses {
            hold(server.site.index(), address.value, of_server(topology, server, address.value));
        }
    }
    for endpoint in &topology.endpoints {
        let group = topology.group(endpoint.group);
        if let Some(vip) = &endpoint.vip {
            hold(group.site.index(), vip.address.value, AddressUse::Virtual(group.kind, endpoint.role, endpoint.side));
        }
    }
    for balancer in &topology.load_balancers {
        balancer.snat_addresses.iter().for_each(|own| hold(balancer.site.index(), own.value, AddressUse::BalancerSource));
        balancer.self_addresses.iter().for_each(|own| hold(balancer.site.index(), own.value, AddressUse::BalancerOwn));
    }
    for firewall in &topology.firewalls {
        firewall.nats.iter().for_each(|nat| hold(firewall.site.index(), nat.public.value, AddressUse::Translated));
    }
    sites
}

fn of_server(topology: &Topology, server: &Server, address: Ipv4Addr) -> AddressUse {
    let group = topology.group(server.group);
    let ends = group.endpoints.iter().map(|id| topology.endpoint(*id));
    let here = ends.filter(|end| end.members.iter().any(|member| member.server == server.id && member.address.value == address));
    AddressUse::Server(group.kind, here.map(|end| (end.role, end.side)).min())
}
