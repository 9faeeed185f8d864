//! The needs of each service: its flows, from the people who use it to the last server behind it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::needs::{NeedId, Needs};
use super::part::{Part, Parts};
use super::people::{self, People};
use super::relations::Relations;
use super::ways::{Controller, Directory, Way};
use super::{OutagePlan, Use};
use crate::catalog::{Catalog, FlowRow, Service, Target, Tls, facts};
use crate::flow::switched_on;
use crate::graph::NetworkGraph;
use crate::model::{Endpoint, EndpointId, GroupId, NetworkId, ServerId, Topology};
use crate::plan::certificate::CertificatePlan;
use crate::product::{Role, Side};

/// What users have and what it needs.
pub fn plan(topology: &Topology, catalog: &Catalog, certificates: &CertificatePlan) -> OutagePlan {
    let parts = Parts::new(topology, certificates.certificates.len());
    let mut builder = Builder::new(topology, &parts, certificates);
    let people = people::people(topology);
    let is_critical =
        topology.decls.blocks("organization").flat_map(|decl| decl.block("compliance")).any(|d| d.boolean("critical"));
    let mut services: Vec<&'static Service> = Vec::new();
    let mut uses = Vec::new();
    for service in facts::<Service>(topology.organization.product) {
        if switched_on(topology, &service.when).is_none() {
            continue;
        }
        let critical = service.flows_if_critical.iter().filter(|_| is_critical);
        let named: BTreeSet<&str> = service.flows.iter().chain(critical).map(String::as_str).collect();
        let is_in_use = |row: &&FlowRow| named.contains(row.id.as_str()) && switched_on(topology, &row.when).is_some();
        let flows: Vec<&FlowRow> = catalog.flows.iter().filter(is_in_use).collect();
        let before = uses.len();
        let handed = service.handed_on.as_ref().and_then(|handed| Some((handed.flow.as_str(), catalog.flow(&handed.by)?)));
        builder.service(service, (&flows, handed), &people, services.len(), &mut uses);
        if uses.len() > before {
            services.push(service);
        }
    }
    let Builder { needs, ways, directories, .. } = builder;
    let mut plan = OutagePlan {
        people,
        services,
        uses,
        broken: 0,
        is_critical,
        graph: NetworkGraph::new(topology),
        needs,
        ways,
        directories,
        network_sites: topology.networks.iter().map(|network| network.site).collect(),
        firewall_sites: topology.firewalls.iter().map(|firewall| firewall.site).collect(),
        parts,
    };
    let standing = plan.standing(&[]);
    let all = plan.uses.len();
    plan.uses.retain(|used| standing.stands(used.need));
    plan.broken = all - plan.uses.len();
    plan
}

struct Builder<'a> {
    topology: &'a Topology,
    parts: &'a Parts,
    relations: Relations<'a>,
    needs: Needs,
    ways: Vec<Way>,
    known_ways: FxHashMap<Way, u32>,
    directories: Vec<Directory>,
    /// The directory of each domain; `None` is the domain of servers whose site names none.
    domains: BTreeMap<Option<String>, usize>,
    /// The certificates that each server of an endpoint presents.
    certificates: FxHashMap<(EndpointId, ServerId), Vec<usize>>,
}

/// A service for users of one home, while its needs are made.
struct Case<'s> {
    flows: &'s [&'s FlowRow],
    /// A row that servers without it hand on to others, and the row by which they do.
    handed: Option<(&'s str, &'s FlowRow)>,
    home: GroupId,
    /// Roles that were met.
    met: BTreeSet<Role>,
    servers: FxHashMap<(ServerId, Role, GroupId), NeedId>,
    doors: FxHashMap<(EndpointId, bool, bool), Vec<Door>>,
}

/// A network that must be reached, and what is needed behind it.
#[derive(Debug, Clone, Copy)]
struct Door {
    network: NetworkId,
    behind: NeedId,
}

/// The roles that begin a service.
const INSIDE: [Role; 1] = [Role::Client];
const OUTSIDE: [Role; 3] = [Role::RemoteClient, Role::FederatedPartner, Role::PublicIm];

