//! What the catalogue knows of an outage, for what is down.

use std::collections::BTreeSet;

use serde::Serialize;

use super::case::Case;
use super::unit::Unit;
use crate::catalog::{CertificateRestart, Left, OutageAspect, OutageDevice, OutageFact, facts};
use crate::model::{Endpoint, ServerId};
use crate::plan::Plans;
use crate::plan::outage::{OutagePlan, Part};
use crate::product::{GroupKind, Relation, Role};
use crate::query::answer::Grounds;

pub use crate::catalog::OutageAspect as Aspect;

/// A fact about what is down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Known {
    /// What it is about.
    pub aspect: OutageAspect,
    /// What it holds for: a role or a kind of device.
    pub about: &'static str,
    /// The fact.
    pub what: &'static str,
    /// Where it is from. What is of low confidence is recalled, and no source that was read states it.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// The facts about some units that are down, each once, in the order of the catalogue.
pub(super) fn known(plans: Plans<'_>, plan: &OutagePlan, outage: &Case<'_>) -> Vec<Known> {
    let product = plans.topology.organization.product;
    let cases: Vec<Failed> = outage.units.iter().flat_map(|unit| cases(plans, plan, *unit, outage)).collect();
    let mut known = Vec::new();
    for row in facts::<OutageFact>(product) {
        let is_of_mode = row.critical.is_none_or(|critical| critical == plan.is_critical);
        if let Some(case) = cases.iter().find(|case| is_of_mode && case.meets(row)) {
            let grounds = Grounds::of_row(&row.id, &row.provenance, plans.catalog);
            known.push(Known { aspect: row.aspect, about: case.about, what: &row.what, grounds });
        }
    }
    for row in facts::<CertificateRestart>(product) {
        if cases.iter().any(|case| case.renewed == Some(row.role)) {
            let grounds = Grounds::of_row(&row.id, &row.provenance, plans.catalog);
            known.push(Known { aspect: OutageAspect::ByHand, about: row.role.title_in(product), what: &row.what, grounds });
        }
    }
    known.sort_by_key(|one| one.aspect);
    known
}

/// What rows are compared with.
struct Failed {
    about: &'static str,
    role: Option<Role>,
    device: Option<OutageDevice>,
    kind: Option<GroupKind>,
    /// The kinds that a database belongs to.
    of: Vec<GroupKind>,
    left: Left,
    /// The role whose certificate has expired.
    renewed: Option<Role>,
}

impl Failed {
    fn meets(&self, row: &OutageFact) -> bool {
        (row.role.is_some() && row.role == self.role || row.device.is_some() && row.device == self.device)
            && row.left == self.left
            && (row.kind.is_none() || row.kind == self.kind)
            && row.of.is_none_or(|of| self.of.contains(&of))
    }

    fn device(device: OutageDevice, about: &'static str) -> Self {
        Self { about, role: None, device: Some(device), kind: None, of: Vec::new(), left: Left::None, renewed: None }
    }
}

fn cases(plans: Plans<'_>, plan: &OutagePlan, unit: Unit, outage: &Case<'_>) -> Vec<Failed> {
    let topology = plans.topology;
    match unit {
        Unit::Part(Part::Balancer(_)) => vec![Failed::device(OutageDevice::LoadBalancer, "load balancer")],
        Unit::Part(Part::Firewall(_)) => vec![Failed::device(OutageDevice::Firewall, "firewall")],
        Unit::Part(Part::WanLink(_)) => vec![Failed::device(OutageDevice::WanLink, "WAN link")],
        Unit::Part(Part::Site(_)) => vec![Failed::device(OutageDevice::Site, "site")],
        Unit::Part(Part::Network(_)) => Vec::new(),
        Unit::Authority(_) => vec![Failed::device(OutageDevice::CertificationAuthority, "certification authority")],
        Unit::Part(Part::Certificate(at)) => {
            let mut cases = vec![Failed::device(OutageDevice::Certificate, "certificate")];
            let served = plans.certificates().certificates.get(at).map(|one| one.serves.as_slice()).unwrap_or_default();
            cases.extend(served.iter().map(|end| Failed {
                about: end.role.title_in(topology.organization.product),
                role: None,
                device: None,
                kind: None,
                of: Vec::new(),
                left: Left::None,
                renewed: Some(end.role),
            }));
            cases
        }
        Unit::Part(Part::Computer(_)) | Unit::Group(_) => {
            let servers: BTreeSet<ServerId> = unit.servers(topology, &plan.parts).into_iter().collect();
            let groups: BTreeSet<_> = servers.iter().map(|server| topology.server(*server).group).collect();
            let endpoints = groups.iter().flat_map(|group| &topology.group(*group).endpoints).map(|id| topology.endpoint(*id));
            let hit = endpoints.filter(|end| end.members.iter().any(|member| servers.contains(&member.server)));
            hit.map(|endpoint| failed_server(plans, endpoint, outage)).collect()
        }
    }
}

fn failed_server(plans: Plans<'_>, endpoint: &Endpoint, outage: &Case<'_>) -> Failed {
    let topology = plans.topology;
    let group = topology.group(endpoint.group);
    let others_left = endpoint.members.iter().any(|member| !outage.down.contains(&member.server));
    let alike_left = outage.alike(plans, group).into_iter().any(|group| outage.stands(group));
    let owners = topology.dependants(Relation::BackEnd, group.id).iter().map(|(owner, _)| topology.group(*owner));
    Failed {
        about: endpoint.role.title_in(topology.organization.product),
        role: Some(endpoint.role),
        device: None,
        kind: Some(group.kind),
        of: owners.map(|owner| owner.kind).collect(),
        left: if others_left || alike_left { Left::Some } else { Left::None },
        renewed: None,
    }
}
