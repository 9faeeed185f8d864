//! The parts of a diff, in their order.

use super::outline::{Group, Part, Team};
use super::{network, others};
use crate::query::diff::Diff;

/// The parts of a diff; with a team, those that it takes.
pub(super) fn parts(diff: &Diff, team: Option<Team>) -> Vec<Part> {
    let of = |wanted: Team| team.is_none_or(|team| team == wanted);
    let mut parts = Vec::new();
    if of(Team::Network) {
        parts.extend([network::firewalls(diff), network::balancers(diff), network::proxies(diff)]);
    }
    if of(Team::Dns) {
        parts.push(others::dns(diff));
    }
    if of(Team::Pki) {
        parts.push(others::certificates(diff));
    }
    if of(Team::Deployment) {
        parts.push(others::steps(diff));
    }
    if team.is_none() {
        parts.extend([others::findings(diff), others::assertions(diff), others::declared(diff)]);
    }
    // Waivers are shown to everybody.
    parts.push(others::waivers(diff));
    parts.retain(|part| !part.groups.is_empty());
    parts.iter_mut().flat_map(|part| &mut part.groups).for_each(Group::say_once);
    parts
}
