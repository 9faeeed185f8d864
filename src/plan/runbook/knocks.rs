//! What there is to knock at: the TCP listeners that flows lead to, seen from the internet, from servers inside, from clients.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::Inputs;
use super::value::{Item, Value};
use crate::catalog::Hole;
use crate::flow::{Flow, Peer};
use crate::model::{Endpoint, NetworkId};
use crate::plan::naming::{Filled, Names};
use crate::product::{Product, Role, Side, Transport, Zone};

/// The listeners of one group.
#[derive(Debug, Default, Clone)]
pub(super) struct Tests {
    pub(super) outside: Knocks,
    pub(super) inside: Knocks,
    pub(super) clients: Knocks,
}

/// Listeners by the name to knock at and the port.
#[derive(Debug, Default, Clone)]
pub(super) struct Knocks(BTreeMap<(String, u16), Knock>);

#[derive(Debug, Clone)]
struct Knock {
    address: Ipv4Addr,
    application: String,
    from: BTreeSet<Role>,
    flows: BTreeSet<String>,
}

impl Knocks {
    /// As a list of the vocabulary.
    pub(super) fn items(&self, product: Product) -> Vec<Item> {
        let item = |((target, port), knock): (&(String, u16), &Knock)| {
            let from: Vec<&str> = knock.from.iter().map(|role| role.title_in(product)).collect();
            let flows: Vec<&str> = knock.flows.iter().map(String::as_str).collect();
            vec![
                ("target", Value::Name(target.clone())),
                ("address", Value::Address(knock.address)),
                ("port", Value::Number(u64::from(*port))),
                ("application", Value::Text(knock.application.clone())),
                ("from", Value::Text(from.join(", "))),
                ("flow", Value::Code(flows.join(", "))),
            ]
        };
        self.0.iter().map(item).collect()
    }

    fn add(&mut self, target: (String, Ipv4Addr), port: u16, flow: &Flow<'_>, openers: &BTreeSet<Role>) {
        let (target, address) = target;
        let knock = self.0.entry((target, port)).or_insert_with(|| Knock {
            address,
            application: flow.row.application.clone(),
            from: BTreeSet::new(),
            flows: BTreeSet::new(),
        });
        knock.from.extend(openers);
        knock.flows.insert(flow.row.id.clone());
    }
}

/// The listeners of all groups.
pub(super) fn tests(inputs: &Inputs<'_>, names: &Names<'_>) -> Vec<Tests> {
    let topology = inputs.plans.topology;
    let mut tests = vec![Tests::default(); topology.groups.len()];
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
            let targets = targets(names, peer);
            let own = &mut tests[group.index()];
            let perimeter = topology.network(peer.network).zone == Zone::Perimeter;
            for port in flow.ports.iter().filter(|range| range.first == range.last).map(|range| range.first) {
                let knocks = [
                    (outside, &mut own.outside),
                    (inside && perimeter, &mut own.inside),
                    (clients && !outside, &mut own.clients),
                ];
                for (_, knocks) in knocks.into_iter().filter(|(wanted, _)| *wanted) {
                    targets.iter().for_each(|target| knocks.add(target.clone(), port, flow, &openers));
                }
            }
        }
    }
    tests
}

/// The names to knock at, each with its address; the address alone where a server behind a virtual address has no name of
/// its own on that side. A reverse proxy is known outside by what it publishes.
fn targets(names: &Names<'_>, peer: &Peer) -> Vec<(String, Ipv4Addr)> {
    let Some(endpoint) = peer.endpoint.map(|endpoint| names.topology.endpoint(endpoint)) else { return Vec::new() };
    let address = peer.public.unwrap_or(peer.net.addr());
    let named: Vec<_> = match peer.server {
        _ if endpoint.role == Role::ReverseProxy && endpoint.side == Side::Outside => published(names, endpoint),
        Some(server) if endpoint.vip.is_some() || endpoint.fqdn.is_none() => {
            names.server_name(server).filter(|_| endpoint.side == Side::Inside).into_iter().collect()
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
