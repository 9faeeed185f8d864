//! The work from one version of a topology to the next, in an order that keeps what runs working: what is lowered, opened and added
//! comes before what depends on it, what is drained and removed after it.
//! Input: both versions with their plans and runbooks, their [`Diff`], and the files that change devices and zones. Output: a
//! [`ChangePlan`], a runbook. Knows nothing of Markdown or dialects.

mod certificates;
mod devices;
mod records;
mod steps;
mod values;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use devices::{DeviceKind, DeviceStage, StageKind};
pub use records::{RecordLine, RecordStage};

use crate::catalog::step::Scope;
use crate::catalog::{StepCatalog, StepRow};
use crate::plan::runbook::{CriticalPath, Filler, Known, Phase, RunbookPlan, Step, lanes, sources};
use crate::plan::{Plans, Reason, SourceRef};
use crate::query::diff::Diff;
use values::{Named, OfStep};

/// What a change is planned from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The version that runs.
    pub old: Plans<'a>,
    /// The version that is to run.
    pub new: Plans<'a>,
    /// What the reader calls the version that runs.
    pub since: &'a str,
    /// What differs.
    pub diff: &'a Diff,
    /// The runbook of the version that runs.
    pub old_runbook: &'a RunbookPlan,
    /// The runbook of the version that is to run.
    pub new_runbook: &'a RunbookPlan,
    /// The steps of a change.
    pub rows: &'static StepCatalog,
    /// The steps of the deployment.
    pub deployment: &'a StepCatalog,
    /// The stages in which firewalls and load balancers change, with their files.
    pub devices: &'a [DeviceStage],
    /// Why no files lead a firewall to the new version, by its path there.
    pub refused: &'a BTreeMap<String, String>,
    /// The stages in which zones change, with their files.
    pub records: &'a [RecordStage],
}

/// The runbook of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangePlan {
    /// Its steps, in the phases of a change.
    pub runbook: RunbookPlan,
    /// What the reader calls the version that runs.
    pub since: String,
    /// Whether the product release is another one.
    pub is_other_release: bool,
    /// Why a step of the deployment is there, by its id; steps of the change have none.
    pub notes: BTreeMap<String, String>,
}

/// One step in its phase, with what orders it there.
struct Placed {
    phase: usize,
    /// The number of the step in its runbook, or behind them the position of its row; and of what it is about.
    rank: (usize, usize),
    step: Step,
    note: Option<String>,
}

/// Plans the work. Without anything to do there are no steps.
pub fn plan(inputs: &Inputs<'_>) -> ChangePlan {
    let declared = Declarations::new(inputs);
    let differing = steps::Differing::new(inputs);
    let mut placed = steps::deployment(inputs, &differing);
    placed.extend(own(inputs, Scope::FirewallStage, devices::values(inputs, &declared, DeviceKind::Firewall)));
    placed.extend(own(inputs, Scope::BalancerStage, devices::values(inputs, &declared, DeviceKind::LoadBalancer)));
    placed.extend(own(inputs, Scope::RecordStage, records::values(inputs.records)));
    placed.extend(own(inputs, Scope::ZoneHead, records::heads(inputs, &declared)));
    placed.extend(own(inputs, Scope::CertificateChange, certificates::values(inputs, &declared)));
    placed.extend(own(inputs, Scope::ChangedStep, steps::values(inputs, &differing, &declared)));
    if !placed.is_empty() {
        let organization = &inputs.new.topology.organization;
        let whole = Named::new(organization.name.clone(), declared.of(&organization.name));
        placed.extend(own(inputs, Scope::Organization, vec![whole]));
    }
    placed.sort_by_key(|placed| (placed.phase, placed.rank));
    book(inputs, placed)
}

