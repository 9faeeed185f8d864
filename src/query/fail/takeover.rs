//! What takes over: the other servers of a pool or array, the others of a kind at a site, another way through the network.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::Case;
use super::load::{Load, load};
use super::unit::{Unit, path};
use crate::graph::Node;
use crate::model::{Detail, Endpoint, Group, ServerId};
use crate::plan::Plans;
use crate::plan::outage::{OutagePlan, Part, PartId};
use crate::query::answer::Hop;

/// Servers, or another way, that do the work of what is down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TakeOver {
    /// The pool, array or site that the servers belong to, or the device or link that is down.
    pub of: String,
    /// The roles of the servers; empty for a way.
    pub roles: Vec<&'static str>,
    /// The servers that are left.
    pub servers: Vec<String>,
    /// How many there are without an outage.
    pub before: usize,
    /// Their load, where a source states a capacity.
    pub load: Option<Load>,
    /// Telephone lines that are left, and all of them.
    pub lines: Option<[u64; 2]>,
    /// The devices, links and networks of the other way.
    pub way: Vec<Hop>,
    /// Bits per second on the narrowest link of the other way, and on what is down.
    pub bandwidth: Option<[u64; 2]>,
}

/// What takes over for servers that are down.
pub(super) fn servers(plans: Plans<'_>, plan: &OutagePlan, case: &Case<'_>) -> Vec<TakeOver> {
    let topology = plans.topology;
    let mut found = Vec::new();
    let groups: BTreeSet<_> = case.down.iter().map(|server| topology.server(*server).group).collect();
    for group in groups.iter().map(|id| topology.group(*id)) {
        found.extend(members(plans, plan, group, case.down));
    }
    let by_site: BTreeMap<_, &Group> =
        groups.iter().map(|id| topology.group(*id)).map(|group| ((group.kind, group.site), group)).collect();
    found.extend(by_site.into_values().filter_map(|group| alike(plans, group, case)));
    found
}

/// The roles of a group, each by the servers that have it, where some are down and some are not.
fn members(plans: Plans<'_>, plan: &OutagePlan, group: &Group, down: &BTreeSet<ServerId>) -> Vec<TakeOver> {
    let topology = plans.topology;
    let mut by_servers: BTreeMap<Vec<ServerId>, Vec<&Endpoint>> = BTreeMap::new();
    for endpoint in group.endpoints.iter().map(|id| topology.endpoint(*id)) {
        let mut servers: Vec<ServerId> = endpoint.members.iter().map(|member| member.server).collect();
        servers.sort_unstable();
        by_servers.entry(servers).or_default().push(endpoint);
    }
    let mut found = Vec::new();
    for (servers, endpoints) in by_servers {
        let left: Vec<ServerId> = servers.iter().copied().filter(|server| !down.contains(server)).collect();
        if left.is_empty() || left.len() == servers.len() {
            continue;
        }
        let mut roles: Vec<&'static str> =
            endpoints.iter().map(|endpoint| endpoint.role.title_in(topology.organization.product)).collect();
        roles.dedup();
        found.push(TakeOver {
            of: group.path.clone(),
            roles,
            servers: left.iter().map(|server| topology.server(*server).path.clone()).collect(),
            before: servers.len(),
            load: endpoints.iter().find_map(|endpoint| load(plans, plan, endpoint, left.len())),
            lines: None,
            way: Vec::new(),
            bandwidth: None,
        });
    }
    found
}

/// The others of a kind at a site.
fn alike(plans: Plans<'_>, group: &Group, case: &Case<'_>) -> Option<TakeOver> {
    let topology = plans.topology;
    let all = case.alike(plans, group);
    let left: Vec<&Group> = all.iter().filter(|group| case.stands(group)).copied().collect();
    if left.is_empty() || left.len() == all.len() {
        return None;
    }
    let lines = |groups: &[&Group]| -> Option<u64> {
        let ports = |group: &&Group| match group.detail {
            Detail::Gateway { ports, .. } => ports,
            _ => None,
        };
        groups.iter().map(ports).sum()
    };
    let role = left.first().and_then(|group| group.endpoints.first()).map(|id| topology.endpoint(*id).role);
    Some(TakeOver {
        of: topology.site(group.site).name.clone(),
        roles: role.map(|role| role.title_in(topology.organization.product)).into_iter().collect(),
        servers: left.iter().map(|group| group.path.clone()).collect(),
        before: all.len(),
        load: None,
        lines: lines(&left).zip(lines(&all)).map(|(left, all)| [left, all]),
        way: Vec::new(),
        bandwidth: None,
    })
}

/// Another way for a firewall or link that is down; none where its networks do not reach each other.
pub(super) fn way(plans: Plans<'_>, plan: &OutagePlan, unit: Unit, down: &[PartId]) -> Option<TakeOver> {
    let Unit::Part(part) = unit else { return None };
    let topology = plans.topology;
    let nodes = plan.detour(topology, part, down)?;
    let bits = |node: &Node| match node {
        Node::WanLink(id) => topology.wan_links.get(id.index()).and_then(|link| link.bandwidth),
        _ => None,
    };
    let own = match part {
        Part::WanLink(id) => bits(&Node::WanLink(id)),
        _ => None,
    };
    Some(TakeOver {
        of: path(plans, part),
        roles: Vec::new(),
        servers: Vec::new(),
        before: 0,
        load: None,
        lines: None,
        bandwidth: nodes.iter().filter_map(bits).min().zip(own).map(|(narrowest, own)| [narrowest, own]),
        way: Hop::all(&nodes, topology),
    })
}
