//! What is lost, service by service: how many users, and where.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::SiteId;
use crate::plan::Plans;
use crate::plan::outage::OutagePlan;

/// A service that some users lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The row of the catalogue.
    pub service: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// How many users lose it.
    pub users: u64,
    /// How many users have it.
    pub all: u64,
    /// Where those are who lose it, the most first.
    pub sites: Vec<SiteUsers>,
}

/// Users of a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteUsers {
    /// The site.
    pub site: String,
    /// How many.
    pub users: u64,
}

/// The losses of the uses at these positions, in the order of the services.
pub(super) fn losses(plans: Plans<'_>, plan: &OutagePlan, lost: &[usize]) -> Vec<Loss> {
    let mut have: BTreeMap<usize, u64> = BTreeMap::new();
    for used in &plan.uses {
        *have.entry(used.service).or_default() += plan.people[used.people].users;
    }
    let mut by_service: BTreeMap<usize, BTreeMap<SiteId, u64>> = BTreeMap::new();
    for used in lost.iter().map(|at| plan.uses[*at]) {
        let people = &plan.people[used.people];
        *by_service.entry(used.service).or_default().entry(people.site).or_default() += people.users;
    }
    let loss = |(service, sites): (usize, BTreeMap<SiteId, u64>)| {
        let row = plan.services[service];
        let site = |(site, users): (&SiteId, &u64)| SiteUsers { site: plans.topology.site(*site).name.clone(), users: *users };
        let mut places: Vec<SiteUsers> = sites.iter().map(site).collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.users));
        Loss {
            service: &row.id,
            title: &row.title,
            users: sites.values().sum(),
            all: have.get(&service).copied().unwrap_or_default(),
            sites: places,
        }
    };
    by_service.into_iter().map(loss).collect()
}

/// All users.
pub(super) fn everybody(plan: &OutagePlan) -> u64 {
    plan.people.iter().map(|people| people.users).fold(0, u64::saturating_add)
}
