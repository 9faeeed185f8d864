//! Pairs of outages that together take away what neither takes away alone.

use std::collections::BTreeMap;

use serde::Serialize;

use super::loss::everybody;
use super::ranking::{ServiceUsers, summed};
use super::unit::{Kind, Unit, path};
use crate::plan::Plans;
use crate::plan::outage::{Part, PartId};

/// So many losses are looked at; a topology with more is told so.
const MOST: usize = 2_000_000;

/// The pairs of outages that are worse than both alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pairs {
    /// Those that take most services from most users first.
    pub pairs: Vec<Pair>,
    /// How many more there are.
    pub more: usize,
    /// Whether all were looked at.
    pub complete: bool,
    /// How many users there are.
    pub all: u64,
    /// How many services there are.
    pub services: usize,
}

/// Two things that are down together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// The two.
    pub down: [PairedThing; 2],
    /// How many users lose something that neither outage alone takes away.
    pub users: u64,
    /// What they lose.
    pub lost: Vec<ServiceUsers>,
}

/// One of two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PairedThing {
    /// What it is.
    pub kind: Kind,
    /// Its path or name.
    pub path: String,
}

/// Ranks the pairs of servers, devices, links and certificates that take away what neither of them does; `limit` of them.
pub fn pairs(plans: Plans<'_>, limit: usize) -> Pairs {
    let plan = plans.outages();
    let cuts = plan.cuts();
    let mut found: BTreeMap<(PartId, PartId), Vec<usize>> = BTreeMap::new();
    let mut count = 0;
    let counts = |part| !matches!(part, Part::Network(_) | Part::Site(_));
    plan.pairs(&cuts, counts, |first, second, used| {
        count += 1;
        found.entry((first, second)).or_default().push(used);
        count < MOST
    });
    let mut ranked: Vec<(u128, (PartId, PartId), Vec<usize>)> =
        found.into_iter().map(|(pair, uses)| (summed(plan, &uses).0, pair, uses)).collect();
    ranked.sort_by(|(weight, pair, _), (other, next, _)| other.cmp(weight).then(pair.cmp(next)));
    let more = ranked.len().saturating_sub(limit);
    ranked.truncate(limit);
    let thing = |part: PartId| {
        let part = plan.parts.part(part);
        PairedThing { kind: Unit::Part(part).kind(), path: path(plans, part) }
    };
    let pair = |(_, (first, second), uses): (u128, (PartId, PartId), Vec<usize>)| {
        let (_, users, lost) = summed(plan, &uses);
        Pair { down: [thing(first), thing(second)], users, lost }
    };
    Pairs {
        pairs: ranked.into_iter().map(pair).collect(),
        more,
        complete: count < MOST,
        all: everybody(plan),
        services: plan.services.len(),
    }
}
