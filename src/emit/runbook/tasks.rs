//! `tasks.csv`: all steps as a table, a row for each ticket.

use std::borrow::Cow;

use crate::emit::{EmitContext, csv};
use crate::plan::runbook::{Phase, RunbookPlan, Step};

const HEADER: [&str; 15] = [
    "id",
    "phase",
    "team",
    "site",
    "machines",
    "title",
    "who",
    "where",
    "after",
    "work minutes",
    "wait minutes",
    "irreversible",
    "confidence",
    "files",
    "reason",
];

pub(super) fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>) -> String {
    let rows = plan.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| row(phase, step)));
    csv::write(cx.note(), &HEADER, rows)
}

fn row<'s>(phase: &'s Phase, step: &'s Step) -> [Cow<'s, str>; HEADER.len()] {
    let after: Vec<String> = step.prerequisites.iter().map(|after| after.steps.plain().replace(", ", "; ")).collect();
    [
        step.id.as_str().into(),
        phase.title.as_str().into(),
        step.team.word().into(),
        step.site.as_deref().unwrap_or_default().into(),
        step.machines.join("; ").into(),
        step.title.plain().into(),
        step.who.plain().into(),
        step.place.plain().into(),
        after.join("; ").into(),
        step.time.work.to_string().into(),
        step.time.wait.to_string().into(),
        if step.irreversible { "yes" } else { "no" }.into(),
        step.confidence.word().into(),
        step.files.join("; ").into(),
        step.reasons.first().map(|reason| reason.purpose.as_str()).unwrap_or_default().into(),
    ]
}
