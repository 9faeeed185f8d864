//! `tasks.csv`: all steps as a table, a row for each ticket.

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

fn row(phase: &Phase, step: &Step) -> [String; HEADER.len()] {
    let after: Vec<String> = step.prerequisites.iter().map(|after| after.steps.plain().replace(", ", "; ")).collect();
    [
        step.id.clone(),
        phase.title.clone(),
        step.team.word().to_owned(),
        step.site.clone().unwrap_or_default(),
        step.machines.join("; "),
        step.title.plain(),
        step.who.plain(),
        step.place.plain(),
        after.join("; "),
        step.time.work.to_string(),
        step.time.wait.to_string(),
        if step.irreversible { "yes" } else { "no" }.to_owned(),
        step.confidence.word().to_owned(),
        step.files.join("; "),
        step.reasons.first().map(|reason| reason.purpose.clone()).unwrap_or_default(),
    ]
}
