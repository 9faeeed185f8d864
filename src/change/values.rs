//! The values of one thing that steps of a change are about.

use std::collections::BTreeMap;

use crate::catalog::step::System;
use crate::plan::SourceRef;
use crate::plan::runbook::{Item, Known, Line, Run, Step, Value};
use crate::product::{Feature, Team};
use crate::query::diff::Setting;

/// What a step of a change has from a step of the deployment.
#[derive(Clone, Default)]
pub(super) struct OfStep {
    /// Whose work it is, if not that of the row.
    pub(super) team: Option<Team>,
    /// The site that it is in.
    pub(super) site: Option<String>,
    /// Where it is done.
    pub(super) machines: Vec<String>,
    /// What to wait for afterwards.
    pub(super) wait: Option<Line>,
    /// Whether there is no way back.
    pub(super) irreversible: bool,
}

/// A thing with its values by name.
pub(super) struct Named {
    /// What it is called in ids of steps.
    pub(super) id: String,
    /// Its declaration.
    pub(super) declared: SourceRef,
    /// Where its steps are among those of the deployment: its phase, if not that of the row, and the number of a step.
    pub(super) place: (Option<usize>, Option<usize>),
    /// What its step has from the step of the deployment that it repeats or takes back.
    pub(super) of_step: OfStep,
    values: BTreeMap<&'static str, Value>,
}

impl Named {
    pub(super) fn new(id: String, declared: SourceRef) -> Self {
        Self { id, declared, place: (None, None), of_step: OfStep::default(), values: BTreeMap::new() }
    }

    /// With a value.
    pub(super) fn with(mut self, name: &'static str, value: Value) -> Self {
        self.values.insert(name, value);
        self
    }

    /// With a value, if it is there.
    pub(super) fn with_some(self, name: &'static str, value: Option<Value>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// In a phase, where the step of a number is or was.
    pub(super) fn placed(mut self, phase: Option<usize>, number: Option<usize>) -> Self {
        self.place = (phase, number);
        self
    }

    /// Done by those who do another step, and where that is done.
    pub(super) fn by(mut self, step: &Step) -> Self {
        let (team, site, machines) = (Some(step.team), step.site.clone(), step.machines.clone());
        self.of_step = OfStep { team, site, machines, ..self.of_step };
        self
    }

    /// Waits for what another step waits for, and can be undone as that.
    pub(super) fn like(mut self, step: &Step) -> Self {
        self.of_step.wait = step.wait.clone();
        self.of_step.irreversible = step.irreversible;
        self
    }

    /// The names and kinds of its values.
    #[cfg(test)]
    pub(super) fn values(&self) -> impl Iterator<Item = (&'static str, &Value)> {
        self.values.iter().map(|(name, value)| (*name, value))
    }
}

/// A step of a change depends on no feature and no operating system: its thing is there or it is not.
impl Known for Named {
    fn value(&self, name: &str) -> Option<Value> {
        self.values.get(name).cloned()
    }

    fn has(&self, name: &str) -> bool {
        self.values.contains_key(name)
    }

    fn is_needed(&self, when: &[Vec<Feature>]) -> bool {
        when.is_empty()
    }

    fn systems(&self) -> &[System] {
        &System::ALL
    }
}

/// Lines for people; `None` without any.
pub(super) fn notes(lines: Vec<Line>) -> Option<Value> {
    Value::list(lines.into_iter().map(|line| -> Item { vec![("line", Value::Line(line))] }).collect())
}

/// One-field items; `None` without any.
pub(super) fn list(field: &'static str, items: impl IntoIterator<Item = Value>) -> Option<Value> {
    Value::list(items.into_iter().map(|item| -> Item { vec![(field, item)] }).collect())
}

/// Files; `None` without any.
pub(super) fn files(paths: &[String]) -> Option<Value> {
    list("file", paths.iter().cloned().map(Value::File))
}

/// Text for people.
pub(super) fn text(text: impl Into<String>) -> Run {
    Run { text: text.into().into(), code: false }
}

/// What is shown as it is typed or written.
pub(super) fn code(text: impl Into<String>) -> Run {
    Run { text: text.into().into(), code: true }
}

/// What a setting was and is.
pub(super) fn setting(setting: &Setting) -> Line {
    let value = |value: &Option<String>| code(value.clone().unwrap_or_else(|| "none".to_owned()));
    Line(vec![text(format!("{}: ", setting.setting)), value(&setting.old), text(" becomes "), value(&setting.new)])
}
