//! What each load balancer does: the ports on its virtual addresses, the servers behind each, and how connections are treated.
//! Input: topology, flows, catalogue. Output: [`BalancerPlan`]s. The catalogue says which ports are there, flows who needs them;
//! knows nothing of dialects or files.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use rustc_hash::FxHashMap;
use serde::Serialize;

use super::firewall::build::labels;
use super::naming::Names;
use super::{Lines, Reason, SourceRef};
use crate::catalog::{Affinity, Balancing, Catalog, Confidence, Limit, ListenerRow, Method, fact, facts};
use crate::flow::{Flow, Flows, switched_on};
use crate::model::{Endpoint, EndpointId, LoadBalancer, LoadBalancerId, ServerId, Topology};
use crate::product::{Feature, Transport};
use crate::text::Span;

pub use crate::product::NatMode;

/// One load balancer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BalancerPlan {
    /// Its number in the topology.
    #[serde(skip)]
    pub id: LoadBalancerId,
    /// `site.name`.
    pub path: String,
    /// A name for folders: letters, digits, `-`, `_`; no other load balancer has it.
    pub label: String,
    /// The requested dialect.
    pub dialect: &'static str,
    /// What it translates.
    pub nat: NatMode,
    /// The addresses that it speaks from to servers; empty where it keeps the client's.
    pub snat_addresses: Vec<Ipv4Addr>,
    /// Seconds after which it may drop an idle connection, not before.
    pub idle_seconds: u64,
    /// Whether the topology states it; if not, it is the release's figure.
    pub idle_stated: bool,
    /// What it listens on, by address, transport and port.
    pub listeners: Vec<Listener>,
    /// Where it is declared.
    pub declared: SourceRef,
}

/// One port on a virtual address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listener {
    /// Stable: the group, the row of the catalogue, and the transport where the row has several.
    pub id: String,
    /// The group whose address it is.
    pub group: String,
    /// The name that others find the address by.
    pub name: Option<String>,
    /// The virtual address.
    pub address: Ipv4Addr,
    /// TCP or UDP.
    pub transport: Transport,
    /// The port, on the virtual address and on the servers.
    pub port: u16,
    /// What is spoken.
    pub application: String,
    /// The servers behind it, by path.
    pub servers: Vec<PoolMember>,
    /// Which server is given a connection.
    pub method: Method,
    /// What stays with it.
    pub affinity: Affinity,
    /// The health check of its servers.
    pub check: HealthCheck,
    /// Whether small packets may wait for each other.
    pub nagle: bool,
    /// The flows that go there.
    pub flows: Vec<String>,
    /// Why.
    pub reason: Reason,
    /// What stops working without it.
    pub breaks: String,
}

/// A server behind a virtual address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PoolMember {
    /// Its number in the topology.
    #[serde(skip)]
    pub server: ServerId,
    /// `site.group.name`.
    pub path: String,
    /// Its short name.
    pub name: String,
    /// Its address on that side.
    pub address: Ipv4Addr,
}

/// A health check of a server: a TCP connection that is opened and closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct HealthCheck {
    /// Its port.
    pub port: u16,
    /// Seconds between two checks.
    pub seconds: u64,
}

/// The plans of all load balancers, in the order of their paths.
pub fn plan(topology: &Topology, flows: &Flows<'_>, catalog: &Catalog, lines: &Lines<'_>) -> Vec<BalancerPlan> {
    let product = topology.organization.product;
    let builder = Builder {
        topology,
        catalog,
        lines,
        names: Names::new(topology),
        treatment: facts::<Balancing>(product),
        idle: fact::<Limit>(product, "load_balancer.idle_timeout").map_or(0, |limit| limit.value),
    };
    let flows_by_port = flows_by_port(topology, flows);
    let mut opened: BTreeMap<LoadBalancerId, Vec<Listener>> = BTreeMap::new();
    for endpoint in &topology.endpoints {
        if let Some(vip) = &endpoint.vip {
            let balancer = topology.load_balancer(vip.load_balancer);
            opened.entry(balancer.id).or_default().extend(builder.listeners(
                balancer,
                endpoint,
                vip.address.value,
                &flows_by_port,
            ));
        }
    }
    let labels = labels(topology.load_balancers.iter().map(|balancer| balancer.path.as_str()));
    let balancers = topology.load_balancers.iter().zip(labels);
    balancers
        .map(|(balancer, label)| builder.balancer(balancer, label, opened.remove(&balancer.id).unwrap_or_default()))
        .collect()
}

