//! The whole topology.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::sync::OnceLock;

use super::members::{Dependants, Grouped, Members};
use super::place::free_after;
use super::{
    Detail, Endpoint, EndpointId, Firewall, FirewallId, Group, GroupId, LoadBalancer, LoadBalancerId, Network, NetworkId,
    NetworkRanges, Organization, Server, ServerId, SiteId, Vip, WanLink, WanLinkId,
};
use crate::lower::{Decls, Fqdn};
use crate::product::{PortRange, Relation, Role, Side};
use crate::text::{Span, Spanned};

/// A site.
#[derive(Debug, Clone)]
pub struct Site {
    /// Its number.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its users.
    pub users: Option<Spanned<u64>>,
    /// The DNS name of its Active Directory domain.
    pub domain: Option<Spanned<Fqdn>>,
    /// Whether a domain is written, even one that could not be resolved.
    pub domain_written: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A reference and what it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The reference.
    pub at: Span,
    /// The name of the block.
    pub to: Span,
}

/// A resolved topology. Arenas are sorted by path, so that order in files never shows.
#[derive(Debug, Clone)]
pub struct Topology {
    /// The organization.
    pub organization: Organization,
    /// Sites.
    pub sites: Vec<Site>,
    /// Networks; the first is the internet.
    pub networks: Vec<Network>,
    /// Firewalls.
    pub firewalls: Vec<Firewall>,
    /// WAN links.
    pub wan_links: Vec<WanLink>,
    /// Load balancers.
    pub load_balancers: Vec<LoadBalancer>,
    /// Groups.
    pub groups: Vec<Group>,
    /// Servers.
    pub servers: Vec<Server>,
    /// Endpoints.
    pub endpoints: Vec<Endpoint>,
    /// The declarations, for rules about blocks that the model does not hold in fields of its own.
    pub decls: Decls,
    /// Groups, servers, networks, sites and firewalls by full path, for `trace` and assertions.
    pub by_path: BTreeMap<String, Named>,
    /// References in attributes that mean something, by place.
    pub links: Vec<Link>,
    /// Addresses that the topology gives out: server addresses and VIPs, with a name for each.
    pub addresses: BTreeMap<Ipv4Addr, String>,
    /// The declared networks by address.
    pub ranges: NetworkRanges,
    /// What is at each place, found when it is first asked for: a check does not.
    pub members: OnceLock<Members>,
    /// Who has a relation to a group, found when it is first asked for.
    pub dependants: OnceLock<Dependants>,
}

/// What a full path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// A site.
    Site(SiteId),
    /// A network.
    Network(NetworkId),
    /// A firewall.
    Firewall(FirewallId),
    /// A load balancer.
    LoadBalancer(LoadBalancerId),
    /// A group.
    Group(GroupId),
    /// A server.
    Server(ServerId),
}

