//! What will exist at the end: servers, the names that services answer to, networks; and the pages that steps rest on.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use serde::Serialize;

use super::facts::Facts;
use super::probes::published;
use super::{Phase, SourceRow};
use crate::catalog::Catalog;
use crate::model::{Endpoint, Member};
use crate::plan::naming::Filled;
use crate::product::{Role, Side};

/// A server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServerRow {
    /// Its path.
    pub path: String,
    /// Its full name, where it has one.
    pub name: Option<String>,
    /// Its addresses.
    pub addresses: Vec<Ipv4Addr>,
    /// The titles of its roles.
    pub roles: Vec<&'static str>,
}

/// A name and the address that it leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ServiceRow {
    /// The name.
    pub name: String,
    /// The side of its group that it is on: `inside`, `outside`, `gateway`.
    pub side: &'static str,
    /// The address.
    pub address: Ipv4Addr,
    /// The group that answers.
    pub group: String,
    /// The titles of the roles that answer.
    pub roles: Vec<&'static str>,
    /// The balancer that holds the address, if it is a virtual one.
    pub balancer: Option<String>,
}

/// A network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NetworkRow {
    /// Its path.
    pub path: String,
    /// Its addresses.
    pub range: String,
    /// `internal` or `perimeter`.
    pub zone: &'static str,
}

/// The three tables.
pub(super) fn inventory(facts: &Facts<'_>) -> (Vec<ServerRow>, Vec<ServiceRow>, Vec<NetworkRow>) {
    let topology = facts.inputs.plans.topology;
    let servers = by_path(&topology.servers, |server| &server.path).into_iter().map(|server| ServerRow {
        path: server.path.clone(),
        name: facts.names.server_name(server.id).map(|(name, _)| name.to_string()),
        addresses: server.addresses.iter().map(|(address, _)| address.value).collect(),
        roles: facts.roles_on(server).into_iter().map(|role| facts.title(role)).collect(),
    });
    let declared = by_path(&topology.networks, |network| &network.path).into_iter().filter(|network| network.span.is_some());
    let networks = declared.map(|network| NetworkRow {
        path: network.path.clone(),
        range: network.range.to_string(),
        zone: facts.zone_of(network.id).word(),
    });
    (servers.collect(), services(facts), networks.collect())
}

fn by_path<T>(all: &[T], path: impl Fn(&T) -> &String) -> Vec<&T> {
    let mut sorted: Vec<&T> = all.iter().collect();
    sorted.sort_by(|a, b| path(a).cmp(path(b)));
    sorted
}

/// Names of endpoints; roles that share a name and an address share a row.
fn services(facts: &Facts<'_>) -> Vec<ServiceRow> {
    let mut rows: Vec<ServiceRow> =
        facts.inputs.plans.topology.endpoints.iter().flat_map(|endpoint| service(facts, endpoint)).collect();
    rows.sort_by(|a, b| (&a.group, a.side, &a.name, a.address).cmp(&(&b.group, b.side, &b.name, b.address)));
    rows.dedup_by(|next, kept| {
        let same = (&next.group, next.side, &next.name, next.address) == (&kept.group, kept.side, &kept.name, kept.address);
        if same {
            kept.roles.append(&mut next.roles);
        }
        same
    });
    rows
}

/// An endpoint under its name; where it has none of its own, each of its servers under theirs.
fn service(facts: &Facts<'_>, endpoint: &Endpoint) -> Vec<ServiceRow> {
    let endpoint = facts.endpoint(endpoint.id);
    let address = facts.endpoint_address(endpoint);
    let at = |names: Vec<Filled<'_>>| names.into_iter().filter_map(|(name, _)| Some((name.to_string(), address?))).collect();
    let rows: Vec<(String, Ipv4Addr)> = match (endpoint.role, endpoint.side) {
        (Role::ReverseProxy, Side::Outside) => at(published(&facts.names, endpoint)),
        _ if endpoint.fqdn.is_some() || endpoint.vip.is_some() => at(facts.names.endpoint_name(endpoint).into_iter().collect()),
        (_, Side::Inside) => {
            let named = |member: &Member| Some((facts.names.server_name(member.server)?.0.to_string(), member.address.value));
            endpoint.members.iter().filter_map(named).collect()
        }
        _ => Vec::new(),
    };
    let balancer = endpoint.vip.as_ref().map(|vip| facts.inputs.plans.topology.load_balancer(vip.load_balancer).path.clone());
    let row = |(name, address)| ServiceRow {
        name,
        side: endpoint.side.word(),
        address,
        group: facts.group(endpoint.group).path.clone(),
        roles: vec![facts.title(endpoint.role)],
        balancer: balancer.clone(),
    };
    rows.into_iter().map(row).collect()
}

/// The pages that the reasons of these steps name, by key.
pub(crate) fn sources(catalog: &Catalog, phases: &[Phase]) -> Vec<SourceRow> {
    let steps = phases.iter().flat_map(|phase| &phase.steps);
    let keys: BTreeSet<&String> = steps.flat_map(|step| &step.reasons).flat_map(|reason| &reason.source).collect();
    let row = |key: &String| {
        let source = catalog.source(key)?;
        Some(SourceRow { key: key.clone(), title: source.title.clone(), address: source.address.clone() })
    };
    keys.into_iter().filter_map(row).collect()
}
