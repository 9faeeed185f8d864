//! What each server of the product must admit, for firewalls that run on the servers themselves: every flow that ends there,
//! whether a firewall between networks is on its way or not.
//! Input: topology, flows and the plans of load balancers, which make health checks. Output: a [`HostsPlan`]. Openings are listed
//! once, and servers point at them: many share one.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::balancer::BalancerPlan;
use super::firewall::build::{labels, merged};
use super::firewall::{port_ranges, protocol};
use super::{Lines, Reason, SourceRef};
use crate::catalog::{HostAdmission, HostFirewall, Software, fact, facts};
use crate::flow::{Flow, Flows, InsideNetworks, Peer};
use crate::model::{EndpointId, NetworkId, Server, ServerId, Topology};
use crate::packet::{Product, Ranges};
use crate::product::{NatMode, PortRange, Role, Transport};

/// By group and ends: the ports of a load balancer's health checks, and why.
type HealthChecks<'a> = BTreeMap<(&'a str, Vec<(ServerId, Ipv4Addr)>), (Vec<PortRange>, &'a Reason)>;

/// The servers of the product, and what they admit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostsPlan {
    /// Who may open what; sorted by id.
    pub openings: Vec<Opening>,
    /// Servers, by path.
    pub hosts: Vec<HostPlan>,
    /// Whether administrators reach the servers: some network is theirs.
    pub administrators: bool,
}

/// Sources that may open to some ports, wherever they are open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The flow's id, with the transport where the flow has several, and with the endpoint that a load balancer represents.
    pub id: String,
    /// The addresses of those who open.
    pub sources: Ranges,
    /// Ports that they speak from; `None` for any.
    pub source_ports: Option<Vec<PortRange>>,
    /// Ports that the server listens on.
    pub ports: Vec<PortRange>,
    /// TCP or UDP.
    pub transport: Transport,
    /// What is spoken.
    pub application: String,
    /// Why.
    pub reason: Reason,
}

/// One server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostPlan {
    /// `site.group.name`.
    pub path: String,
    /// A name for its file; no other server has it.
    pub label: String,
    /// What it admits: the position of an opening, the addresses of the server that it is for.
    pub rules: Vec<(usize, Vec<Ipv4Addr>)>,
    /// All its addresses, in their order.
    pub addresses: Vec<Ipv4Addr>,
    /// The word of its operating system: as declared, or the oldest that the release runs on.
    pub system: &'static str,
    /// Whether that is declared.
    pub system_stated: bool,
    /// The firewall of that system.
    pub firewall: &'static HostFirewall,
    /// Load balancers in front of it without declared source addresses of their health checks.
    pub unseen_balancers: Vec<String>,
    /// Where it is declared.
    pub declared: SourceRef,
}

impl HostsPlan {
    /// The packets that open a connection to a server by one of its rules.
    pub fn opening(&self, at: usize, local: &[Ipv4Addr]) -> Option<Product> {
        let opening = self.openings.get(at)?;
        Some(Product {
            sources: opening.sources.clone(),
            source_ports: opening.source_ports.as_deref().map_or_else(Ranges::ports, port_ranges),
            destinations: local.iter().copied().map(Ipv4Net::from).collect(),
            destination_ports: port_ranges(&opening.ports),
            ..Product::of(protocol(opening.transport))
        })
    }
}

/// Whether a role is the product's own: other servers have to admit more than this topology knows.
fn is_own(role: Role) -> bool {
    !matches!(
        role,
        Role::Client
            | Role::Administrator
            | Role::RemoteClient
            | Role::FederatedPartner
            | Role::PublicIm
            | Role::PublicService
            | Role::ReverseProxy
            | Role::MediaGateway
            | Role::ExchangeUm
            | Role::UpdateServer
            | Role::BackEnd
            | Role::FileShare
            | Role::DomainController
    )
}

