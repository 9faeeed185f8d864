//! The single points of failure of each service and site.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::unit::path;
use crate::model::SiteId;
use crate::plan::Plans;
use crate::plan::outage::{OutagePlan, Part, PartId, Use};

/// The single points of failure of a service at a site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SitePoints {
    /// The site.
    pub site: String,
    /// The users of the site who have the service.
    pub users: u64,
    /// The row of the catalogue.
    pub service: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What takes the service from some of these users when it is down alone.
    pub points: Vec<String>,
}

/// Groups the single points of uses by site and service.
pub(super) fn points(plans: Plans<'_>, plan: &OutagePlan, of: impl Fn(&Use) -> Vec<PartId>) -> Vec<SitePoints> {
    let mut found: BTreeMap<(SiteId, usize), (u64, BTreeSet<PartId>)> = BTreeMap::new();
    for used in &plan.uses {
        let people = &plan.people[used.people];
        let (users, points) = found.entry((people.site, used.service)).or_default();
        *users += people.users;
        // That a site is down takes everything from its own users.
        let own = plan.parts.id(Part::Site(people.site));
        points.extend(of(used).into_iter().filter(|part| *part != own));
    }
    let point = |((site, service), (users, points)): ((SiteId, usize), (u64, BTreeSet<PartId>))| SitePoints {
        site: plans.topology.site(site).name.clone(),
        users,
        service: &plan.services[service].id,
        title: &plan.services[service].title,
        points: points.into_iter().map(|part| path(plans, plan.parts.part(part))).collect(),
    };
    found.into_iter().map(point).collect()
}
