//! What is done with a device, as lines of a comment: the heads of configurations say it.

use super::names::lines;
use crate::catalog::Task;
use crate::plan::device::Operation;

/// How wide a comment is. A terminal breaks longer lines.
const WIDTH: usize = 120;

/// Room for what makes a line a comment.
const MARGIN: usize = 2;

/// What to know first, numbered.
pub(super) fn before(operations: &[Operation]) -> Vec<String> {
    let texts =
        operations.iter().filter(|operation| operation.task == Task::Before).filter_map(|operation| operation.text.as_ref());
    texts.enumerate().flat_map(|(at, text)| hung(&format!("{}. ", at + 1), &text.plain())).collect()
}

/// All that is done, under a heading for each task; a command has a line of its own and is never broken.
pub(super) fn way(operations: &[Operation]) -> Vec<String> {
    let mut out = Vec::new();
    for (task, heading) in HEADINGS {
        let done: Vec<&Operation> = operations.iter().filter(|operation| operation.task == *task).collect();
        if done.is_empty() {
            continue;
        }
        out.push(format!("{heading}:"));
        for operation in done {
            let expect = operation.expect.as_ref().map(|expect| format!("expect: {}", expect.plain()));
            if let Some(text) = &operation.text {
                let more = expect.as_ref().filter(|_| operation.command.is_none()).map(|expect| format!("; {expect}"));
                out.extend(hung("- ", &(text.plain() + &more.unwrap_or_default())));
            }
            if let Some(command) = &operation.command {
                out.push(format!("    {command}"));
                out.extend(expect.into_iter().flat_map(|expect| hung("  ", &expect)));
            }
        }
    }
    out
}

const HEADINGS: &[(Task, &str)] = &[
    (Task::BackUp, "Back up"),
    (Task::Check, "Check"),
    (Task::Load, "Load"),
    (Task::Replace, "If an earlier version runs"),
    (Task::Verify, "See that it works"),
    (Task::Save, "Save"),
    (Task::Undo, "Go back"),
];

/// A text in lines that hang behind what it begins with.
fn hung(begins: &str, text: &str) -> Vec<String> {
    let blank = " ".repeat(begins.len());
    let wrapped = lines(text, WIDTH - MARGIN - begins.len());
    wrapped.iter().enumerate().map(|(at, line)| format!("{}{line}", if at == 0 { begins } else { &blank })).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{balancer, firewall};
    use super::*;
    use crate::catalog::all_device_operations;

    #[test]
    fn device_rows_appear_unchanged_in_heads() {
        for word in firewall::dialects().chain(balancer::words()) {
            let language = firewall::language(word).or_else(|| balancer::language(word)).unwrap_or_else(|| panic!("{word}"));
            let in_head = |task| task == Task::Before || HEADINGS.iter().any(|(shown, _)| *shown == task);
            for row in all_device_operations().into_iter().filter(|row| row.device == word && in_head(row.task)) {
                for text in
                    [&row.text, &row.command, &row.expect].into_iter().flatten().map(|text| text.replace(['`', '{', '}'], ""))
                {
                    assert_eq!(language.escape(&text), text, "{}", row.id);
                }
            }
        }
    }

    #[test]
    fn texts_hang_behind_their_number() {
        let text = "word ".repeat(40);
        let lines = hung("1. ", text.trim());
        assert!(lines.len() == 2 && lines[0].starts_with("1. word") && lines[1].starts_with("   word"), "{lines:?}");
        assert!(lines.iter().all(|line| line.len() <= WIDTH - MARGIN));
    }
}