/// The flows that go to each port of a virtual address.
type FlowsByPort<'f, 'c> = FxHashMap<(EndpointId, Transport, u16), Vec<&'f Flow<'c>>>;

fn flows_by_port<'f, 'c>(topology: &Topology, flows: &'f Flows<'c>) -> FlowsByPort<'f, 'c> {
    let mut flows_by_port: FlowsByPort<'f, 'c> = FxHashMap::default();
    for flow in &flows.flows {
        let virtual_ends = flow.to.iter().filter(|peer| peer.server.is_none()).filter_map(|peer| peer.endpoint);
        for endpoint in virtual_ends.filter(|id| topology.endpoint(*id).vip.is_some()) {
            for transport in &flow.transports {
                // Ports on virtual addresses are single ports: a test of the catalogue ensures it.
                for port in &flow.ports {
                    flows_by_port.entry((endpoint, *transport, port.first)).or_default().push(flow);
                }
            }
        }
    }
    flows_by_port
}

/// A port of an endpoint.
#[derive(Clone, Copy)]
struct End<'e> {
    endpoint: &'e Endpoint,
    transport: Transport,
    port: u16,
}

struct Builder<'a> {
    topology: &'a Topology,
    catalog: &'a Catalog,
    lines: &'a Lines<'a>,
    names: Names<'a>,
    treatment: &'static [Balancing],
    idle: u64,
}

impl<'a> Builder<'a> {
    /// The ports of an endpoint on its virtual address.
    fn listeners(
        &self,
        balancer: &LoadBalancer,
        endpoint: &Endpoint,
        address: Ipv4Addr,
        flows_by_port: &FlowsByPort<'_, '_>,
    ) -> Vec<Listener> {
        let mut listeners = Vec::new();
        for row in self.catalog.listeners_of(endpoint.role, endpoint.side) {
            if !row.vip || row.provenance.confidence == Confidence::Low {
                continue;
            }
            let Some(features) = switched_on(self.topology, &row.when) else { continue };
            for transport in &row.transport {
                let stated = self.topology.stated_port(endpoint);
                for port in row.ports.iter().map(|range| stated.unwrap_or(range.first)) {
                    let end = End { endpoint, transport: *transport, port };
                    let flows = flows_by_port.get(&(endpoint.id, *transport, port)).map(Vec::as_slice).unwrap_or_default();
                    listeners.extend(self.listener(balancer, address, end, row, &features, flows));
                }
            }
        }
        listeners
    }

    fn balancer(&self, balancer: &LoadBalancer, label: String, mut listeners: Vec<Listener>) -> BalancerPlan {
        listeners.sort_by(|a, b| (a.address, a.transport, a.port, &a.id).cmp(&(b.address, b.transport, b.port, &b.id)));
        BalancerPlan {
            id: balancer.id,
            path: balancer.path.clone(),
            label,
            dialect: balancer.dialect.word(),
            nat: balancer.nat,
            snat_addresses: match balancer.nat {
                NatMode::Snat => balancer.snat_addresses.iter().map(|address| address.value).collect(),
                NatMode::Dnat => Vec::new(),
            },
            idle_seconds: balancer.idle_timeout.as_ref().map_or(self.idle, |stated| stated.value),
            idle_stated: balancer.idle_timeout.is_some(),
            listeners,
            declared: self.lines.source_ref(balancer.path.clone(), Some(balancer.span)),
        }
    }

