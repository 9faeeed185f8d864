//! What there is to knock at: the TCP listeners that flows lead to, seen from the internet, from servers inside, from clients.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::Inputs;
use super::value::{Item, Value};
use crate::catalog::Transport;
use crate::flow::{Flow, Peer};
use crate::model::{NetworkId, Role, Side, Zone};
use crate::plan::naming::Names;

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
    pub(super) fn items(&self) -> Vec<Item> {
        let item = |((target, port), knock): (&(String, u16), &Knock)| {
            let from: Vec<&str> = knock.from.iter().map(|role| role.title()).collect();
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

    fn add(&mut self, target: (String, Ipv4Addr), port: u16, flow: &Flow<'_>) {
        let (target, address) = target;
        let knock = self.0.entry((target, port)).or_insert_with(|| Knock {
            address,
            application: flow.row.application.clone(),
            from: BTreeSet::new(),
            flows: BTreeSet::new(),
        });
        knock.from.extend(flow.from.iter().map(|peer| peer.role));
        knock.flows.insert(flow.row.id.clone());
    }
}

/// The listeners of all groups.
pub(super) fn tests(inputs: &Inputs<'_>, names: &Names<'_>) -> Vec<Tests> {
    let topology = inputs.topology;
    let mut tests = vec![Tests::default(); topology.groups.len()];
    for flow in inputs.flows.flows.iter().filter(|flow| !flow.reversed && flow.transports.contains(&Transport::Tcp)) {
        let outside = flow.from.iter().any(|peer| peer.network == NetworkId::INTERNET);
        let inside = flow.from.iter().any(|peer| peer.group.is_some() && topology.network(peer.network).zone == Zone::Internal);
        let clients = flow.from.iter().any(|peer| peer.role == Role::Client);
        if !(outside || inside || clients) {
            continue;
        }
        for peer in &flow.to {
            let (Some(group), Some(target)) = (peer.group, target(names, peer)) else { continue };
            let own = &mut tests[group.index()];
            let perimeter = topology.network(peer.network).zone == Zone::Perimeter;
            for port in flow.ports.iter().filter(|range| range.first == range.last).map(|range| range.first) {
                let knocks = [
                    (outside, &mut own.outside),
                    (inside && perimeter, &mut own.inside),
                    (clients && !outside, &mut own.clients),
                ];
                for (_, knocks) in knocks.into_iter().filter(|(wanted, _)| *wanted) {
                    knocks.add(target.clone(), port, flow);
                }
            }
        }
    }
    tests
}

/// The name to knock at, or the address where a server behind a virtual address has no name of its own on that side.
fn target(names: &Names<'_>, peer: &Peer) -> Option<(String, Ipv4Addr)> {
    let endpoint = names.topology.endpoint(peer.endpoint?);
    let address = peer.public.unwrap_or(peer.net.addr());
    let named = match peer.server {
        Some(server) if endpoint.vip.is_some() || endpoint.members.len() > 1 => {
            names.server_name(server).filter(|_| endpoint.side == Side::Inside)
        }
        _ => names.endpoint_name(endpoint),
    };
    Some((named.map_or_else(|| address.to_string(), |(name, _)| name.as_str().to_owned()), address))
}
