//! `runbook.json`: all steps for programs, a step a line.

use serde::Serialize;

use crate::emit::EmitContext;
use crate::plan::Reason;
use crate::plan::runbook::{Check, CriticalPath, Instruction, Lane, Line, Phase, RunbookPlan, Step, Time};
use crate::product::Team;

/// The version of the form: a reader ignores fields that it does not know, and refuses another number.
const VERSION: u32 = 1;

/// How many steps the size of the file is guessed by.
const SAMPLES: usize = 64;

/// What is before the phases.
#[derive(Serialize)]
struct Head<'a> {
    version: u32,
    note: Option<&'static str>,
    organization: &'a str,
    product: &'a str,
    count: usize,
    lanes: &'a [Lane],
    critical: &'a CriticalPath,
}

#[derive(Serialize)]
struct PhaseHead<'a> {
    title: &'a str,
    about: &'a str,
    go: &'a str,
    stop: &'a str,
}

#[derive(Serialize)]
struct StepView<'a> {
    id: &'a str,
    row: &'a str,
    about: &'a str,
    team: Team,
    site: Option<&'a str>,
    machines: &'a [String],
    title: String,
    who: String,
    #[serde(rename = "where")]
    place: String,
    tool: Option<String>,
    after: Vec<After<'a>>,
    time: &'a Time,
    irreversible: bool,
    confidence: &'static str,
    files: &'a [String],
    instructions: Vec<Point<'a>>,
    alternative: Vec<Point<'a>>,
    checks: Vec<CheckView<'a>>,
    rollback: String,
    undo: Vec<Point<'a>>,
    wait: Option<String>,
    reasons: Vec<Why<'a>>,
}

#[derive(Serialize)]
struct Why<'a> {
    row: &'a str,
    purpose: &'a str,
    declared: Vec<String>,
    step: u8,
    source: &'a [String],
    confidence: &'static str,
}

#[derive(Serialize)]
struct After<'a> {
    row: &'a str,
    count: usize,
    steps: String,
}

#[derive(Serialize)]
struct Point<'a> {
    text: String,
    items: Vec<Item<'a>>,
    tasks: bool,
    values: &'a [String],
    commands: &'a [String],
}

#[derive(Serialize)]
struct Item<'a> {
    text: String,
    commands: &'a [String],
    expect: Option<String>,
}

#[derive(Serialize)]
struct CheckView<'a> {
    look: Option<String>,
    command: Option<&'a str>,
    expect: String,
}

pub(super) fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>) -> String {
    let head = Head {
        version: VERSION,
        note: cx.note(),
        organization: &plan.organization,
        product: plan.product,
        count: plan.count,
        lanes: &plan.lanes,
        critical: &plan.critical,
    };
    let head = open(&head);
    let mut made = String::with_capacity(head.len() + expected(plan));
    made += &head;
    made += ",\"phases\":[\n";
    listed(&mut made, plan.phases.iter(), phase);
    made += "\n]}\n";
    made
}

/// About how many bytes the steps are, by some of them: a text of this size that grows is copied to twice its size each time.
fn expected(plan: &RunbookPlan) -> usize {
    let sizes: Vec<usize> = plan.steps().step_by(plan.count / SAMPLES + 1).map(|own| text(&step(own)).len() + 4).collect();
    let mean = sizes.iter().sum::<usize>() / sizes.len().max(1);
    (mean + mean / 16) * plan.count
}

fn phase(made: &mut String, phase: &Phase) {
    let head = PhaseHead { title: &phase.title, about: &phase.about, go: &phase.go, stop: &phase.stop };
    *made += " ";
    *made += &open(&head);
    *made += ",\"steps\":[\n";
    listed(made, phase.steps.iter(), |made, shown| {
        *made += "  ";
        *made += &text(&step(shown));
    });
    *made += "\n ]}";
}

/// Values with a comma and a line end between them: the steps of a large deployment are in memory once.
fn listed<T>(made: &mut String, values: impl Iterator<Item = T>, write: impl Fn(&mut String, T)) {
    for (at, value) in values.enumerate() {
        if at > 0 {
            *made += ",\n";
        }
        write(made, value);
    }
}

/// An object without its closing brace.
fn open(value: &impl Serialize) -> String {
    let mut text = text(value);
    text.pop();
    text
}

/// Text, numbers and lists of them: nothing in a view can fail to be written.
fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

fn step(step: &Step) -> StepView<'_> {
    let after = step.prerequisites.iter();
    StepView {
        id: &step.id,
        row: &step.row,
        about: &step.about,
        team: step.team,
        site: step.site.as_deref(),
        machines: &step.machines,
        title: step.title.plain(),
        who: step.who.plain(),
        place: step.place.plain(),
        tool: step.tool.as_ref().map(Line::plain),
        after: after.map(|after| After { row: &after.row, count: after.count, steps: after.steps.plain() }).collect(),
        time: &step.time,
        irreversible: step.irreversible,
        confidence: step.confidence.word(),
        files: &step.files,
        instructions: step.instructions.iter().map(point).collect(),
        alternative: step.alternative.iter().map(point).collect(),
        checks: step.checks.iter().map(check).collect(),
        rollback: step.rollback.plain(),
        undo: step.undo.iter().map(point).collect(),
        wait: step.wait.as_ref().map(Line::plain),
        reasons: step.reasons.iter().map(why).collect(),
    }
}

fn why(reason: &Reason) -> Why<'_> {
    Why {
        row: &reason.row,
        purpose: &reason.purpose,
        declared: reason.declared.iter().map(ToString::to_string).collect(),
        step: reason.step,
        source: &reason.source,
        confidence: reason.confidence.word(),
    }
}

fn point(point: &Instruction) -> Point<'_> {
    let items = point.items.iter().map(|item| Item {
        text: item.text.plain(),
        commands: &item.commands,
        expect: item.expect.as_ref().map(Line::plain),
    });
    let Instruction { text, tasks, values, commands, .. } = point;
    Point { text: text.plain(), items: items.collect(), tasks: *tasks, values, commands }
}

fn check(check: &Check) -> CheckView<'_> {
    CheckView { look: check.look.as_ref().map(Line::plain), command: check.command.as_deref(), expect: check.expect.plain() }
}
