//! All single outages, the worst first.

use std::collections::BTreeMap;

use serde::Serialize;

use super::loss::everybody;
use super::points::{SitePoints, points};
use super::unit::{Kind, Unit, path};
use crate::diag::nearest;
use crate::plan::Plans;
use crate::plan::outage::{Cuts, OutagePlan, Part, PartId};

/// All single outages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranking {
    /// Those that take something away: those that take most services from most users first.
    pub outages: Vec<Ranked>,
    /// How many things can be down without a loss.
    pub harmless: usize,
    /// How many users there are.
    pub all: u64,
    /// How many services there are.
    pub services: usize,
    /// The single points of failure of each service and site.
    pub points: Vec<SitePoints>,
    /// Services of users at sites that do not work without an outage either.
    pub broken: usize,
}

/// A single outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// What is down.
    pub kind: Kind,
    /// Its path or name.
    pub path: String,
    /// How many users lose something.
    pub users: u64,
    /// The services that are lost, in the order of the catalogue.
    pub lost: Vec<ServiceUsers>,
}

/// A service and how many users lose it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServiceUsers {
    /// The row of the catalogue.
    pub service: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// How many.
    pub users: u64,
}

impl Ranking {
    /// With the single points of some sites only, or of all where none is named; the error says which name is wrong.
    pub fn at(mut self, plans: Plans<'_>, sites: &[String]) -> Result<Self, String> {
        let names = || plans.topology.sites.iter().map(|site| site.name.as_str());
        if let Some(wrong) = sites.iter().find(|site| !names().any(|name| name == site.as_str())) {
            return Err(match nearest(wrong, names()) {
                Some(near) => format!("no site has the name `{wrong}`: did you mean `{near}`?"),
                None => format!("no site has the name `{wrong}`"),
            });
        }
        self.points.retain(|point| sites.is_empty() || sites.contains(&point.site));
        Ok(self)
    }
}

/// Ranks the outages of all servers, devices, links, sites and certificates; networks only fail when asked for.
pub fn ranking(plans: Plans<'_>) -> Ranking {
    let plan = plans.outages();
    let cuts = plan.cuts();
    let mut lost: BTreeMap<PartId, Vec<usize>> = BTreeMap::new();
    for (at, used) in plan.uses.iter().enumerate() {
        for part in cuts.of(used.need).unwrap_or_default() {
            lost.entry(*part).or_default().push(at);
        }
    }
    let counts = |part: &PartId| !matches!(plan.parts.part(*part), Part::Network(_));
    let all = plan.parts.all().filter(counts).count();
    lost.retain(|part, _| counts(part) && !plan.parts.has_spare(*part));
    let harmless = all - lost.len();
    let mut ranked: Vec<(u128, Ranked)> = lost
        .into_iter()
        .map(|(part, uses)| {
            let part = plan.parts.part(part);
            let (weight, users, lost) = summed(plan, &uses);
            (weight, Ranked { kind: Unit::Part(part).kind(), path: path(plans, part), users, lost })
        })
        .collect();
    ranked.sort_by(|(weight, one), (other, next)| {
        other.cmp(weight).then(next.users.cmp(&one.users)).then(one.kind.cmp(&next.kind)).then(one.path.cmp(&next.path))
    });
    Ranking {
        outages: ranked.into_iter().map(|(_, ranked)| ranked).collect(),
        harmless,
        all: everybody(plan),
        services: plan.services.len(),
        points: site_points(plans, plan, &cuts),
        broken: plan.broken,
    }
}

fn site_points(plans: Plans<'_>, plan: &OutagePlan, cuts: &Cuts) -> Vec<SitePoints> {
    points(plans, plan, |used| {
        let single = |part: &&PartId| !plan.parts.has_spare(**part) && !matches!(plan.parts.part(**part), Part::Network(_));
        cuts.of(used.need).unwrap_or_default().iter().filter(single).copied().collect()
    })
}

/// Users times services, users who lose something, and users by service.
pub(super) fn summed(plan: &OutagePlan, uses: &[usize]) -> (u128, u64, Vec<ServiceUsers>) {
    let mut by_service: BTreeMap<usize, u64> = BTreeMap::new();
    let mut people: Vec<usize> = Vec::new();
    for used in uses.iter().map(|at| plan.uses[*at]) {
        *by_service.entry(used.service).or_default() += plan.people[used.people].users;
        people.push(used.people);
    }
    people.sort_unstable();
    people.dedup();
    let users = people.iter().map(|at| plan.people[*at].users).sum();
    let weight = by_service.values().map(|users| u128::from(*users)).sum();
    let service =
        |(at, users): (usize, u64)| ServiceUsers { service: &plan.services[at].id, title: &plan.services[at].title, users };
    (weight, users, by_service.into_iter().map(service).collect())
}