/// The plan of all servers; none where the release knows no firewall of any system.
pub fn plan(topology: &Topology, flows: &Flows<'_>, balancers: &[BalancerPlan], lines: &Lines<'_>) -> HostsPlan {
    let mut builder =
        Builder { topology, lines, inside: InsideNetworks::new(topology), openings: Vec::new(), rules: BTreeMap::new() };
    for flow in &flows.flows {
        builder.flow(flow);
    }
    let administrators = builder.administrators();
    builder.checks(balancers);
    let Builder { openings, rules, .. } = builder;
    let servers: Vec<_> = rules.keys().map(|id| topology.server(*id)).collect();
    let labels = labels(servers.iter().map(|server| server.path.as_str()));
    let hosts = servers.iter().zip(labels).zip(rules.into_values()).filter_map(|((server, label), rules)| {
        let (system, firewall) = firewall(topology, server)?;
        Some(HostPlan {
            path: server.path.clone(),
            label,
            rules: rules.into_iter().collect(),
            addresses: addresses(server),
            system,
            system_stated: server.operating_system.is_some(),
            firewall,
            unseen_balancers: without_check_sources(topology, balancers, server.id),
            declared: lines.source_ref(server.path.clone(), Some(server.span)),
        })
    });
    HostsPlan { hosts: hosts.collect(), openings, administrators }
}

/// The operating system of a server and its firewall. What is not declared is the oldest system that the release runs on: its
/// firewall can say the least.
fn firewall(topology: &Topology, server: &Server) -> Option<(&'static str, &'static HostFirewall)> {
    let product = topology.organization.product;
    let oldest = || fact::<Software>(product, "operating_system")?.allowed.first().map(String::as_str);
    let system = server.operating_system.or_else(oldest)?;
    let rows = facts::<HostFirewall>(product);
    Some((system, rows.iter().find(|row| row.systems.iter().any(|word| word == system))?))
}

fn addresses(server: &Server) -> Vec<Ipv4Addr> {
    let mut addresses: Vec<_> = server.addresses.iter().map(|(address, _)| address.value).collect();
    addresses.sort_unstable();
    addresses.dedup();
    addresses
}

fn without_check_sources(topology: &Topology, balancers: &[BalancerPlan], server: ServerId) -> Vec<String> {
    let before = |balancer: &&BalancerPlan| {
        let behind = balancer.listeners.iter().any(|listener| listener.servers.iter().any(|behind| behind.server == server));
        behind && topology.load_balancer(balancer.id).self_addresses.is_empty()
    };
    balancers.iter().filter(before).map(|balancer| balancer.path.clone()).collect()
}

struct Builder<'a> {
    topology: &'a Topology,
    lines: &'a Lines<'a>,
    inside: InsideNetworks<'a>,
    openings: Vec<Opening>,
    /// By server, in the order of their paths; by opening.
    rules: BTreeMap<ServerId, BTreeMap<usize, Vec<Ipv4Addr>>>,
}

