//! The runbook plan to files for the people who build the deployment.

mod json;
mod markdown;
mod tasks;
mod team;
pub(super) mod view;
pub(super) mod words;

pub use markdown::change;

use super::{Artifact, EmitContext, EmitError, Team, page};
use crate::plan::runbook::RunbookPlan;

/// The runbook of a deployment in all its forms, and a page for each team.
pub fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let file =
        |path: &str, team, content| Artifact { path: path.to_owned(), team, made_from: vec![plan.organization.clone()], content };
    let mut artifacts = vec![
        file("runbook/runbook.md", Team::Deployment, markdown::emit(plan, cx)?),
        file("runbook/runbook.html", Team::Deployment, page::runbook(plan, cx)?),
        file("runbook/runbook.json", Team::Deployment, json::emit(plan, cx)),
        file("runbook/tasks.csv", Team::Deployment, tasks::emit(plan, cx)),
    ];
    let teams = team::Teams::new(plan);
    for lane in &plan.lanes {
        artifacts.push(file(&team::path(lane.team), lane.team, team::emit(plan, lane, &teams, RUNBOOK, cx)?));
    }
    Ok(artifacts)
}

/// The part of one team, which needs nothing of the others: its page, and its steps in full. A team without steps has none.
pub fn of_team(plan: &RunbookPlan, team: Team, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let Some(lane) = plan.lanes.iter().find(|lane| lane.team == team) else { return Ok(Vec::new()) };
    let own = plan.of_team(team);
    let steps = format!("{}/runbook.md", team.word());
    let page = team::emit(plan, lane, &team::Teams::new(plan), &steps, cx)?;
    let file = |path: String, content| Artifact { path, team, made_from: vec![plan.organization.clone()], content };
    Ok(vec![
        file(team::path(team), page),
        file(format!("runbook/teams/{steps}"), markdown::emit(&own, cx)?),
        file(format!("runbook/teams/{}/tasks.csv", team.word()), tasks::emit(&own, cx)),
    ])
}

/// Where the runbook is, from the page of a team.
const RUNBOOK: &str = "../runbook.md";
