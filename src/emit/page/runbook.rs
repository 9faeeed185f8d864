//! `runbook.html`: the runbook for the browser of the one who follows it. Its text is whole without a script; the script filters it,
//! copies commands, and keeps what is done.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::Kind;
use super::data::json;
use crate::catalog::Confidence;
use crate::emit::language::marked;
use crate::emit::runbook::view::{StepView, line, step};
use crate::emit::runbook::words::{minutes, work};
use crate::emit::{EmitContext, EmitError};
use crate::plan::runbook::{NetworkRow, Phase, RunbookPlan, ServerRow, ServiceRow, SourceRow, Step};

pub(super) const STYLES: &[&str] = &["page.css", "runbook.css"];
pub(super) const SCRIPTS: &[&str] = &["page.js", "progress.js", "runbook.js"];

/// A page with more steps than this would open slowly: it then says where they are.
const LARGEST: usize = 2_500;

/// A page with more steps lays out only what is in view.
const MANY: usize = 400;

/// So many steps of the critical path are named; the others are in `runbook.json`.
const NAMED: usize = 40;

/// The variables of one portion: the head, the steps of a phase, or the tail.
#[derive(Default, Serialize)]
struct View<'a> {
    head: Option<Head<'a>>,
    heading: Option<Heading<'a>>,
    steps: Vec<StepOfPage<'a>>,
    end: Option<End<'a>>,
    tail: Option<Tail<'a>>,
}

#[derive(Serialize)]
struct Head<'a> {
    count: usize,
    too_long: bool,
    many: bool,
    phases: Vec<Contents<'a>>,
    lanes: Vec<LaneView>,
    sites: BTreeSet<&'a str>,
    machines: BTreeSet<&'a str>,
    critical: Option<Critical<'a>>,
}

#[derive(Serialize)]
struct Contents<'a> {
    position: usize,
    title: &'a str,
    steps: Vec<Entry<'a>>,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: String,
}

#[derive(Serialize)]
struct LaneView {
    word: &'static str,
    title: &'static str,
    count: usize,
    work: String,
}

#[derive(Serialize)]
struct Critical<'a> {
    steps: Vec<&'a str>,
    more: usize,
    count: usize,
    work: String,
    wait: String,
}

#[derive(Serialize)]
struct Heading<'a> {
    position: usize,
    title: &'a str,
    about: &'a str,
}

#[derive(Serialize)]
struct StepOfPage<'a> {
    #[serde(flatten)]
    step: StepView<'a>,
    critical: bool,
}

#[derive(Serialize)]
struct End<'a> {
    title: &'a str,
    go: String,
    stop: String,
}

#[derive(Serialize)]
struct Tail<'a> {
    servers: &'a [ServerRow],
    services: &'a [ServiceRow],
    networks: &'a [NetworkRow],
    sources: &'a [SourceRow],
}

/// What the script reads.
#[derive(Serialize)]
struct Data<'a> {
    organization: &'a str,
    product: &'a str,
    steps: BTreeMap<&'a str, StepData<'a>>,
}

/// What steps are filtered by.
#[derive(Serialize)]
struct StepData<'a> {
    number: usize,
    row: &'a str,
    team: &'static str,
    site: Option<&'a str>,
    phase: usize,
    machines: &'a [String],
    critical: bool,
    risky: bool,
    /// What must be done before: rows, each with the numbers of its first and last step.
    after: Vec<(&'a str, usize, usize)>,
}

/// The page of a deployment.
pub(in crate::emit) fn runbook(plan: &RunbookPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let kind = Kind { template: "runbook", styles: STYLES, scripts: SCRIPTS, shown: "", product: plan.product };
    let is_too_long = plan.count > LARGEST;
    let critical: BTreeSet<&str> = plan.critical.steps.iter().map(String::as_str).collect();
    let mut page = kind.first(View { head: Some(head(plan, is_too_long)), ..View::default() }, cx)?;
    let phase = |phase: &Phase| {
        let steps = if is_too_long { &[] } else { phase.steps.as_slice() };
        let view = View {
            heading: Some(Heading { position: phase.position, title: &phase.title, about: &phase.about }),
            steps: steps.iter().map(|own| of_page(own, &critical)).collect(),
            end: Some(End { title: &phase.title, go: code_marked(&phase.go), stop: code_marked(&phase.stop) }),
            ..View::default()
        };
        kind.middle(view, cx)
    };
    for text in plan.phases.par_iter().map(phase).collect::<Result<Vec<_>, _>>()? {
        page += &text;
    }
    let tail = match is_too_long {
        true => Tail { servers: &[], services: &[], networks: &[], sources: &plan.sources },
        false => Tail { servers: &plan.servers, services: &plan.services, networks: &plan.networks, sources: &plan.sources },
    };
    let steps = plan.phases.iter().flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)));
    let steps = steps.take(if is_too_long { 0 } else { plan.count });
    let data = Data {
        organization: &plan.organization,
        product: plan.product,
        steps: steps.map(|(phase, step)| (step.id.as_str(), data_of(phase, step, &critical))).collect(),
    };
    Ok(page + &kind.last(View { tail: Some(tail), ..View::default() }, json(&data), cx)?)
}

fn of_page<'a>(own: &'a Step, critical: &BTreeSet<&str>) -> StepOfPage<'a> {
    StepOfPage { step: step(own, None), critical: critical.contains(own.id.as_str()) }
}

fn head(plan: &RunbookPlan, too_long: bool) -> Head<'_> {
    let path = &plan.critical;
    Head {
        count: plan.count,
        too_long,
        many: plan.count > MANY,
        phases: plan
            .phases
            .iter()
            .map(|phase| Contents {
                position: phase.position,
                title: &phase.title,
                steps: match too_long {
                    true => Vec::new(),
                    false => phase.steps.iter().map(|step| Entry { id: &step.id, title: line(&step.title) }).collect(),
                },
            })
            .collect(),
        lanes: plan
            .lanes
            .iter()
            .map(|lane| LaneView { word: lane.team.word(), title: lane.team.title(), count: lane.count, work: work(lane.work) })
            .collect(),
        sites: plan.steps().filter_map(|step| step.site.as_deref()).filter(|_| !too_long).collect(),
        machines: plan.steps().flat_map(|step| &step.machines).map(String::as_str).filter(|_| !too_long).collect(),
        critical: (!path.steps.is_empty()).then(|| Critical {
            steps: path.steps.iter().take(NAMED).map(String::as_str).collect(),
            more: path.steps.len().saturating_sub(NAMED),
            count: path.steps.len(),
            work: work(path.work),
            wait: minutes(path.wait),
        }),
    }
}

fn data_of<'a>(phase: &Phase, step: &'a Step, critical: &BTreeSet<&str>) -> StepData<'a> {
    StepData {
        number: step.number,
        row: step.row,
        team: step.team.word(),
        site: step.site.as_deref(),
        phase: phase.position,
        machines: &step.machines,
        critical: critical.contains(step.id.as_str()),
        risky: step.irreversible || step.confidence != Confidence::High,
        after: step.prerequisites.iter().map(|after| (after.row, after.first, after.last)).collect(),
    }
}

/// A sentence of the catalogue, with what is between backticks as code.
fn code_marked(text: &str) -> String {
    marked(text.split('`').enumerate().map(|(at, part)| (part, at % 2 == 1)))
}
