//! Steps of the runbook: those that came, went, or say something else.

use std::collections::BTreeMap;

use serde::Serialize;

use super::State;
use super::moved::Moves;
use super::pairs::pairs;
use crate::plan::runbook::{RunbookPlan, Step};

/// A step that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepChange {
    /// Its id in the runbook; of a removed one, in the old version's.
    pub id: String,
    /// The row of the catalogue.
    pub row: String,
    /// The path of what it is about.
    pub about: String,
    /// Whether it came, went or says something else.
    pub state: State,
    /// What is done.
    pub title: String,
}

pub(super) fn compare(old: &RunbookPlan, new: &RunbookPlan, moved: &Moves) -> Vec<StepChange> {
    let change = |(old, new): (Option<&Step>, Option<&Step>)| {
        let (state, step) = (State::of(&old, &new), new.or(old)?);
        let (id, row, about) = (step.id.clone(), step.row.clone(), step.about.clone());
        Some(StepChange { id, row, about, state, title: step.title.plain() })
    };
    differing_steps(old, new, moved).into_iter().filter_map(change).collect()
}

/// The steps that differ, before and after, in the order of their ids in the new version.
pub fn differing_steps<'p>(
    old: &'p RunbookPlan,
    new: &'p RunbookPlan,
    moved: &Moves,
) -> Vec<(Option<&'p Step>, Option<&'p Step>)> {
    let all = pairs(by_id(old, Some(moved)), by_id(new, None)).into_values();
    all.filter(|(old, new)| !old.zip(*new).is_some_and(|(old, new)| says_the_same(old, new))).collect()
}

/// The steps by row and thing, the things by their paths in the new version.
fn by_id<'p>(runbook: &'p RunbookPlan, moved: Option<&Moves>) -> BTreeMap<(&'p str, String), &'p Step> {
    let thing = |step: &'p Step| {
        let thing = step.id.strip_prefix(&step.row).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&step.id);
        match (moved, thing.strip_prefix(&step.about)) {
            (Some(moved), Some(rest)) => format!("{}{rest}", moved.path(&step.about)),
            _ => thing.to_owned(),
        }
    };
    runbook.steps().map(|step| ((step.row.as_str(), thing(step)), step)).collect()
}

/// Whether the same is done, typed and looked at. The numbers of other steps and the reasons are no part of it.
fn says_the_same(old: &Step, new: &Step) -> bool {
    (&old.title, &old.who, &old.place, &old.tool) == (&new.title, &new.who, &new.place, &new.tool)
        && (&old.instructions, &old.values, &old.commands) == (&new.instructions, &new.values, &new.commands)
        && (&old.checks, &old.rollback, &old.wait) == (&new.checks, &new.rollback, &new.wait)
}
