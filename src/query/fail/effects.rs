//! What an outage does to each thing, for a picture of it.

use std::collections::{BTreeMap, BTreeSet};

use super::name::unit_named;
use super::outage::{Outage, outage, parts};
use super::unit::Unit;
use crate::model::{GroupId, NetworkId, ServerId, SiteId};
use crate::plan::Plans;
use crate::plan::outage::Part;

/// What an outage does to each thing.
#[derive(Debug, Clone)]
pub struct Effects {
    /// What is lost.
    pub(in crate::query) outage: Outage,
    /// The devices, networks, sites and certificates that are down.
    pub(in crate::query) parts: BTreeSet<Part>,
    /// The servers that are down.
    pub(in crate::query) servers: BTreeSet<ServerId>,
    /// The groups whose certificate has expired.
    pub(in crate::query) expired: BTreeSet<GroupId>,
    /// Users who lose something, by the network that they are in.
    pub(in crate::query) networks: BTreeMap<NetworkId, Losers>,
    /// Those of sites without a network for clients, by their home.
    pub(in crate::query) homes: BTreeMap<GroupId, Losers>,
    /// All of them, by site.
    pub(in crate::query) sites: BTreeMap<SiteId, Losers>,
}

/// Users who lose something.
#[derive(Debug, Clone, Default)]
pub(in crate::query) struct Losers {
    people: BTreeSet<usize>,
    services: BTreeSet<usize>,
    /// How many users.
    pub(in crate::query) users: u64,
}

impl Losers {
    fn add(&mut self, people: usize, users: u64, service: usize) {
        if self.people.insert(people) {
            self.users += users;
        }
        self.services.insert(service);
    }

    /// How many services they lose.
    pub(in crate::query) fn services(&self) -> usize {
        self.services.len()
    }
}

/// What some things do to all others while they are down at the same time; the error says which name is wrong.
pub(in crate::query) fn effects(plans: Plans<'_>, names: &[String]) -> Result<Effects, String> {
    let units = names.iter().map(|name| unit_named(plans, name)).collect::<Result<Vec<Unit>, String>>()?;
    let plan = plans.outages();
    let mut effects = Effects {
        outage: outage(plans, &units),
        parts: units.iter().filter_map(|unit| if let Unit::Part(part) = unit { Some(*part) } else { None }).collect(),
        servers: units.iter().flat_map(|unit| unit.servers(plans.topology, &plan.parts)).collect(),
        expired: BTreeSet::new(),
        networks: BTreeMap::new(),
        homes: BTreeMap::new(),
        sites: BTreeMap::new(),
    };
    for part in &effects.parts {
        if let Part::Certificate(at) = part {
            let served = plans.certificates().certificates.get(*at).map(|one| one.serves.as_slice()).unwrap_or_default();
            effects.expired.extend(served.iter().map(|end| plans.topology.endpoint(end.endpoint).group));
        }
    }
    for used in plan.lost(&parts(plans, &units)).into_iter().map(|at| plan.uses[at]) {
        let people = &plan.people[used.people];
        effects.sites.entry(people.site).or_default().add(used.people, people.users, used.service);
        let near = match people.network {
            Some(network) => effects.networks.entry(network).or_default(),
            None => effects.homes.entry(people.home).or_default(),
        };
        near.add(used.people, people.users, used.service);
    }
    Ok(effects)
}
