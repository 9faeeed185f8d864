//! The parties of flows by role: servers, virtual addresses, client networks, the internet.

use std::net::Ipv4Addr;
use std::sync::Arc;

use ipnet::Ipv4Net;
use rustc_hash::FxHashMap;

use super::{Parties, Peer};
use crate::model::{Endpoint, LoadBalancer, Member, Network, NetworkId, Topology};
use crate::product::{Role, Side};
use crate::text::Spanned;

/// Look-ups made once for all rows. A party is made once, however many flows it has.
#[derive(Debug)]
pub(super) struct Peers<'t> {
    endpoints: FxHashMap<(Role, Side), Vec<&'t Endpoint>>,
    /// The servers of each endpoint, by its position.
    members: Vec<Vec<Arc<Peer>>>,
    /// The virtual address of each endpoint that has one, by its position.
    vips: Vec<Option<Arc<Peer>>>,
    outsiders: FxHashMap<Role, Vec<Arc<Peer>>>,
    topology: &'t Topology,
}

impl<'t> Peers<'t> {
    pub(super) fn new(topology: &'t Topology) -> Self {
        let mut endpoints: FxHashMap<(Role, Side), Vec<&Endpoint>> = FxHashMap::default();
        for endpoint in &topology.endpoints {
            endpoints.entry((endpoint.role, endpoint.side)).or_default().push(endpoint);
        }
        let nats = topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
        let public: FxHashMap<_, _> = nats.map(|nat| (nat.inside.value, nat.public.value)).collect();
        let members = topology.endpoints.iter().map(|endpoint| members(topology, &public, endpoint)).collect();
        let vips = topology.endpoints.iter().map(|endpoint| vip(topology, &public, endpoint)).collect();
        Self { endpoints, members, vips, outsiders: outsiders(topology), topology }
    }

    /// The endpoints of a role on a side.
    pub(super) fn endpoints(&self, role: Role, side: Side) -> &[&'t Endpoint] {
        self.endpoints.get(&(role, side)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The servers of an endpoint.
    pub(super) fn members(&self, endpoint: &Endpoint) -> &[Arc<Peer>] {
        self.members.get(endpoint.id.index()).map(Vec::as_slice).unwrap_or_default()
    }

    /// The virtual address of an endpoint.
    pub(super) fn vip(&self, endpoint: &Endpoint) -> Option<&Arc<Peer>> {
        self.vips.get(endpoint.id.index())?.as_ref()
    }

    /// The addresses that a load balancer speaks from to the servers of an endpoint.
    pub(super) fn balancer(&self, balancer: &LoadBalancer, endpoint: &Endpoint) -> Parties {
        let peer = |address: &Spanned<Ipv4Addr>| {
            let network = self.topology.ranges.around(address.value)?;
            Some(Peer {
                role: endpoint.role,
                path: balancer.path.clone(),
                net: Ipv4Net::from(address.value),
                public: None,
                network,
                group: None,
                server: None,
                endpoint: Some(endpoint.id),
                span: Some(address.span),
            })
        };
        balancer.snat_addresses.iter().filter_map(peer).collect()
    }

    /// The parties of a role that are no servers: client networks, administrators, the internet.
    pub(super) fn outsiders(&self, role: Role) -> &[Arc<Peer>] {
        self.outsiders.get(&role).map(Vec::as_slice).unwrap_or_default()
    }
}

fn members(topology: &Topology, public: &FxHashMap<Ipv4Addr, Ipv4Addr>, endpoint: &Endpoint) -> Vec<Arc<Peer>> {
    let peer = |member: &Member| {
        let server = topology.server(member.server);
        Arc::new(Peer {
            role: endpoint.role,
            path: server.path.clone(),
            net: Ipv4Net::from(member.address.value),
            public: public.get(&member.address.value).copied(),
            network: member.network,
            group: Some(endpoint.group),
            server: Some(member.server),
            endpoint: Some(endpoint.id),
            span: Some(member.address.span),
        })
    };
    endpoint.members.iter().map(peer).collect()
}

fn vip(topology: &Topology, public: &FxHashMap<Ipv4Addr, Ipv4Addr>, endpoint: &Endpoint) -> Option<Arc<Peer>> {
    let vip = endpoint.vip.as_ref()?;
    Some(Arc::new(Peer {
        role: endpoint.role,
        path: topology.group(endpoint.group).path.clone(),
        net: Ipv4Net::from(vip.address.value),
        public: public.get(&vip.address.value).copied(),
        network: vip.network,
        group: Some(endpoint.group),
        server: None,
        endpoint: Some(endpoint.id),
        span: Some(vip.address.span),
    }))
}

/// The roles that networks play as a whole.
const OUTSIDERS: [Role; 6] =
    [Role::Client, Role::Administrator, Role::RemoteClient, Role::FederatedPartner, Role::PublicIm, Role::PublicService];

/// Every network with every role that it plays, found once: most rows have no such party.
fn outsiders(topology: &Topology) -> FxHashMap<Role, Vec<Arc<Peer>>> {
    let mut map: FxHashMap<Role, Vec<Arc<Peer>>> = FxHashMap::default();
    for network in &topology.networks {
        for role in OUTSIDERS.into_iter().filter(|role| plays(network, *role)) {
            map.entry(role).or_default().push(Arc::new(Peer {
                role,
                path: network.path.clone(),
                net: network.range,
                public: None,
                network: network.id,
                group: None,
                server: None,
                endpoint: None,
                span: network.span,
            }));
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
