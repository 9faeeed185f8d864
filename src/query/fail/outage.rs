//! One outage, of one thing or of several at the same time.

use std::collections::BTreeSet;

use serde::Serialize;

use super::calls::{Calls, calls};
use super::case::Case;
use super::facts::{Known, known};
use super::loss::{Loss, everybody, losses};
use super::name::unit_named;
use super::takeover::{TakeOver, servers, way};
use super::unit::{Kind, Unit};
use crate::model::ServerId;
use crate::plan::Plans;
use crate::plan::outage::{OutagePlan, Part, PartId};
use crate::product::Role;
use crate::text::counted;

/// What an outage takes away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outage {
    /// What is down.
    pub down: Vec<Down>,
    /// How many users lose something.
    pub users: u64,
    /// How many users there are.
    pub all: u64,
    /// The services that are lost.
    pub lost: Vec<Loss>,
    /// How many services there are.
    pub services: usize,
    /// What takes over.
    pub taken_over: Vec<TakeOver>,
    /// What becomes of calls to the telephone network.
    pub calls: Vec<Calls>,
    /// What the catalogue knows of it. Where no fact is about the time, no source that was read states one.
    pub known: Vec<Known>,
    /// What else there is to know.
    pub notes: Vec<String>,
}

/// Something that is down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Down {
    /// What it is.
    pub kind: Kind,
    /// Its path or name.
    pub path: String,
    /// The servers that are down with it, itself apart.
    pub servers: Vec<String>,
    /// Whether it is stated as several devices of which one takes over; here all of them are down.
    pub spare: bool,
}

/// What these things take away while they are down at the same time; the error says which name is wrong.
pub fn fail(plans: Plans<'_>, names: &[String]) -> Result<Outage, String> {
    let mut units = Vec::new();
    for name in names {
        let unit = unit_named(plans, name)?;
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    Ok(outage(plans, &units))
}

/// The parts that are down with some units.
pub(super) fn parts(plans: Plans<'_>, units: &[Unit]) -> Vec<PartId> {
    let mut parts: Vec<PartId> = units.iter().flat_map(|unit| unit.parts(plans.topology, &plans.outages().parts)).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

pub(super) fn outage(plans: Plans<'_>, units: &[Unit]) -> Outage {
    let plan = plans.outages();
    let parts = parts(plans, units);
    let lost = plan.lost(&parts);
    let hit: BTreeSet<usize> = lost.iter().map(|at| plan.uses[*at].people).collect();
    let down: BTreeSet<ServerId> = units.iter().flat_map(|unit| unit.servers(plans.topology, &plan.parts)).collect();
    let lost_roles: BTreeSet<Role> = lost.iter().flat_map(|at| &plan.services[plan.uses[*at].service].roles).copied().collect();
    let case = Case { units, down: &down, lost_roles: &lost_roles };
    let mut taken_over = servers(plans, plan, &case);
    taken_over.extend(units.iter().filter_map(|unit| way(plans, plan, *unit, &parts)));
    Outage {
        down: units.iter().map(|unit| one(plans, plan, *unit)).collect(),
        users: hit.iter().map(|people| plan.people[*people].users).sum(),
        all: everybody(plan),
        lost: losses(plans, plan, &lost),
        services: plan.services.len(),
        known: known(plans, plan, &case),
        notes: notes(plans, plan, units, &taken_over),
        taken_over,
        calls: calls(plans, plan, &case, &parts),
    }
}

fn one(plans: Plans<'_>, plan: &OutagePlan, unit: Unit) -> Down {
    let path = unit.path(plans);
    let servers = unit.servers(plans.topology, &plan.parts).into_iter().map(|id| plans.topology.server(id).path.clone());
    Down {
        kind: unit.kind(),
        servers: servers.filter(|server| *server != path).collect(),
        spare: matches!(unit, Unit::Part(part) if plan.parts.has_spare(plan.parts.id(part))),
        path,
    }
}

fn notes(plans: Plans<'_>, plan: &OutagePlan, units: &[Unit], taken_over: &[TakeOver]) -> Vec<String> {
    let mut notes = Vec::new();
    for unit in units {
        let path = unit.path(plans);
        match unit {
            Unit::Part(part) if plan.parts.has_spare(plan.parts.id(*part)) => {
                let what = if matches!(part, Part::Computer(_)) { "a cluster" } else { "a pair" };
                notes.push(format!(
                    "`{path}` is stated as {what}: this is the loss of all its devices; one alone takes nothing away"
                ));
            }
            Unit::Part(Part::Firewall(_)) => {
                let other = taken_over.iter().find(|other| other.of == path && !other.way.is_empty());
                let devices: Vec<&str> = other
                    .into_iter()
                    .flat_map(|other| &other.way)
                    .filter(|hop| hop.kind == crate::query::answer::HopKind::Firewall)
                    .map(|hop| hop.path.as_str())
                    .collect();
                if !devices.is_empty() {
                    notes.push(format!(
                        "a build gives rules to the firewalls of one way only: `{}` needs the rules of `{path}` before it takes over",
                        devices.join("`, `")
                    ));
                }
            }
            Unit::Authority(_) => {
                let issued =
                    plans.certificates().certificates.iter().filter(|one| one.issuer.as_ref().is_some_and(|by| by.name == path));
                notes.push(format!(
                    "{} of the deployment are from `{path}`",
                    counted(issued.count(), "certificate", "certificates")
                ));
            }
            _ => {}
        }
    }
    if plan.broken > 0 {
        notes.push(format!(
            "{} of users at sites do not work in this topology without an outage either, and are not counted: `ocstopo check` \
             reports why",
            counted(plan.broken, "service", "services")
        ));
    }
    notes
}
