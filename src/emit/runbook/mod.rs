//! The runbook plan to files for the people who build the deployment.

mod book;
mod json;
mod markdown;
#[cfg(test)]
mod samples;
mod tasks;
mod team;
pub(super) mod view;
pub(super) mod words;

pub use markdown::change;

use rayon::prelude::*;

use self::book::Book;
use super::{Artifact, EmitContext, Halt, Sink, Team, page, put};
use crate::plan::runbook::RunbookPlan;

/// The runbook of a deployment in all its forms, and a page for each team.
pub fn emit(plan: &RunbookPlan, cx: &EmitContext<'_>, sink: &dyn Sink) -> Result<(), Halt> {
    let file = |path: &str, team, content| {
        put(sink, Artifact { path: path.to_owned(), team, made_from: vec![plan.organization.clone()], content })
    };
    let book = Book::new(plan);
    let in_folder = |name: &str, content| file(&format!("runbook/{name}"), Team::Deployment, content);
    let teams = || {
        let teams = team::Teams::new(plan);
        let pages =
            plan.lanes.par_iter().map(|lane| file(&team::path(lane.team), lane.team, team::emit(plan, lane, &teams, "..", cx)?));
        // All pages are made before an error is returned, so which error it is does not depend on the threads.
        pages.collect::<Vec<Result<(), Halt>>>().into_iter().collect()
    };
    let whole = || file("runbook/runbook.html", Team::Deployment, page::runbook(plan, cx)?);
    let tasks = || file("runbook/tasks.csv", Team::Deployment, tasks::emit(plan, cx));
    let pages = || markdown::emit(plan, &book, cx, in_folder);
    let steps = || json::emit(plan, &book, cx, in_folder);
    // The table and the pages of teams start first: each is made by one thread, which would work alone at the end.
    let (first, others) = rayon::join(|| rayon::join(tasks, teams), || rayon::join(|| rayon::join(pages, steps), whole));
    let ((tasks, teams), ((pages, steps), whole)) = (first, others);
    pages.and(steps).and(whole).and(tasks).and(teams)
}

/// The part of one team, which needs nothing of the others: its page, and its steps in full. A team without steps has none.
pub fn of_team(plan: &RunbookPlan, team: Team, cx: &EmitContext<'_>, sink: &dyn Sink) -> Result<(), Halt> {
    let Some(lane) = plan.lanes.iter().find(|lane| lane.team == team) else { return Ok(()) };
    let own = plan.of_team(team);
    let file = |path: String, content| put(sink, Artifact { path, team, made_from: vec![plan.organization.clone()], content });
    let folder = format!("runbook/teams/{}", team.word());
    file(team::path(team), team::emit(&own, lane, &team::Teams::new(plan), team.word(), cx)?)?;
    markdown::emit(&own, &Book::new(&own), cx, |page, text| file(format!("{folder}/{page}"), text))?;
    file(format!("{folder}/tasks.csv"), tasks::emit(&own, cx))
}
