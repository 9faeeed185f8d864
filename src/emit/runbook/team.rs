//! `teams/<team>.md`: one page for each team, with its steps, its files, and whom it waits for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::book::page_of;
use super::markdown::FIRST;
use super::view::{anchor, heading_text, line, marks};
use super::words::{time, work};
use crate::emit::language::MARKDOWN;
use crate::emit::{EmitContext, EmitError, TOOL};
use crate::plan::runbook::{Lane, RunbookPlan, Step};
use crate::product::Team;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'a str,
    title: &'static str,
    runbook: String,
    count: usize,
    work: String,
    files: Vec<&'a str>,
    phases: Vec<PhaseView<'a>>,
    waiting: Vec<Waiting<'a>>,
}

#[derive(Serialize)]
struct PhaseView<'a> {
    title: &'a str,
    steps: Vec<StepView<'a>>,
}

#[derive(Serialize)]
struct StepView<'a> {
    id: &'a str,
    page: String,
    anchor: String,
    title: String,
    marks: Vec<String>,
    time: String,
    /// What other teams must have done before.
    after: Vec<AfterView>,
}

#[derive(Serialize)]
struct AfterView {
    steps: String,
    team: &'static str,
}

/// A kind of step of this team, and the teams that wait for it.
#[derive(Serialize)]
struct Waiting<'a> {
    row: String,
    teams: Vec<&'a str>,
}

/// Where the page of a team is.
pub(super) fn path(team: Team) -> String {
    format!("runbook/teams/{}.md", team.word())
}

/// The page of a team, with links to the steps in full in the runbook of the plan, which is in `folder`.
pub(super) fn emit(
    plan: &RunbookPlan,
    lane: &Lane,
    teams: &Teams<'_>,
    folder: &str,
    cx: &EmitContext<'_>,
) -> Result<String, EmitError> {
    let own = |step: &&Step| step.team == lane.team;
    let files: BTreeSet<&str> = plan.steps().filter(own).flat_map(|step| &step.files).map(String::as_str).collect();
    let rows: BTreeSet<&str> = plan.steps().filter(own).map(|step| step.row).collect();
    let waiting = rows.into_iter().filter_map(|row| {
        let teams: Vec<&str> =
            teams.waiting.get(row).into_iter().flatten().filter(|team| **team != lane.team).map(|team| team.title()).collect();
        (!teams.is_empty()).then(|| Waiting { row: format!("{row}.*"), teams })
    });
    let phases = plan.phases.iter().map(|phase| PhaseView {
        title: &phase.title,
        steps: phase.steps.iter().filter(own).map(|shown| step(plan, shown, teams, folder)).collect(),
    });
    let view = View {
        note: cx.note(),
        tool: TOOL,
        organization: &plan.organization,
        product: plan.product,
        title: lane.team.title(),
        runbook: format!("{folder}/{FIRST}"),
        count: lane.count,
        work: work(lane.work),
        files: files.into_iter().collect(),
        phases: phases.filter(|phase| !phase.steps.is_empty()).collect(),
        waiting: waiting.collect(),
    };
    cx.templates.render(&MARKDOWN, "team", &view)
}

fn step<'p>(plan: &RunbookPlan, step: &'p Step, teams: &Teams<'_>, folder: &str) -> StepView<'p> {
    let of_others = step.prerequisites.iter().filter_map(|after| {
        let team = *teams.of_row.get(after.row)?;
        (team != step.team).then(|| AfterView { steps: line(&after.steps), team: team.title() })
    });
    StepView {
        id: &step.id,
        page: format!("{folder}/{}", page_of(plan, step, FIRST)),
        anchor: anchor(&heading_text(step)),
        title: line(&step.title),
        marks: marks(step),
        time: time(&step.time),
        after: of_others.collect(),
    }
}

/// Who does the steps of each row, and who waits for them.
pub(super) struct Teams<'p> {
    of_row: BTreeMap<&'p str, Team>,
    waiting: BTreeMap<&'p str, BTreeSet<Team>>,
}

impl<'p> Teams<'p> {
    pub(super) fn new(plan: &'p RunbookPlan) -> Self {
        let mut waiting: BTreeMap<&str, BTreeSet<Team>> = BTreeMap::new();
        for step in plan.steps() {
            for after in &step.prerequisites {
                waiting.entry(after.row).or_default().insert(step.team);
            }
        }
        Self { of_row: plan.steps().map(|step| (step.row, step.team)).collect(), waiting }
    }
}
