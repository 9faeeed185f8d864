//! What is done with a device, by the names that steps call it by.

use super::value::Value;
use super::{Line, Run};
use crate::catalog::Task;
use crate::plan::device::Operation;

/// What is done with a device for one of the names that steps call it by.
pub(super) fn operated(name: &str, operations: &[Operation]) -> Option<Value> {
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
    let done = operations.iter().filter(|operation| operation.task == task);
    match task {
        Task::Verify => {
            let expect = |operation: &Operation| Value::Line(operation.expect.clone().unwrap_or_else(|| Line(Vec::new())));
            let look = |operation: &Operation| Value::Line(Operation { expect: None, ..operation.clone() }.line());
            Value::list(done.map(|operation| vec![("line", look(operation)), ("expect", expect(operation))]).collect())
        }
        Task::Undo => {
            let space = || Run { text: " ".to_owned(), code: false };
            let lines: Vec<Vec<Run>> = done.map(|operation| operation.line().0).collect();
            let kept = || Line(vec![Run { text: "Load the copy that was kept.".to_owned(), code: false }]);
            Some(Value::Line(if lines.is_empty() { kept() } else { Line(lines.join(&space())) }))
        }
        _ => Value::list(done.map(|operation| vec![("line", Value::Line(operation.line()))]).collect()),
    }
}
