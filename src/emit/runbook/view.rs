//! A step as the pages of Markdown show it.

use serde::Serialize;

use super::words::time;
use crate::catalog::Confidence;
use crate::emit::language::marked;
use crate::plan::Reason;
use crate::plan::runbook::{Check, Instruction, Line, Step};

#[derive(Serialize)]
pub(in crate::emit) struct StepView<'a> {
    id: &'a str,
    title: String,
    /// What the heading adds to the title: `cannot be undone`, `medium confidence`.
    marks: Vec<String>,
    /// Why it is on the page of a change.
    note: Option<&'a str>,
    team: &'static str,
    who: String,
    place: String,
    tool: Option<String>,
    after: String,
    time: String,
    files: &'a [String],
    instructions: Vec<InstructionView<'a>>,
    alternative: Vec<InstructionView<'a>>,
    checks: Vec<CheckView>,
    rollback: String,
    undo: Vec<InstructionView<'a>>,
    wait: Option<String>,
    reasons: Vec<String>,
}

#[derive(Serialize)]
struct InstructionView<'a> {
    text: String,
    items: Vec<ItemView<'a>>,
    tasks: bool,
    values: &'a [String],
    commands: &'a [String],
}

#[derive(Serialize)]
struct ItemView<'a> {
    text: String,
    commands: &'a [String],
    expect: Option<String>,
}

#[derive(Serialize)]
struct CheckView {
    how: String,
    expect: String,
}

/// A step, with why it is on the page of a change.
pub(in crate::emit) fn step<'s>(step: &'s Step, note: Option<&'s str>) -> StepView<'s> {
    let after: Vec<String> = step.prerequisites.iter().map(|after| line(&after.steps)).collect();
    StepView {
        id: &step.id,
        title: line(&step.title),
        marks: marks(step),
        note,
        team: step.team.title(),
        who: line(&step.who),
        place: line(&step.place),
        tool: step.tool.as_ref().map(line),
        after: after.join("; "),
        time: time(&step.time),
        files: &step.files,
        instructions: step.instructions.iter().map(instruction).collect(),
        alternative: step.alternative.iter().map(instruction).collect(),
        checks: step.checks.iter().map(check).collect(),
        rollback: line(&step.rollback),
        undo: step.undo.iter().map(instruction).collect(),
        wait: step.wait.as_ref().map(line),
        reasons: step.reasons.iter().map(why).collect(),
    }
}

/// What one must know of a step before it is begun.
pub(super) fn marks(step: &Step) -> Vec<String> {
    let unsure = (step.confidence != Confidence::High).then(|| format!("{} confidence", step.confidence.word()));
    step.irreversible.then(|| "cannot be undone".to_owned()).into_iter().chain(unsure).collect()
}

/// The text of the heading of a step.
pub(super) fn heading_text(step: &Step) -> String {
    let marks = marks(step);
    let marks = if marks.is_empty() { String::new() } else { format!(" ({})", marks.join(", ")) };
    format!("{}: {}{marks}", step.id, step.title.plain())
}

fn instruction(row: &Instruction) -> InstructionView<'_> {
    let items = row.items.iter().map(|item| ItemView {
        text: line(&item.text),
        commands: &item.commands,
        expect: item.expect.as_ref().map(line),
    });
    InstructionView {
        text: line(&row.text),
        items: items.collect(),
        tasks: row.tasks,
        values: &row.values,
        commands: &row.commands,
    }
}

fn check(check: &Check) -> CheckView {
    let command = check.command.iter().map(|command| marked(std::iter::once((command.as_str(), true))));
    let how: Vec<String> = check.look.iter().map(line).chain(command).collect();
    CheckView { how: how.join(" "), expect: line(&check.expect) }
}

/// A line with its code marked for the template.
pub(in crate::emit) fn line(line: &Line) -> String {
    marked(line.0.iter().map(|run| (run.text.as_ref(), run.code)))
}

/// `AD1, guide step 4; from redmond.pool01; edge:CL-RTM, high confidence`.
fn why(reason: &Reason) -> String {
    let mut text = format!("{} {}, guide step {}", reason.purpose, reason.row, reason.step);
    let declared: Vec<String> = reason.declared.iter().map(ToString::to_string).collect();
    if !declared.is_empty() {
        text += &format!("; from {}", declared.join(", "));
    }
    text + &format!("; {}, {} confidence.", reason.source.join(", "), reason.confidence.word())
}

/// The anchor that the usual viewers give a heading: lower case, blanks to hyphens, no punctuation.
pub(super) fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[cfg(test)]
mod tests {
    use super::anchor;

    #[test]
    fn anchors_are_those_of_viewers() {
        assert_eq!(anchor("Phase: Perimeter, outer A/V names"), "phase-perimeter-outer-av-names");
        assert_eq!(
            anchor("EE2.redmond.pool01: Create the pool pool01.contoso.com"),
            "ee2redmondpool01-create-the-pool-pool01contosocom"
        );
    }
}
