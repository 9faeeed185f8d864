//! What becomes of calls to the telephone network: for each route that has lost a gateway, the way that its numbers take now.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::case::Case;
use crate::dial::{DialPlan, Machine, Policy, Route, telephone_number};
use crate::graph::Islands;
use crate::model::{Group, GroupId, NetworkId, Topology};
use crate::plan::Plans;
use crate::plan::outage::{OutagePlan, PartId};
use crate::plan::voice::{Voice, voice};
use crate::product::{GroupKind, Relation};

/// The calls that a route takes without an outage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calls {
    /// The route.
    pub route: String,
    /// The policies of the callers.
    pub policies: Vec<String>,
    /// The pools of the callers.
    pub homes: Vec<String>,
    /// A number that the route matches; `None` where none was found.
    pub number: Option<String>,
    /// The gateways of the route, in order.
    pub before: Vec<String>,
    /// Those of them that still answer.
    pub left: Vec<String>,
    /// `routed` or `dropped`; `None` where no number was found.
    pub ending: Option<&'static str>,
    /// The routes that a call to the number takes now.
    pub by: Vec<String>,
}

/// The routes that have lost a gateway for the users of some pools.
pub(super) fn calls(plans: Plans<'_>, plan: &OutagePlan, case: &Case<'_>, down: &[PartId]) -> Vec<Calls> {
    let voice = voice(plans.topology);
    if voice.plan.routes.is_empty() {
        return Vec::new();
    }
    let ends: Vec<&Group> = plans.topology.groups.iter().filter(|group| is_end(group)).collect();
    let whole = plan.network_without(&[]);
    let left = plan.network_without(down);
    let mut homes: BTreeMap<BTreeSet<&str>, Vec<String>> = BTreeMap::new();
    let pools: BTreeSet<GroupId> = plan.people.iter().map(|people| people.home).collect();
    for pool in pools.into_iter().map(|id| plans.topology.group(id)).filter(|pool| case.stands(pool)) {
        // A gateway that a pool does not reach without an outage either is another finding.
        let is_lost = |end: &Group| {
            reaches(plans.topology, &whole, pool, end) && !(case.stands(end) && reaches(plans.topology, &left, pool, end))
        };
        let mut lost: Vec<GroupId> = ends.iter().filter(|end| is_lost(end)).map(|end| end.id).collect();
        lost.extend(ends.iter().filter(|end| is_cut_off(plans.topology, case, &left, end)).map(|end| end.id));
        homes.entry(voice.unreachable(&lost)).or_default().push(pool.path.clone());
    }
    homes.retain(|lost, _| !lost.is_empty());
    homes.into_iter().flat_map(|(lost, homes)| of_homes(&voice, &lost, &homes)).collect()
}

fn is_end(group: &Group) -> bool {
    matches!(group.kind, GroupKind::MediationServer | GroupKind::MediaGateway)
}

fn networks<'t>(topology: &'t Topology, group: &'t Group) -> impl Iterator<Item = NetworkId> + 't {
    group.servers.iter().flat_map(|server| &topology.server(*server).addresses).map(|(_, network)| *network)
}

fn reaches(topology: &Topology, islands: &Islands, one: &Group, other: &Group) -> bool {
    networks(topology, one).any(|one| networks(topology, other).any(|other| islands.join(one, other)))
}

/// Whether a Mediation Server no longer reaches the gateway that it has.
fn is_cut_off(topology: &Topology, case: &Case<'_>, left: &Islands, end: &Group) -> bool {
    let mut gateways = end.related(Relation::Gateway).map(|gateway| topology.group(gateway));
    gateways.any(|gateway| !case.stands(gateway) || !reaches(topology, left, end, gateway))
}

/// The routes with a gateway among those that are lost, by what becomes of their calls.
fn of_homes(voice: &Voice<'_>, lost: &BTreeSet<&str>, homes: &[String]) -> Vec<Calls> {
    let plan = &voice.plan;
    let machines: Vec<Option<Machine>> = plan.routes.iter().map(|route| Machine::new(route.pattern)).collect();
    let mut found: Vec<Calls> = Vec::new();
    for (at, route) in plan.routes.iter().enumerate() {
        let left = |gateway: &&String| !lost.contains(gateway.as_str());
        if route.gateways.iter().all(|gateway| left(&gateway)) {
            continue;
        }
        for policy in plan.policies.iter().filter(|policy| first_usage(policy, route).is_some()) {
            let number = own_number(plan, policy, at, &machines);
            let now = number.as_deref().and_then(|number| {
                let routed = plan.route(policy, &plan.matching(number), lost).ok()?;
                Some((routed.ending, routed.taken().iter().map(|taken| taken.route.name.to_owned()).collect::<Vec<_>>()))
            });
            let (ending, by) = now.map_or((None, Vec::new()), |(ending, by)| (Some(ending.word()), by));
            let same = |known: &&mut Calls| {
                known.route == route.name && known.number == number && known.ending == ending && known.by == by
            };
            match found.iter_mut().find(same) {
                Some(known) => known.policies.push(policy.name.to_owned()),
                None => found.push(Calls {
                    route: route.name.to_owned(),
                    policies: vec![policy.name.to_owned()],
                    homes: homes.to_vec(),
                    before: route.gateways.clone(),
                    left: route.gateways.iter().filter(left).cloned().collect(),
                    number,
                    ending,
                    by,
                }),
            }
        }
    }
    found
}

/// The position of the first usage of a policy that a route has.
fn first_usage(policy: &Policy<'_>, route: &Route<'_>) -> Option<usize> {
    policy.usages.iter().position(|usage| route.usages.contains(usage))
}

/// A number that a route takes before any other usage of the policy does.
fn own_number(plan: &DialPlan<'_>, policy: &Policy<'_>, at: usize, machines: &[Option<Machine>]) -> Option<String> {
    let first = first_usage(policy, &plan.routes[at])?;
    let is_earlier = |route: &Route<'_>| first_usage(policy, route).is_some_and(|own| own < first);
    let earlier = plan.routes.iter().zip(machines).filter(|(route, _)| is_earlier(route)).map(|(_, machine)| machine.as_ref());
    telephone_number(&[machines[at].as_ref()?], &earlier.collect::<Option<Vec<_>>>()?)
}
