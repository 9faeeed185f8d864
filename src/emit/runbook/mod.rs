//! The runbook plan to files for the people who build the deployment.

mod book;
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
    let pages = markdown::emit(plan, cx)?.into_iter();
    let mut artifacts: Vec<Artifact> =
        pages.map(|(page, text)| file(&format!("runbook/{page}"), Team::Deployment, text)).collect();
    artifacts.extend([
        file("runbook/runbook.html", Team::Deployment, page::runbook(plan, cx)?),
        file("runbook/runbook.json", Team::Deployment, json::emit(plan, cx)),
        file("runbook/tasks.csv", Team::Deployment, tasks::emit(plan, cx)),
    ]);
    let teams = team::Teams::new(plan);
    for lane in &plan.lanes {
        artifacts.push(file(&team::path(lane.team), lane.team, team::emit(plan, lane, &teams, "..", cx)?));
    }
    Ok(artifacts)
}

/// The part of one team, which needs nothing of the others: its page, and its steps in full. A team without steps has none.
pub fn of_team(plan: &RunbookPlan, team: Team, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let Some(lane) = plan.lanes.iter().find(|lane| lane.team == team) else { return Ok(Vec::new()) };
    let own = plan.of_team(team);
    let page = team::emit(&own, lane, &team::Teams::new(plan), team.word(), cx)?;
    let file = |path: String, content| Artifact { path, team, made_from: vec![plan.organization.clone()], content };
    let folder = format!("runbook/teams/{}", team.word());
    let steps = markdown::emit(&own, cx)?.into_iter().map(|(page, text)| file(format!("{folder}/{page}"), text));
    let mut artifacts = vec![file(team::path(team), page)];
    artifacts.extend(steps);
    artifacts.push(file(format!("{folder}/tasks.csv"), tasks::emit(&own, cx)));
    Ok(artifacts)
}