impl Topology {
    /// The site with this number.
    pub fn site(&self, id: SiteId) -> &Site {
        &self.sites[id.index()]
    }
    /// The network with this number.
    pub fn network(&self, id: NetworkId) -> &Network {
        &self.networks[id.index()]
    }
    /// The firewall with this number.
    pub fn firewall(&self, id: FirewallId) -> &Firewall {
        &self.firewalls[id.index()]
    }
    /// The load balancer with this number.
    pub fn load_balancer(&self, id: LoadBalancerId) -> &LoadBalancer {
        &self.load_balancers[id.index()]
    }
    /// The group with this number.
    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.index()]
    }
    /// The server with this number.
    pub fn server(&self, id: ServerId) -> &Server {
        &self.servers[id.index()]
    }
    /// The endpoint with this number.
    pub fn endpoint(&self, id: EndpointId) -> &Endpoint {
        &self.endpoints[id.index()]
    }
    /// The networks of a site.
    pub fn networks_at(&self, site: SiteId) -> impl Iterator<Item = &Network> {
        self.members().networks.of(site.index()).map(|id| self.network(*id))
    }
    /// The firewalls of a site.
    pub fn firewalls_at(&self, site: SiteId) -> impl Iterator<Item = &Firewall> {
        self.members().firewalls.of(site.index()).map(|id| self.firewall(*id))
    }
    /// The load balancers of a site.
    pub fn load_balancers_at(&self, site: SiteId) -> impl Iterator<Item = &LoadBalancer> {
        self.members().load_balancers.of(site.index()).map(|id| self.load_balancer(*id))
    }
    /// The groups of a site.
    pub fn groups_at(&self, site: SiteId) -> impl Iterator<Item = &Group> {
        self.members().groups.of(site.index()).map(|id| self.group(*id))
    }
    /// The servers of a site.
    pub fn servers_at(&self, site: SiteId) -> impl ExactSizeIterator<Item = &Server> {
        self.members().servers.of(site.index()).map(|id| self.server(*id))
    }
    /// The WAN links between a site and others.
    pub fn wan_links_at(&self, site: SiteId) -> impl ExactSizeIterator<Item = &WanLink> {
        self.members().wan_links.of(site.index()).map(|id| &self.wan_links[id.index()])
    }
    /// The endpoints with a virtual address on a load balancer.
    pub fn served_by(&self, balancer: LoadBalancerId) -> impl Iterator<Item = (&Endpoint, &Vip)> {
        let endpoints = self.members().served.of(balancer.index()).map(|id| self.endpoint(*id));
        endpoints.filter_map(|endpoint| Some((endpoint, endpoint.vip.as_ref()?)))
    }
    /// The groups with a relation to a group, with the place that states it.
    pub fn dependants(&self, relation: Relation, group: GroupId) -> &[(GroupId, Span)] {
        let dependants = self.dependants.get_or_init(|| {
            let mut dependants = Dependants::default();
            for group in &self.groups {
                for (relation, other, span) in &group.relations {
                    dependants.entry((*relation, *other)).or_default().push((group.id, *span));
                }
            }
            dependants
        });
        dependants.get(&(relation, group)).map_or(&[], Vec::as_slice)
    }
    fn members(&self) -> &Members {
        self.members.get_or_init(|| {
            let sites = self.sites.len();
            let networks = self.networks.iter().filter_map(|network| Some((network.site?.index(), network.id)));
            let served = self.endpoints.iter().filter_map(|end| Some((end.vip.as_ref()?.load_balancer.index(), end.id)));
            Members {
                networks: Grouped::new(sites, networks),
                firewalls: Grouped::new(sites, self.firewalls.iter().map(|own| (own.site.index(), own.id))),
                load_balancers: Grouped::new(sites, self.load_balancers.iter().map(|own| (own.site.index(), own.id))),
                groups: Grouped::new(sites, self.groups.iter().map(|own| (own.site.index(), own.id))),
                servers: Grouped::new(sites, self.servers.iter().map(|own| (own.site.index(), own.id))),
                wan_links: Grouped::new(sites, self.wan_links.iter().flat_map(|link| self.joined(link))),
                served: Grouped::new(self.load_balancers.len(), served),
            }
        })
    }
    /// The sites that a WAN link joins; none where it joins networks of one site.
    fn joined(&self, link: &WanLink) -> impl Iterator<Item = (usize, WanLinkId)> + use<> {
        let sites: BTreeSet<Option<SiteId>> = link.joins.iter().map(|end| self.network(end.value).site).collect();
        let id = link.id;
        let several = sites.len() > 1;
        sites.into_iter().flatten().filter(move |_| several).map(move |site| (site.index(), id))
    }
    /// The narrowest declared network that holds an address.
    pub fn network_around(&self, address: Ipv4Addr) -> Option<&Network> {
        self.ranges.around(address).map(|id| self.network(id))
    }
    /// Addresses of a network that nothing declared has: those after the lowest one in use, where routers seldom are.
    pub fn free_addresses(&self, network: NetworkId) -> impl Iterator<Item = Ipv4Addr> {
        let range = self.network(network).range;
        let first = self.addresses.range(range.network()..=range.broadcast()).next().map(|(address, _)| *address);
        free_after(range, first.unwrap_or_else(|| range.network()), |address| self.addresses.contains_key(&address))
    }
    /// Everything that a reason can name, with the place that declares it.
    pub fn declarations(&self) -> impl Iterator<Item = (String, Span)> {
        let organization = &self.organization;
        let below = |word: &str| format!("{}.{word}", organization.name);
        let top = [(organization.name.clone(), organization.span)];
        let domains = organization.sip_domains.first().map(|domain| (below("sip_domains"), domain.span));
        let features = organization.features.iter().map(move |(feature, span)| (below(feature.word()), *span));
        let sites = self.sites.iter().map(|site| (site.name.clone(), site.span));
        let networks = self.networks.iter().filter_map(|network| Some((network.path.clone(), network.span?)));
        let firewalls = self.firewalls.iter().map(|firewall| (firewall.path.clone(), firewall.span));
        let nats = self
            .firewalls
            .iter()
            .flat_map(|firewall| firewall.nats.iter().map(move |nat| (format!("{}.{}", firewall.path, nat.name), nat.span)));
        let balancers = self.load_balancers.iter().map(|balancer| (balancer.path.clone(), balancer.span));
        let groups = self.groups.iter().map(|group| (group.path.clone(), group.span));
        let servers = self.servers.iter().map(|server| (server.path.clone(), server.span));
        let devices = firewalls.chain(nats).chain(balancers);
        let profiles = self.decls.blocks("voice").flat_map(|voice| voice.blocks("location_profile"));
        let rules = profiles.flat_map(|profile| {
            let path = format!("voice.{}", profile.name);
            let rules = profile.blocks("rule").map(|rule| (format!("voice.{}.{}", profile.name, rule.name), rule.name_span));
            std::iter::once((path, profile.name_span)).chain(rules.collect::<Vec<_>>())
        });
        let placed = sites.chain(networks).chain(devices).chain(groups).chain(servers);
        top.into_iter().chain(domains).chain(features).chain(placed).chain(rules)
    }

    /// Where the database of a pool is said to be a mid-range computer.
    pub fn mid_range_database(&self, pool: &Group) -> Option<Span> {
        pool.related(Relation::BackEnd).find_map(|database| match self.group(database).detail {
            Detail::BackEnd { mid_range, .. } => mid_range,
            _ => None,
        })
    }

    /// The endpoints of one role on one side.
    pub fn endpoints_of(&self, role: Role, side: Side) -> impl Iterator<Item = &Endpoint> {
        self.endpoints.iter().filter(move |e| e.role == role && e.side == side)
    }
    /// The endpoint that is met on a side: where both sides of Communicator Web Access have one listener, that of the inside.
    pub fn met_endpoint(&self, group: GroupId, role: Role, side: Side) -> Option<&Endpoint> {
        let shared = || self.group_endpoint(group, role, Side::Inside).filter(|_| role == Role::WebAccess);
        self.group_endpoint(group, role, side).or_else(shared)
    }
    /// Whether those who come for a role on a side meet this endpoint.
    pub fn is_met(&self, endpoint: &Endpoint, role: Role, side: Side) -> bool {
        endpoint.role == role && self.met_endpoint(endpoint.group, role, side).is_some_and(|met| met.id == endpoint.id)
    }
    /// The port of an endpoint that the topology states in place of the catalogue's.
    pub fn stated_port(&self, endpoint: &Endpoint) -> Option<u16> {
        match self.group(endpoint.group).detail {
            Detail::BackEnd { port, .. } => port,
            Detail::WebAccess { external_port, .. } if endpoint.side == Side::Outside => external_port,
            _ => None,
        }
    }
    /// The media ports of a Mediation Server that the topology states in place of the catalogue's.
    pub fn stated_media_ports(&self, endpoint: &Endpoint) -> Option<PortRange> {
        match &self.group(endpoint.group).detail {
            Detail::Mediation { media_ports, .. } => media_ports.as_ref().map(|range| range.value),
            _ => None,
        }
    }
    /// A group's endpoint of one role on one side.
    pub fn group_endpoint(&self, group: GroupId, role: Role, side: Side) -> Option<&Endpoint> {
        self.group(group).endpoints.iter().map(|id| self.endpoint(*id)).find(|e| e.role == role && e.side == side)
    }
}
