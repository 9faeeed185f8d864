//! The load of what takes over: users for each server that is left, against the tested topology.

use serde::Serialize;

use crate::catalog::{Assumption, fact};
use crate::model::{Detail, Endpoint, Group, PoolConfiguration};
use crate::plan::Plans;
use crate::plan::outage::OutagePlan;
use crate::plan::sizing::{capacity_row, tested_row};
use crate::product::{GroupKind, Relation, Role};
use crate::query::answer::Grounds;

/// What each server that is left carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Load {
    /// What is counted: `users`, or `clients outside`.
    pub unit: &'static str,
    /// For each server before the outage.
    pub before: u64,
    /// For each server that is left.
    pub after: u64,
    /// What was tested for a server.
    pub tested: u64,
    /// Whether it is more than that.
    pub over: bool,
    /// Where the tested figure is from.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// The load of the servers that are left of an endpoint; `None` where no source states a capacity.
pub(super) fn load(plans: Plans<'_>, plan: &OutagePlan, endpoint: &Endpoint, left: usize) -> Option<Load> {
    let group = plans.topology.group(endpoint.group);
    let servers = endpoint.members.len();
    let (unit, total, tested, grounds) = match group.kind {
        GroupKind::EnterprisePool => {
            let (users, tested, grounds) = tested_pool(plans, group, endpoint.role)?;
            ("users", users, tested, grounds)
        }
        GroupKind::EdgeArray if endpoint.role == Role::AccessEdge => {
            let (tested, grounds) = tested_edge(plans, endpoint)?;
            ("clients outside", outside(plans, plan, group), tested, grounds)
        }
        _ => return None,
    };
    let each = |servers: usize| total.div_ceil(servers.max(1) as u64);
    Some(Load { unit, before: each(servers), after: each(left), tested, over: each(left) > tested, grounds })
}

/// The users of a pool, and how many of them were tested for a server of a role.
fn tested_pool(plans: Plans<'_>, group: &Group, role: Role) -> Option<(u64, u64, Grounds)> {
    let Detail::Pool { configuration, users: Some(users), .. } = &group.detail else { return None };
    let row = tested_row(plans.topology, group)?;
    let servers = match (role, configuration) {
        (Role::FrontEnd, _) => row.front_ends,
        (_, PoolConfiguration::Consolidated) => return None,
        (Role::WebConferencing, _) => row.web_conferencing_servers,
        (Role::AvConferencing, _) => row.av_conferencing_servers,
        (Role::WebComponents, _) => row.web_components_servers,
        _ => return None,
    };
    let tested = row.users.checked_div(servers)?;
    Some((users.value, tested, Grounds::of_row(&row.id, &row.provenance, plans.catalog)))
}

/// What was tested for an Access Edge with the other roles of its computers.
fn tested_edge(plans: Plans<'_>, endpoint: &Endpoint) -> Option<(u64, Grounds)> {
    let group = plans.topology.group(endpoint.group);
    let rows = endpoint.members.iter().filter_map(|member| capacity_row(plans.topology, group, member));
    let row = rows.min_by_key(|row| row.access_connections)?;
    Some((row.access_connections?, Grounds::of_row(&row.id, &row.provenance, plans.catalog)))
}

/// How many users are outside at the same time through an edge: of the homes that send to it, by the stated or the usual share.
fn outside(plans: Plans<'_>, plan: &OutagePlan, edge: &Group) -> u64 {
    let topology = plans.topology;
    let uses_it = |home| topology.group(home).related(Relation::AccessEdge).any(|other| other == edge.id);
    let users: u64 = plan.people.iter().filter(|people| uses_it(people.home)).map(|people| people.users).sum();
    let usual = || fact::<Assumption>(topology.organization.product, "users.outside").map_or(0, |row| row.value * 100);
    let share = topology.organization.external.share.as_ref().map_or_else(usual, |share| share.value.into());
    u64::try_from(u128::from(users) * u128::from(share) / 10_000).unwrap_or(u64::MAX)
}