    fn listener(
        &self,
        balancer: &LoadBalancer,
        address: Ipv4Addr,
        end: End<'_>,
        row: &ListenerRow,
        features: &[(Feature, Span)],
        flows: &[&Flow<'_>],
    ) -> Option<Listener> {
        let End { endpoint, transport, port } = end;
        let group = &self.topology.group(endpoint.group).path;
        let mut servers: Vec<PoolMember> = endpoint
            .members
            .iter()
            .map(|member| {
                let server = self.topology.server(member.server);
                PoolMember {
                    server: server.id,
                    path: server.path.clone(),
                    name: server.name.clone(),
                    address: member.address.value,
                }
            })
            .collect();
        servers.sort_by(|a, b| a.path.cmp(&b.path));
        Some(Listener {
            id: match row.transport.as_slice() {
                [_] => format!("{group}.{}", row.id),
                _ => format!("{group}.{}.{}", row.id, transport.word()),
            },
            group: group.clone(),
            name: self.names.endpoint_name(endpoint).map(|(name, _)| name.as_str().to_owned()),
            address,
            transport,
            port,
            application: row.application.clone(),
            servers,
            method: self.treated(end, |row| row.method)?,
            affinity: self.treated(end, |row| row.affinity)?,
            check: HealthCheck { port: self.check_port(end)?, seconds: self.treated(end, |row| row.check_seconds)? },
            nagle: self.treated(end, |row| row.nagle).unwrap_or(true),
            flows: flows.iter().map(|flow| flow.id.clone()).collect::<BTreeSet<_>>().into_iter().collect(),
            reason: self.reason(row, balancer, endpoint, features, flows),
            breaks: match flows {
                [] => format!("{} by the name of the group fails", row.application),
                flows => joined(flows.iter().map(|flow| flow.row.breaks.as_str())),
            },
        })
    }

    /// What the narrowest row says of one thing. A test says that every port on a virtual address has a row about each thing that
    /// a listener needs.
    fn treated<T>(&self, end: End<'_>, thing: fn(&Balancing) -> Option<T>) -> Option<T> {
        let rows = self.treatment.iter().filter(|row| row.is_for(end.endpoint.role, end.transport, end.port));
        let candidates = rows.filter_map(|row| Some((row.specificity(), thing(row)?)));
        candidates.max_by_key(|(specificity, _)| *specificity).map(|(_, value)| value)
    }

    /// Servers are checked by TCP: for a UDP port at a TCP port that they have beside it.
    fn check_port(&self, end: End<'_>) -> Option<u16> {
        if let Some(other) = self.treated(end, |row| row.check_port) {
            return Some(other);
        }
        if end.transport == Transport::Tcp {
            return Some(end.port);
        }
        let mut listeners = self.catalog.listeners_of(end.endpoint.role, end.endpoint.side).iter();
        let tcp = listeners.find(|row| row.vip && row.transport.contains(&Transport::Tcp))?;
        tcp.ports.first().map(|range| range.first)
    }

    fn reason(
        &self,
        row: &ListenerRow,
        balancer: &LoadBalancer,
        endpoint: &Endpoint,
        own: &[(Feature, Span)],
        flows: &[&Flow<'_>],
    ) -> Reason {
        let purpose = match flows {
            // No flow from another network needs it, and the release has it there.
            [] => format!("{} of the servers among themselves and of consoles on them", row.application),
            flows => joined(flows.iter().map(|flow| flow.row.purpose.as_str())),
        };
        let mut reason = Reason::new(&row.id, purpose, &row.provenance);
        let of_flows: BTreeSet<(Feature, Span)> = flows.iter().flat_map(|flow| &flow.features).copied().collect();
        let features = if of_flows.is_empty() { own.iter().copied().collect() } else { of_flows };
        reason.features = features.iter().map(|(feature, _)| feature.word()).collect();
        reason.features.dedup();
        let group = self.topology.group(endpoint.group);
        let organization = &self.topology.organization.name;
        reason.declared.push(self.lines.source_ref(group.path.clone(), Some(group.span)));
        reason.declared.push(self.lines.source_ref(balancer.path.clone(), Some(balancer.span)));
        let features = features
            .iter()
            .map(|(feature, span)| self.lines.source_ref(format!("{organization}.{}", feature.word()), Some(*span)));
        reason.switches = features.collect();
        reason
    }
}

/// Different texts in the order of their first coming.
fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let mut out: Vec<&str> = Vec::new();
    for text in texts {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out.join("; ")
}
