//! What is done with a device, by the names that steps call it by.

use std::collections::BTreeSet;

use super::Line;
use super::facts::Facts;
use super::value::Value;
use crate::catalog::Task;
use crate::plan::Reason;
use crate::plan::device::{Operation, operations};

impl Facts<'_> {
    /// What is done with a firewall.
    pub(super) fn operations(&self, at: usize) -> Vec<Operation> {
        let firewall = self.firewall(at);
        operations(firewall.dialect, &(self.inputs.files.firewall_values)(firewall))
    }

    /// Why a step says what it says of the device: the pages of all its operations, as sure as the least sure of them.
    pub(super) fn device_reason(&self, at: usize) -> Option<Reason> {
        let operations = self.operations(at);
        let all = || operations.iter().map(|operation| operation.provenance);
        let mut reason = Reason::new(self.firewall(at).dialect, "How the device takes it.", all().next()?);
        reason.source = all().flat_map(|provenance| &provenance.source).collect::<BTreeSet<_>>().into_iter().cloned().collect();
        reason.confidence = all().map(|provenance| provenance.confidence).min()?;
        Some(reason)
    }
}

/// What is done with a device for one of the names that steps call it by.
pub(crate) fn operated(name: &str, operations: impl FnOnce() -> Vec<Operation>) -> Option<Value> {
    let task = match name {
        "before_loading" => Task::Before,
        "backing_up" => Task::BackUp,
        "checking" => Task::Check,
        "loading" => Task::Load,
        "replacing" => Task::Replace,
        "verifying" => Task::Verify,
        "saving" => Task::Save,
        "undoing" => Task::Undo,
        _ => return None,
    };
    listed(operations().iter().filter(|operation| operation.task == task))
}

/// Operations as the items of a list.
pub(super) fn listed<'o>(operations: impl Iterator<Item = &'o Operation>) -> Option<Value> {
    let line = |line: &Option<Line>| Value::Line(line.clone().unwrap_or_else(|| Line(Vec::new())));
    let item = |operation: &Operation| {
        vec![
            ("line", line(&operation.text)),
            ("command", Value::Command(operation.command.iter().cloned().collect())),
            ("expect", line(&operation.expect)),
        ]
    };
    Value::list(operations.map(item).collect())
}
