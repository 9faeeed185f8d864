//! Steps of the runbook: those that came, went, or say something else.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::State;
use super::moved::Moves;
use super::pairs::pairs;
use crate::plan::runbook::{RunbookPlan, Step};

/// A step that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StepChange {
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
    let all = pairs(steps(old, Some(moved)), steps(new, None)).into_values();
    let differ = all.filter(|(old, new)| !old.zip(*new).is_some_and(|(old, new)| says_the_same(old, new)));
    differ
        .filter_map(|(old, new)| {
            let state = State::of(&old, &new);
            let step = new.or(old)?;
            Some(StepChange { title: step.title.plain(), row: step.row.clone(), about: step.about.clone(), state })
        })
        .collect()
}

/// The steps by row and thing, the things by their paths in the new version.
fn steps<'p>(runbook: &'p RunbookPlan, moved: Option<&Moves>) -> BTreeMap<(&'p str, Cow<'p, str>), &'p Step> {
    let about = |step: &'p Step| moved.map_or(Cow::Borrowed(step.about.as_str()), |moved| moved.path(&step.about));
    runbook.steps().map(|step| ((step.row.as_str(), about(step)), step)).collect()
}

/// Whether the same is done, typed and looked at. The numbers of other steps and the reasons are no part of it.
fn says_the_same(old: &Step, new: &Step) -> bool {
    (&old.title, &old.who, &old.place, &old.tool) == (&new.title, &new.who, &new.place, &new.tool)
        && (&old.instructions, &old.values, &old.commands) == (&new.instructions, &new.values, &new.commands)
        && (&old.checks, &old.rollback, &old.wait) == (&new.checks, &new.rollback, &new.wait)
}
