//! Steps of the runbook: those that came, went, or say something else.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::State;
use super::moved::Moves;
use super::pairs::pairs;
use crate::plan::runbook::{Step, StepKey, StepSource};

/// A step that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepChange {
    /// Its id in the runbook; of a removed one, in the old version's.
    pub id: String,
    /// Its id in the old version's runbook.
    #[serde(skip)]
    pub old_id: Option<String>,
    /// The row of the catalogue.
    pub row: &'static str,
    /// The path of what it is about.
    pub about: String,
    /// Whether it came, went or says something else.
    pub state: State,
    /// What is done.
    pub title: String,
}

/// Which steps differ. Their texts are made here, on all processors: every plan that they read is made by then.
pub(super) fn compare(old: &dyn StepSource, new: &dyn StepSource, moved: &Moves) -> Vec<StepChange> {
    let all: Vec<_> = pairs(by_key(old, Some(moved)), by_key(new, None)).into_values().collect();
    let change = |(before, after): &(Option<usize>, Option<usize>)| {
        let (before, after) = (before.map(|at| old.step(at)), after.map(|at| new.step(at)));
        if let (Some(before), Some(after)) = (&before, &after)
            && says_the_same(before, after)
        {
            return None;
        }
        let (state, old_id) = (State::of(&before, &after), before.as_ref().map(|step| step.id.clone()));
        let Step { id, row, about, title, .. } = after.or(before)?.into_owned();
        Some(StepChange { id, old_id, row, about, state, title: title.plain() })
    };
    all.par_iter().filter_map(change).collect()
}

/// The positions of steps by row and thing, the things by their paths in the new version.
fn by_key(steps: &dyn StepSource, moved: Option<&Moves>) -> BTreeMap<(&'static str, String), usize> {
    let thing = |StepKey { row, thing, about }| match (moved, thing.strip_prefix(about.as_str())) {
        (Some(moved), Some(rest)) => (row, format!("{}{rest}", moved.path(&about))),
        _ => (row, thing),
    };
    steps.keys().into_iter().map(thing).enumerate().map(|(at, key)| (key, at)).collect()
}

/// Whether the same is done, typed and looked at. The numbers of other steps and the reasons are no part of it.
fn says_the_same(old: &Step, new: &Step) -> bool {
    (&old.title, &old.who, &old.place, &old.tool) == (&new.title, &new.who, &new.place, &new.tool)
        && (&old.instructions, &old.alternative) == (&new.instructions, &new.alternative)
        && (&old.checks, &old.rollback, &old.undo, &old.wait) == (&new.checks, &new.rollback, &new.undo, &new.wait)
}