impl Builder<'_> {
    fn flow(&mut self, flow: &Flow<'_>) {
        let mut direct: Vec<(ServerId, Ipv4Addr)> = Vec::new();
        let mut balanced: Vec<EndpointId> = Vec::new();
        for peer in flow.to.iter().filter(|peer| is_own(peer.role)) {
            match (peer.server, peer.endpoint) {
                (Some(server), _) => direct.push((server, peer.net.addr())),
                (None, Some(endpoint)) => balanced.push(endpoint),
                _ => {}
            }
        }
        let topology = self.topology;
        let mut kept = Vec::new();
        for endpoint in balanced {
            let endpoint = topology.endpoint(endpoint);
            let Some(vip) = &endpoint.vip else { continue };
            let balancer = topology.load_balancer(vip.load_balancer);
            let members = endpoint.members.iter().map(|member| (member.server, member.address.value));
            match balancer.nat {
                // The balancer keeps the sender's address.
                NatMode::Dnat => kept.extend(members),
                NatMode::Snat => {
                    let sources = balancer.snat_addresses.iter().map(|own| Ipv4Net::from(own.value)).collect();
                    self.open(flow, &format!("@{}", topology.group(endpoint.group).path), sources, &members.collect::<Vec<_>>());
                }
            }
        }
        direct.extend(kept);
        if !direct.is_empty() {
            let sources = self.sources(flow);
            self.open(flow, "", sources, &direct);
        }
    }

    fn sources(&self, flow: &Flow<'_>) -> Ranges {
        let outside = |peer: &Peer| peer.network == NetworkId::INTERNET;
        let named: Ranges = flow.from.iter().filter(|peer| !outside(peer)).map(|peer| peer.net).collect();
        // The internet is what the firewall takes for it that its packets come through first.
        let legs = flow.legs.iter().filter(|leg| leg.from.iter().filter_map(|at| flow.from.get(*at)).any(outside));
        let internet = legs.filter_map(|leg| leg.crossings.first()).next().map(|crossing| {
            let inside: Ranges = self.inside.of(crossing.firewall).into_iter().collect();
            inside.complement()
        });
        internet.map_or(named.clone(), |internet| named.union(&internet))
    }

    fn open(&mut self, flow: &Flow<'_>, mark: &str, sources: Ranges, ends: &[(ServerId, Ipv4Addr)]) {
        if sources.is_empty() || ends.is_empty() {
            return;
        }
        for transport in &flow.transports {
            let id = match flow.transports.as_slice() {
                [_] => format!("{}{mark}", flow.id),
                _ => format!("{}/{}{mark}", flow.id, transport.word()),
            };
            let at = self.openings.len();
            self.openings.push(Opening {
                id,
                sources: sources.clone(),
                source_ports: flow.source_ports.as_deref().map(merged),
                ports: merged(&flow.ports),
                transport: *transport,
                application: flow.row.application.clone(),
                reason: self.reason(flow),
            });
            for (server, address) in ends {
                let local = self.rules.entry(*server).or_default().entry(at).or_default();
                if !local.contains(address) {
                    local.push(*address);
                    local.sort();
                }
            }
        }
    }

    /// Opens every server that has a rule to administrators; whether there are any.
    fn administrators(&mut self) -> bool {
        let (topology, product) = (self.topology, self.topology.organization.product);
        let networks: Vec<_> = topology.networks.iter().filter(|network| network.administrators).collect();
        let servers: Vec<ServerId> = self.rules.keys().copied().collect();
        let mut let_in = false;
        for row in facts::<HostAdmission>(product).iter().filter(|_| !networks.is_empty()) {
            let mut reason = Reason::new(&row.id, &row.purpose, &row.provenance);
            reason.declared = networks.iter().map(|network| self.lines.source_ref(&network.path, network.span)).collect();
            let at = self.openings.len();
            self.openings.push(Opening {
                id: row.id.clone(),
                sources: networks.iter().map(|network| network.range).collect(),
                source_ports: None,
                ports: vec![PortRange { first: row.port, last: row.port }],
                transport: row.transport,
                application: row.application.clone(),
                reason,
            });
            for server in &servers {
                self.rules.entry(*server).or_default().insert(at, addresses(topology.server(*server)));
            }
            let_in = true;
        }
        let_in
    }

    /// Opens servers to the health checks of their load balancers.
    fn checks(&mut self, balancers: &[BalancerPlan]) {
        for plan in balancers {
            let balancer = self.topology.load_balancer(plan.id);
            let sources: Ranges = balancer.self_addresses.iter().map(|own| Ipv4Net::from(own.value)).collect();
            let mut groups: HealthChecks<'_> = BTreeMap::new();
            for listener in plan.listeners.iter().filter(|_| !sources.is_empty()) {
                let ends = listener.servers.iter().map(|behind| (behind.server, behind.address)).collect();
                let (ports, _) = groups.entry((&listener.group, ends)).or_insert_with(|| (Vec::new(), &listener.reason));
                ports.push(PortRange { first: listener.check.port, last: listener.check.port });
            }
            let many = groups.len() > 1;
            for (number, ((group, ends), (ports, reason))) in groups.into_iter().enumerate() {
                let number = if many { format!("/{}", number + 1) } else { String::new() };
                let mut reason = reason.clone();
                reason.purpose = "the load balancer checks whether the server is up".to_owned();
                reason.declared = vec![self.lines.source_ref(balancer.path.clone(), Some(balancer.span))];
                let at = self.openings.len();
                self.openings.push(Opening {
                    id: format!("check{number}@{group}"),
                    sources: sources.clone(),
                    source_ports: None,
                    ports: merged(&ports),
                    transport: Transport::Tcp,
                    application: "TCP".to_owned(),
                    reason,
                });
                for (server, address) in ends {
                    self.rules.entry(server).or_default().entry(at).or_default().push(address);
                }
            }
        }
    }

    fn reason(&self, flow: &Flow<'_>) -> Reason {
        let mut reason = Reason::new(&flow.row.id, &flow.row.purpose, &flow.row.provenance);
        let organization = &self.topology.organization.name;
        for (feature, span) in &flow.features {
            reason.features.push(feature.word());
            reason.switches.push(self.lines.source_ref(format!("{organization}.{}", feature.word()), Some(*span)));
        }
        reason
    }
}