/// The steps of a change that are done for each of these things.
fn own(inputs: &Inputs<'_>, scope: Scope, things: Vec<Named>) -> Vec<Placed> {
    let mut placed = Vec::new();
    for (position, row) in inputs.rows.steps.iter().enumerate().filter(|(_, row)| row.scope == scope) {
        for (at, thing) in things.iter().enumerate() {
            let has = |name: &String| thing.has(name);
            if row.needs.iter().all(has) && !row.lacks.iter().any(has) {
                let (own_phase, number) = thing.place;
                let phase = own_phase.or_else(|| inputs.rows.phase(&row.phase)).unwrap_or(0);
                // Among the steps of the deployment, a number says where.
                let among = own_phase.is_some() || inputs.rows.phases[phase].takes.iter().any(|takes| takes == steps::OTHERS);
                let rank = match number.filter(|_| among) {
                    Some(number) => (number, at),
                    None if phase == 0 => (0, position),
                    None => (steps::OWN + position, at),
                };
                placed.push(Placed { phase, rank, step: filled(row, thing), note: None });
            }
        }
    }
    placed
}

fn filled(row: &'static StepRow, thing: &Named) -> Step {
    let filler = Filler::new(thing);
    let mut reason = Reason::new(row.id.clone(), row.why.clone(), &row.provenance);
    reason.declared = vec![thing.declared.clone()];
    let OfStep { team, site, machines, wait, irreversible } = thing.of_step.clone();
    Step {
        id: format!("{}.{}", row.id, thing.id),
        number: 0,
        row: &row.id,
        about: thing.declared.path.clone(),
        team: team.unwrap_or(row.team),
        site,
        machines,
        title: filler.line(&row.title),
        who: filler.line(&row.who),
        place: filler.line(&row.place),
        tool: row.tool.as_ref().map(|tool| filler.line(tool)),
        prerequisites: Vec::new(),
        instructions: filler.instructions(&row.instructions),
        alternative: filler.instructions(&row.alternative),
        checks: filler.checks(&row.verify),
        rollback: filler.line(&row.rollback),
        undo: filler.instructions(&row.undo),
        irreversible: row.irreversible || irreversible,
        confidence: reason.confidence,
        time: filler.time(&row.time),
        wait: row.wait.as_ref().map(|wait| filler.line(wait)).or(wait),
        reasons: vec![reason],
        files: filler.files(),
    }
}

/// The steps with their numbers, cut into phases.
fn book(inputs: &Inputs<'_>, placed: Vec<Placed>) -> ChangePlan {
    let notes = placed.iter().filter_map(|placed| Some((placed.step.id.clone(), placed.note.clone()?))).collect();
    let count = placed.len();
    let mut phases: Vec<(usize, Phase)> = Vec::new();
    for (at, placed) in placed.into_iter().enumerate() {
        let number = at + 1;
        if phases.last().is_none_or(|(phase, _)| *phase != placed.phase) {
            let row = &inputs.rows.phases[placed.phase];
            let phase = Phase { position: phases.len() + 1, ..Phase::begin(row, number) };
            phases.push((placed.phase, phase));
        }
        if let Some((_, phase)) = phases.last_mut() {
            phase.last = number;
            phase.steps.push(Step { number, ..placed.step });
        }
    }
    let mut phases: Vec<Phase> = phases.into_iter().map(|(_, phase)| phase).collect();
    steps::keep_prerequisites(&mut phases);
    let organization = &inputs.new.topology.organization;
    let runbook = RunbookPlan {
        organization: organization.name.clone(),
        product: organization.product.title(),
        count,
        sources: sources(inputs.new.catalog, &phases),
        lanes: lanes(&phases),
        critical: CriticalPath::default(),
        phases,
        servers: Vec::new(),
        services: Vec::new(),
        networks: Vec::new(),
    };
    let is_other_release = inputs.old.topology.organization.product != organization.product;
    ChangePlan { runbook, since: inputs.since.to_owned(), is_other_release, notes }
}

/// Where things are declared: in the new version, else in the old.
struct Declarations {
    by_path: BTreeMap<String, SourceRef>,
}

impl Declarations {
    fn new(inputs: &Inputs<'_>) -> Self {
        let of = |plans: Plans<'_>| -> Vec<(String, SourceRef)> {
            let declared = |(path, span): (String, _)| (path.clone(), plans.lines.source_ref(path, Some(span)));
            plans.topology.declarations().map(declared).collect()
        };
        // Of two of one path the later counts.
        Self { by_path: of(inputs.old).into_iter().chain(of(inputs.new)).collect() }
    }

    fn of(&self, path: &str) -> SourceRef {
        self.by_path.get(path).cloned().unwrap_or_else(|| SourceRef { path: path.to_owned(), place: None, shown: false })
    }
}
