//! The TCP ports to test: listeners that flows lead to, seen from the internet, from servers inside, from clients.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use rustc_hash::FxHashSet;

use super::Inputs;
use super::value::{Item, Value};
use crate::catalog::{DnsView, Hole};
use crate::flow::{Flow, Peer};
use crate::model::{Endpoint, NetworkId};
use crate::plan::dns::{Record, RecordData, Zone as DnsZone};
use crate::plan::naming::{Filled, Names};
use crate::product::{Product, Role, Side, Transport, Zone};

/// The listeners of one group.
#[derive(Debug, Default, Clone)]
pub(super) struct GroupProbes {
    pub(super) outside: Probes,
    pub(super) inside: Probes,
    pub(super) clients: Probes,
}

/// Listeners by the name to connect to and the port.
#[derive(Debug, Default, Clone)]
pub(super) struct Probes(BTreeMap<(String, u16), Probe>);

#[derive(Debug, Clone)]
struct Probe {
    address: Ipv4Addr,
    application: String,
    from: BTreeSet<Role>,
    flows: BTreeSet<String>,
}

impl Probes {
    /// As a list of the vocabulary.
    pub(super) fn items(&self, product: Product) -> Vec<Item> {
        let item = |((target, port), probe): (&(String, u16), &Probe)| {
            let from: Vec<&str> = probe.from.iter().map(|role| role.title_in(product)).collect();
            let flows: Vec<&str> = probe.flows.iter().map(String::as_str).collect();
            vec![
                ("target", Value::Name(target.clone())),
                ("address", Value::Address(probe.address)),
                ("port", Value::Number(u64::from(*port))),
                ("application", Value::Text(probe.application.clone())),
                ("from", Value::Text(from.join(", "))),
                ("flow", Value::codes(flows)),
            ]
        };
        self.0.iter().map(item).collect()
    }

    fn add(&mut self, target: (String, Ipv4Addr), port: u16, flow: &Flow<'_>, openers: &BTreeSet<Role>) {
        let (target, address) = target;
        let probe = self.0.entry((target, port)).or_insert_with(|| Probe {
            address,
            application: flow.row.application.clone(),
            from: BTreeSet::new(),
            flows: BTreeSet::new(),
        });
        probe.from.extend(openers);
        probe.flows.insert(flow.row.id.clone());
    }
}

/// The listeners of all groups.
pub(super) fn probes(inputs: &Inputs<'_>, names: &Names<'_>) -> Vec<GroupProbes> {
    let topology = inputs.plans.topology;
    let mut groups = vec![GroupProbes::default(); topology.groups.len()];
    let inside_names: FxHashSet<&str> = inputs.plans.dns().records().filter_map(inside_name).collect();
    for flow in inputs.plans.flows.flows.iter().filter(|flow| !flow.reversed && flow.transports.contains(&Transport::Tcp)) {
        let outside = flow.from.iter().any(|peer| peer.network == NetworkId::INTERNET);
        let inside = flow.from.iter().any(|peer| peer.group.is_some() && topology.network(peer.network).zone == Zone::Internal);
        let clients = flow.from.iter().any(|peer| peer.role == Role::Client);
        if !(outside || inside || clients) {
            continue;
        }
        let openers = flow.from.iter().map(|peer| peer.role).collect();
        for peer in &flow.to {
            let Some(group) = peer.group else { continue };
            let targets = targets(names, &inside_names, peer);
            let own = &mut groups[group.index()];
            let perimeter = topology.network(peer.network).zone == Zone::Perimeter;
            for port in flow.ports.iter().filter(|range| range.first == range.last).map(|range| range.first) {
                let probes = [
                    (outside, &mut own.outside),
                    (inside && perimeter, &mut own.inside),
                    (clients && !outside, &mut own.clients),
                ];
                for (_, probes) in probes.into_iter().filter(|(wanted, _)| *wanted) {
                    targets.iter().for_each(|target| probes.add(target.clone(), port, flow, &openers));
                }
            }
        }
    }
    groups
}

/// A name with an address that computers inside look up.
fn inside_name<'d>((view, _, record): (DnsView, &'d DnsZone, &'d Record)) -> Option<&'d str> {
    matches!(record.data, RecordData::A(_)).then_some(record.owner.as_str()).filter(|_| view == DnsView::Internal)
}

/// The names to connect to, each with its address; the address alone where a server behind a virtual address has no name of
/// its own on that side. A reverse proxy is known outside by what it publishes.
fn targets(names: &Names<'_>, inside_names: &FxHashSet<&str>, peer: &Peer) -> Vec<(String, Ipv4Addr)> {
    let Some(endpoint) = peer.endpoint.map(|endpoint| names.topology.endpoint(endpoint)) else { return Vec::new() };
    let address = peer.public.unwrap_or(peer.net.addr());
    let named: Vec<_> = match peer.server {
        _ if endpoint.role == Role::ReverseProxy && endpoint.side == Side::Outside => published(names, endpoint),
        Some(server) if endpoint.vip.is_some() || endpoint.fqdn.is_none() => {
            let named = names.server_name(server).filter(|_| endpoint.side == Side::Inside);
            named.filter(|(name, _)| inside_names.contains(name.as_str())).into_iter().collect()
        }
        _ => names.endpoint_name(endpoint).into_iter().collect(),
    };
    match named.as_slice() {
        [] => vec![(address.to_string(), address)],
        some => some.iter().map(|(name, _)| (name.as_str().to_owned(), address)).collect(),
    }
}

/// The names outside of what a reverse proxy publishes.
pub(super) fn published<'t>(names: &Names<'t>, endpoint: &'t Endpoint) -> Vec<Filled<'t>> {
    let group = names.topology.group(endpoint.group);
    let mut published = names.group_names(Hole::ExternalWebFarm, group);
    published.extend(names.group_names(Hole::ExternalFqdn, group));
    published
}
