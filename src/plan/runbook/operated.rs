//! What is done with a device, by the names that steps call it by.

use std::collections::BTreeSet;

use super::facts::Facts;
use super::value::Value;
use super::{Line, Run};
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
    let operations = operations();
    let done = operations.iter().filter(|operation| operation.task == task);
    match task {
        Task::Verify => {
            let expect = |operation: &Operation| Value::Line(operation.expect.clone().unwrap_or_else(|| Line(Vec::new())));
            let look = |operation: &Operation| Value::Line(Operation { expect: None, ..operation.clone() }.line());
            Value::list(done.map(|operation| vec![("line", look(operation)), ("expect", expect(operation))]).collect())
        }
        Task::Undo => {
            let between = || Run { text: "; ".to_owned(), code: false };
            let lines: Vec<Vec<Run>> = done.map(|operation| operation.line().0).collect();
            let kept = || Line(vec![Run { text: "Load the copy that was kept.".to_owned(), code: false }]);
            Some(Value::Line(if lines.is_empty() { kept() } else { Line(lines.join(&between())) }))
        }
        _ => Value::list(done.map(|operation| vec![("line", Value::Line(operation.line()))]).collect()),
    }
}
