//! Steps that are made when they are asked for: a comparison of two large runbooks holds one step of each at a time.

use std::borrow::Cow;

use super::facts::Facts;
use super::instances::{self, Instance};
use super::order::step;
use super::{Inputs, RunbookPlan, Step};

/// What a step is known by, without its text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepKey {
    /// The row of the catalogue.
    pub row: &'static str,
    /// What is behind the row in its id.
    pub thing: String,
    /// The path of what it is about; often what the thing begins with.
    pub about: String,
}

/// The steps of a runbook, in any order.
pub trait StepSource: std::fmt::Debug + Sync {
    /// What they are known by.
    fn keys(&self) -> Vec<StepKey>;

    /// The step of a position among the keys. Its number and its prerequisites may be missing.
    fn step(&self, at: usize) -> Cow<'_, Step>;
}

/// The steps of a topology, none of them made.
pub struct RunbookDraft<'a> {
    facts: Facts<'a>,
    instances: Vec<Instance>,
}

impl<'a> RunbookDraft<'a> {
    /// Finds out which steps there are.
    pub fn new(inputs: &'a Inputs<'a>) -> Self {
        let facts = Facts::new(inputs);
        let instances = instances::all(&facts);
        Self { facts, instances }
    }
}

impl std::fmt::Debug for RunbookDraft<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RunbookDraft").field("steps", &self.instances.len()).finish_non_exhaustive()
    }
}

impl StepSource for RunbookDraft<'_> {
    fn keys(&self) -> Vec<StepKey> {
        let key = |instance: &Instance| StepKey {
            row: &instance.row.id,
            thing: instance.subject.thing(&self.facts),
            about: instance.subject.declared(&self.facts).path,
        };
        self.instances.iter().map(key).collect()
    }

    fn step(&self, at: usize) -> Cow<'_, Step> {
        Cow::Owned(step(&self.facts, &self.instances[at], 0, Vec::new()))
    }
}

impl StepSource for RunbookPlan {
    fn keys(&self) -> Vec<StepKey> {
        let key = |step: &Step| {
            let thing = step.id.strip_prefix(step.row).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&step.id);
            StepKey { row: step.row, thing: thing.to_owned(), about: step.about.clone() }
        };
        self.steps().map(key).collect()
    }

    fn step(&self, at: usize) -> Cow<'_, Step> {
        let phase = self.phases.partition_point(|phase| phase.last <= at);
        let phase = &self.phases[phase];
        Cow::Borrowed(&phase.steps[at + 1 - phase.first])
    }
}
