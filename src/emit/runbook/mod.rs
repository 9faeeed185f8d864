//! The runbook plan to files for the people who build the deployment.

mod json;
mod markdown;
mod tasks;
mod team;
mod view;
mod words;

pub use markdown::change;

use super::{Artifact, EmitContext, EmitError, Team};
use crate::plan::runbook::RunbookPlan;

/// The runbook of a deployment in all its forms, and a page for each team.
pub fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let file =
        |path: &str, team, content| Artifact { path: path.to_owned(), team, made_from: vec![plan.organization.clone()], content };
    let mut artifacts = vec![
        file("runbook/runbook.md", Team::Deployment, markdown::emit(plan, cx)?),
        file("runbook/runbook.json", Team::Deployment, json::emit(plan, cx)),
        file("runbook/tasks.csv", Team::Deployment, tasks::emit(plan, cx)),
    ];
    let teams = team::Teams::new(plan);
    for lane in &plan.lanes {
        artifacts.push(file(&team::path(lane.team), lane.team, team::emit(plan, lane, &teams, cx)?));
    }
    Ok(artifacts)
}
