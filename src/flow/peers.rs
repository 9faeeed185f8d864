//! The parties of flows by role: servers, virtual addresses, client networks, the internet.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use rustc_hash::FxHashMap;

use super::Peer;
use crate::model::{Endpoint, LoadBalancer, Network, NetworkId, Topology};
use crate::product::{Role, Side};
use crate::text::Spanned;

/// Look-ups made once for all rows.
#[derive(Debug)]
pub(super) struct Peers<'t> {
    topology: &'t Topology,
    endpoints: FxHashMap<(Role, Side), Vec<&'t Endpoint>>,
    public: FxHashMap<Ipv4Addr, Ipv4Addr>,
    outsiders: FxHashMap<Role, Vec<Peer>>,
    /// The networks by their first address; they do not overlap.
    by_range: Vec<&'t Network>,
}

impl<'t> Peers<'t> {
    pub(super) fn new(topology: &'t Topology) -> Self {
        let mut endpoints: FxHashMap<(Role, Side), Vec<&Endpoint>> = FxHashMap::default();
        for endpoint in &topology.endpoints {
            endpoints.entry((endpoint.role, endpoint.side)).or_default().push(endpoint);
        }
        let nats = topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
        let public = nats.map(|nat| (nat.inside.value, nat.public.value)).collect();
        let mut by_range: Vec<&Network> = topology.networks.iter().filter(|network| network.id != NetworkId::INTERNET).collect();
        by_range.sort_by_key(|network| network.range.network());
        Self { topology, endpoints, public, outsiders: outsiders(topology), by_range }
    }

    /// The endpoints of a role on a side.
    pub(super) fn endpoints(&self, role: Role, side: Side) -> &[&'t Endpoint] {
        self.endpoints.get(&(role, side)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The servers of an endpoint.
    pub(super) fn members<'e>(&'e self, endpoint: &'e Endpoint) -> impl Iterator<Item = Peer> + 'e {
        endpoint.members.iter().map(|member| {
            let server = self.topology.server(member.server);
            Peer {
                role: endpoint.role,
                path: server.path.clone(),
                net: Ipv4Net::from(member.address.value),
                public: self.public.get(&member.address.value).copied(),
                network: member.network,
                group: Some(endpoint.group),
                server: Some(member.server),
                endpoint: Some(endpoint.id),
                span: Some(member.address.span),
            }
        })
    }

    /// The virtual address of an endpoint.
    pub(super) fn vip(&self, endpoint: &Endpoint) -> Option<Peer> {
        let vip = endpoint.vip.as_ref()?;
        Some(Peer {
            role: endpoint.role,
            path: self.topology.group(endpoint.group).path.clone(),
            net: Ipv4Net::from(vip.address.value),
            public: self.public.get(&vip.address.value).copied(),
            network: vip.network,
            group: Some(endpoint.group),
            server: None,
            endpoint: Some(endpoint.id),
            span: Some(vip.address.span),
        })
    }

    /// The addresses that a load balancer speaks from to the servers of an endpoint.
    pub(super) fn balancer(&self, balancer: &LoadBalancer, endpoint: &Endpoint) -> Vec<Peer> {
        let peer = |address: &Spanned<Ipv4Addr>| {
            let next = self.by_range.partition_point(|network| network.range.network() <= address.value);
            let network = self.by_range[..next].last().filter(|network| network.range.contains(&address.value))?;
            Some(Peer {
                role: endpoint.role,
                path: balancer.path.clone(),
                net: Ipv4Net::from(address.value),
                public: None,
                network: network.id,
                group: None,
                server: None,
                endpoint: Some(endpoint.id),
                span: Some(address.span),
            })
        };
        balancer.snat_addresses.iter().filter_map(peer).collect()
    }

    /// The parties of a role that are no servers: client networks, administrators, the internet.
    pub(super) fn outsiders(&self, role: Role) -> impl Iterator<Item = Peer> + '_ {
        self.outsiders.get(&role).into_iter().flatten().cloned()
    }
}

/// The roles that networks play as a whole.
const OUTSIDERS: [Role; 6] =
    [Role::Client, Role::Administrator, Role::RemoteClient, Role::FederatedPartner, Role::PublicIm, Role::PublicService];

/// Every network with every role that it plays, found once: most rows have no such party.
fn outsiders(topology: &Topology) -> FxHashMap<Role, Vec<Peer>> {
    let mut map: FxHashMap<Role, Vec<Peer>> = FxHashMap::default();
    for network in &topology.networks {
        for role in OUTSIDERS.into_iter().filter(|role| plays(network, *role)) {
            map.entry(role).or_default().push(Peer {
                role,
                path: network.path.clone(),
                net: network.range,
                public: None,
                network: network.id,
                group: None,
                server: None,
                endpoint: None,
                span: network.span,
            });
        }
    }
    map
}

fn plays(network: &Network, role: Role) -> bool {
    match role {
        Role::Client => network.clients,
        Role::Administrator => network.administrators,
        _ => network.id == NetworkId::INTERNET,
    }
}