impl<'a> Builder<'a> {
    fn new(topology: &'a Topology, parts: &'a Parts, certificates: &CertificatePlan) -> Self {
        let mut presented: FxHashMap<(EndpointId, ServerId), Vec<usize>> = FxHashMap::default();
        for (at, certificate) in certificates.certificates.iter().enumerate() {
            let installed: BTreeSet<&str> = certificate.installs.iter().map(|install| install.path.as_str()).collect();
            for served in &certificate.serves {
                for member in &topology.endpoint(served.endpoint).members {
                    if installed.contains(topology.server(member.server).path.as_str()) {
                        presented.entry((served.endpoint, member.server)).or_default().push(at);
                    }
                }
            }
        }
        let mut builder = Self {
            topology,
            parts,
            relations: Relations::new(topology),
            needs: Needs::default(),
            ways: Vec::new(),
            known_ways: FxHashMap::default(),
            directories: Vec::new(),
            domains: BTreeMap::new(),
            certificates: presented,
        };
        builder.add_directories();
        builder
    }

    /// The controllers of each domain, and of all domains together for servers of a domain that has none here.
    fn add_directories(&mut self) {
        let topology = self.topology;
        let mut domains: BTreeMap<String, String> = BTreeMap::new();
        for site in topology.decls.blocks("site") {
            for decl in site.blocks("domain_controller") {
                let named = decl.reference("domain").and_then(|path| path.value.last().cloned());
                let domain = named.and_then(|name| topology.organization.domains.iter().find(|domain| domain.name == name));
                if let Some(domain) = domain {
                    domains.insert(format!("{}.{}", site.name, decl.name), domain.fqdn.value.to_string());
                }
            }
        }
        let mut all: BTreeMap<Option<String>, Vec<Controller>> = BTreeMap::new();
        for endpoint in topology.endpoints_of(Role::DomainController, Side::Inside) {
            let group = topology.group(endpoint.group);
            let site = topology.site(group.site);
            let of_site = || site.domain.as_ref().map(|domain| domain.value.to_string());
            let domain = domains.get(&group.path).cloned().or_else(of_site);
            for member in &endpoint.members {
                let computer = self.parts.id(Part::Computer(member.server));
                let controller = Controller { computer, site: group.site, networks: vec![member.network] };
                if domain.is_some() {
                    all.entry(None).or_default().push(controller.clone());
                }
                all.entry(domain.clone()).or_default().push(controller);
            }
        }
        for (domain, controllers) in all {
            self.domains.insert(domain, self.directories.len());
            self.directories.push(Directory { controllers });
        }
    }

    /// A service for all people: those who have no server of its roles do not have it.
    fn service(
        &mut self,
        service: &Service,
        (flows, handed): (&[&FlowRow], Option<(&str, &FlowRow)>),
        people: &[People],
        at: usize,
        uses: &mut Vec<Use>,
    ) {
        let mut cases: BTreeMap<GroupId, Case<'_>> = BTreeMap::new();
        let begins: &[Role] = if service.outside { &OUTSIDE } else { &INSIDE };
        let first: Vec<&FlowRow> =
            flows.iter().copied().filter(|row| row.from.iter().any(|role| begins.contains(role))).collect();
        for (number, one) in people.iter().enumerate() {
            let case = cases.entry(one.home).or_insert_with(|| Case {
                flows,
                handed,
                home: one.home,
                met: BTreeSet::new(),
                servers: FxHashMap::default(),
                doors: FxHashMap::default(),
            });
            let from = if service.outside { Some(NetworkId::INTERNET) } else { one.network };
            let mut needs = Vec::new();
            for row in &first {
                needs.extend(self.flow(row, None, from, case));
            }
            if !needs.is_empty() && service.roles.iter().all(|role| case.met.contains(role)) {
                let need = self.needs.all_of(needs);
                uses.push(Use { service: at, people: number, need });
            }
        }
    }

    /// What a flow needs that begins in a network; `None` where a deployment has not both of its ends.
    fn flow(&mut self, row: &FlowRow, from: Option<GroupId>, network: Option<NetworkId>, case: &mut Case<'_>) -> Option<NeedId> {
        match row.to {
            Role::DomainController => {
                let (group, network) = (from?, network?);
                let site = self.topology.site(self.topology.group(group).site);
                let domain = site.domain.as_ref().map(|domain| domain.value.to_string());
                let at = self.domains.get(&domain).or_else(|| self.domains.get(&None)).copied()?;
                return Some(self.way(Way::Directory(at, network)));
            }
            Role::RemoteClient | Role::FederatedPartner | Role::PublicIm | Role::PublicService => {
                return network.map(|network| self.way(Way::Internet(network)));
            }
            _ => {}
        }
        let ends = self.relations.ends(row, from, case.home);
        match case.handed.filter(|(handed, _)| ends.is_empty() && row.id == *handed) {
            Some((_, hop)) => self.any(hop, self.relations.handing_on(row, hop), network, case),
            None => self.any(row, ends, network, case),
        }
    }

