//! The chain of steps that decides how long the deployment takes, and the work of each team.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Phase;
use super::order::{Gate, Ordered};
use crate::product::Team;

/// The longest chain of steps that wait for each other: while each of its steps takes as long as it does, the deployment cannot be shorter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CriticalPath {
    /// The ids of its steps, first to be done first.
    pub steps: Vec<String>,
    /// Minutes of work on it.
    pub work: u32,
    /// Minutes of waiting on it.
    pub wait: u32,
}

/// What one team does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lane {
    /// The team.
    pub team: Team,
    /// How many steps.
    pub count: usize,
    /// Minutes of work in all of them.
    pub work: u32,
}

/// The teams that have steps, in the order of their list.
pub(crate) fn lanes(phases: &[Phase]) -> Vec<Lane> {
    let mut lanes: BTreeMap<Team, Lane> = BTreeMap::new();
    for step in phases.iter().flat_map(|phase| &phase.steps) {
        let lane = lanes.entry(step.team).or_insert(Lane { team: step.team, count: 0, work: 0 });
        lane.count += 1;
        lane.work = lane.work.saturating_add(step.time.work);
    }
    lanes.into_values().collect()
}

/// What is over before a step begins: when, and the step that ends last.
#[derive(Clone, Copy, Default)]
struct Before {
    ends: u32,
    last: Option<usize>,
}

/// Finds the longest chain.
pub(super) fn longest_chain(phases: &[Phase], ordered: &Ordered) -> CriticalPath {
    let mut open: BTreeMap<Gate, Before> = ordered.members.keys().map(|gate| (*gate, Before::default())).collect();
    let mut of_step: Vec<Vec<Gate>> = vec![Vec::new(); ordered.order.len()];
    for (gate, members) in &ordered.members {
        for at in members {
            of_step[*at].push(*gate);
        }
    }
    // By the numbers of steps: who came last before each, and when each ends.
    let mut last = vec![None; ordered.order.len()];
    let mut ends = vec![0_u32; ordered.order.len()];
    for (step, at) in phases.iter().flat_map(|phase| &phase.steps).zip(&ordered.order) {
        let gates = ordered.waits[*at].iter().filter_map(|gate| open.get(gate));
        let before = gates.copied().max_by_key(|before| before.ends).unwrap_or_default();
        let position = ordered.numbers[*at] - 1;
        last[position] = before.last;
        ends[position] = before.ends.saturating_add(step.time.work).saturating_add(step.time.wait);
        for gate in &of_step[*at] {
            if let Some(before) = open.get_mut(gate)
                && (before.last.is_none() || before.ends < ends[position])
            {
                *before = Before { ends: ends[position], last: Some(position) };
            }
        }
    }
    // Of chains of the same length the one whose end comes first.
    let end = (0..ends.len()).max_by_key(|at| (ends[*at], std::cmp::Reverse(*at)));
    let mut on_path = BTreeSet::new();
    let mut at = end;
    while let Some(position) = at {
        on_path.insert(position);
        at = last[position];
    }
    let mut path = CriticalPath::default();
    for step in phases.iter().flat_map(|phase| &phase.steps).filter(|step| on_path.contains(&(step.number - 1))) {
        path.steps.push(step.id.clone());
        path.work = path.work.saturating_add(step.time.work);
        path.wait = path.wait.saturating_add(step.time.wait);
    }
    path
}