    /// What a flow needs that ends at any of these endpoints.
    fn any(&mut self, row: &FlowRow, ends: Vec<EndpointId>, network: Option<NetworkId>, case: &mut Case<'_>) -> Option<NeedId> {
        let mut ways = Vec::new();
        for end in ends {
            case.met.insert(row.to);
            for door in self.doors(row, end, case) {
                let reached = network.map(|network| self.between(network, door.network));
                let needs = reached.into_iter().chain([door.behind]).collect();
                ways.push(self.needs.all_of(needs));
            }
        }
        (!ways.is_empty()).then(|| self.needs.any_of(ways))
    }

    /// The networks by which an endpoint is reached, each with what is behind it.
    fn doors(&mut self, row: &FlowRow, end: EndpointId, case: &mut Case<'_>) -> Vec<Door> {
        let topology = self.topology;
        let endpoint = topology.endpoint(end);
        let (balanced, secured) = (row.target != Target::Real && endpoint.vip.is_some(), row.tls != Tls::None);
        if let Some(known) = case.doors.get(&(end, balanced, secured)) {
            return known.clone();
        }
        let mut behind = Vec::new();
        for member in &endpoint.members {
            let mut needs = vec![self.server(endpoint, member.server, member.network, case)];
            let presented = self.certificates.get(&(end, member.server)).filter(|_| secured);
            for certificate in presented.cloned().unwrap_or_default() {
                needs.push(self.needs.part(self.parts.id(Part::Certificate(certificate))));
            }
            behind.push(Door { network: member.network, behind: self.needs.all_of(needs) });
        }
        let doors = match endpoint.vip.as_ref().filter(|_| balanced) {
            Some(vip) => {
                let balancer = topology.load_balancer(vip.load_balancer);
                let device = self.needs.part(self.parts.id(Part::Balancer(balancer.id)));
                let site = self.needs.part(self.parts.id(Part::Site(balancer.site)));
                let mut servers = Vec::new();
                for door in behind {
                    let reached = self.between(vip.network, door.network);
                    servers.push(self.needs.all_of(vec![reached, door.behind]));
                }
                let servers = self.needs.any_of(servers);
                vec![Door { network: vip.network, behind: self.needs.all_of(vec![device, site, servers]) }]
            }
            None => behind,
        };
        case.doors.insert((end, balanced, secured), doors.clone());
        doors
    }

    /// What a server needs for its part in a service: its computer, its site, and the flows that it opens for it.
    fn server(&mut self, endpoint: &Endpoint, server: ServerId, network: NetworkId, case: &mut Case<'_>) -> NeedId {
        let key = (server, endpoint.role, endpoint.group);
        if let Some(known) = case.servers.get(&key) {
            return *known;
        }
        let site = self.topology.server(server).site;
        let computer = self.needs.part(self.parts.id(Part::Computer(server)));
        let mut needs = vec![computer, self.needs.part(self.parts.id(Part::Site(site)))];
        // A circle of flows ends at the server that it began at.
        case.servers.insert(key, computer);
        for row in case.flows.iter().copied().filter(|row| row.from.contains(&endpoint.role)) {
            let leaves = self.topology.group_endpoint(endpoint.group, endpoint.role, row.from_side);
            let own = leaves.and_then(|leaves| leaves.members.iter().find(|member| member.server == server));
            let from = own.map_or(network, |member| member.network);
            needs.extend(self.flow(row, Some(endpoint.group), Some(from), case));
        }
        let need = self.needs.all_of(needs);
        case.servers.insert(key, need);
        need
    }

    fn between(&mut self, one: NetworkId, other: NetworkId) -> NeedId {
        self.way(match (one, other) {
            (NetworkId::INTERNET, network) | (network, NetworkId::INTERNET) => Way::Internet(network),
            _ => Way::Between(one.min(other), one.max(other)),
        })
    }

    fn way(&mut self, way: Way) -> NeedId {
        let next = self.ways.len() as u32;
        let at = *self.known_ways.entry(way).or_insert(next);
        if at == next {
            self.ways.push(way);
        }
        self.needs.way(at)
    }
}
