//! Steps of the deployment in a change: new ones as they are, different ones as what differs, gone ones as their way back. What a
//! stage of a device or a zone does already is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::certificates::{assigned_again, reissued};
use super::values::{Named, notes, text};
use super::{Declarations, DeviceKind, Inputs, Placed, StageKind};
use crate::catalog::StepRow;
use crate::catalog::step::Scope;
use crate::plan::certificate::Certificate;
use crate::plan::runbook::{Check, Item, Line, Phase, RunbookPlan, Step, Value};
use crate::query::diff::{FirewallChange, State};

/// Where the own steps of a change are among those of the deployment in a phase: behind them.
pub(super) const OWN: usize = 1_000_000;

/// How a phase takes the steps that no other phase takes.
pub(super) const OTHERS: &str = "others";

/// Said of a step that the old version has too.
const AGAIN: &str = "Done again for this version.";

/// Said of a step that only the new version has.
const NEW: &str = "New with this version.";

/// Said of a step for a computer that has another name in the new version.
const RENAMED: &str = "The computer has another name now: what it serves is down until all of its steps are done.";

/// The steps that differ, by what is done about them.
pub(super) struct Differing<'a> {
    /// Steps of the new version that are done as they are, with the reason.
    whole: BTreeMap<&'a str, (&'a Step, &'static str)>,
    /// Steps of the old version of computers that have another name in the new one: they are taken back before these are deployed.
    renamed: Vec<&'a Step>,
    /// Steps of both of which a part differs.
    parts: Vec<(&'a Step, &'a Step)>,
    /// Steps of the old version that are taken back, last first.
    gone: Vec<&'a Step>,
}

impl<'a> Differing<'a> {
    pub(super) fn new(inputs: &Inputs<'a>) -> Self {
        let rows: BTreeMap<&str, &StepRow> = inputs.deployment.steps.iter().map(|row| (row.id.as_str(), row)).collect();
        let scope = |step: &Step| rows.get(step.row).map_or(Scope::Organization, |row| row.scope);
        let mut found = Self { whole: BTreeMap::new(), renamed: Vec::new(), parts: Vec::new(), gone: Vec::new() };
        let (before, after) = (by_id(inputs.old_runbook), by_id(inputs.new_runbook));
        let devices = Devices::new(inputs);
        for change in &inputs.diff.steps {
            let new = after.get(change.id.as_str()).copied().filter(|_| change.state != State::Removed);
            let old = change.old_id.as_deref().and_then(|id| before.get(id).copied());
            match (old, new) {
                (None, Some(new)) => {
                    found.whole.insert(&new.id, (new, NEW));
                }
                (Some(old), None) if !done_otherwise(scope(old)) => found.gone.push(old),
                // Stages and the steps of devices and certificates do it.
                (Some(_), Some(new)) if done_otherwise(scope(new)) => {}
                // What has another name is another machine to the product: it is taken back and deployed.
                (Some(old), Some(new)) if old.title != new.title && old.about != new.about => {
                    found.renamed.push(old);
                    found.whole.insert(&new.id, (new, RENAMED));
                }
                (Some(old), Some(new)) => found.parts.push((old, new)),
                _ => {}
            }
        }
        found.gone.sort_by_key(|step| std::cmp::Reverse(step.number));
        found.renamed.sort_by_key(|step| std::cmp::Reverse(step.number));
        // The text of such a step may be the same, for it names files and not what is in them.
        for step in inputs.new_runbook.steps().filter(|step| devices.loaded_whole(scope(step), step)) {
            found.whole.entry(&step.id).or_insert((step, AGAIN));
        }
        found.reissue(inputs, scope);
        let reassigned = assigned_again(inputs);
        found.parts.retain(|(_, new)| !found.whole.contains_key(new.id.as_str()) && !reassigned.contains(new.id.as_str()));
        found
    }

    /// A certificate that is issued anew is requested and installed as the first one was.
    fn reissue(&mut self, inputs: &Inputs<'a>, scope: impl Fn(&Step) -> Scope) {
        let things: BTreeSet<String> = reissued(inputs).into_iter().map(Certificate::thing).collect();
        let renamed = self.whole.values().filter(|(_, note)| *note == RENAMED).map(|(step, _)| step.about.as_str());
        let renamed: BTreeSet<&str> = renamed.collect();
        for step in inputs.new_runbook.steps().filter(|step| scope(step) == Scope::Certificate) {
            let own = step.id.strip_prefix(step.row).and_then(|rest| rest.strip_prefix('.'));
            if own.is_some_and(|thing| things.contains(thing)) {
                let note = if renamed.contains(step.about.as_str()) { RENAMED } else { AGAIN };
                self.whole.entry(&step.id).or_insert((step, note));
            }
        }
    }
}

fn by_id(runbook: &RunbookPlan) -> BTreeMap<&str, &Step> {
    runbook.steps().map(|step| (step.id.as_str(), step)).collect()
}

/// Devices that differ, and those that stages lead to the new version.
struct Devices<'a> {
    differ: BTreeSet<(DeviceKind, &'a str)>,
    in_stages: BTreeSet<(DeviceKind, &'a str)>,
}

impl<'a> Devices<'a> {
    fn new(inputs: &Inputs<'a>) -> Self {
        // A firewall of which only texts differ is left as it is.
        let packets = |change: &&FirewallChange| {
            !(change.allowed.is_empty() && change.blocked.is_empty() && change.nats.is_empty() && change.settings.is_empty())
        };
        let firewalls = inputs.diff.firewalls.iter().filter(packets);
        let firewalls = firewalls.map(|change| (DeviceKind::Firewall, change.firewall.as_str()));
        let balancers = inputs.diff.balancers.iter().map(|change| (DeviceKind::LoadBalancer, change.balancer.as_str()));
        let stages = inputs.devices.iter().filter(|stage| stage.stage != StageKind::Gone);
        Self {
            differ: firewalls.chain(balancers).collect(),
            in_stages: stages.map(|stage| (stage.kind, stage.path.as_str())).collect(),
        }
    }

    /// Whether the step of a device loads it as a whole, for nothing else leads it to the new version.
    fn loaded_whole(&self, scope: Scope, step: &Step) -> bool {
        let kind = match scope {
            Scope::Firewall => DeviceKind::Firewall,
            Scope::LoadBalancer => DeviceKind::LoadBalancer,
            _ => return false,
        };
        let device = (kind, step.about.as_str());
        self.differ.contains(&device) && !self.in_stages.contains(&device)
    }
}

/// Whether stages, or steps of a change, do what such a step does.
fn done_otherwise(scope: Scope) -> bool {
    matches!(scope, Scope::Firewall | Scope::LoadBalancer | Scope::Zone | Scope::Certificate)
}

/// The phases of a change that take the steps of the deployment.
struct Taking<'a> {
    inputs: &'a Inputs<'a>,
    rows: BTreeMap<&'a str, &'a StepRow>,
}

impl<'a> Taking<'a> {
    fn new(inputs: &'a Inputs<'a>) -> Self {
        Self { inputs, rows: inputs.deployment.steps.iter().map(|row| (row.id.as_str(), row)).collect() }
    }

    /// Where servers are deployed.
    fn others(&self) -> usize {
        self.inputs.rows.phases.iter().position(|phase| phase.takes.iter().any(|takes| takes == OTHERS)).unwrap_or(0)
    }

    fn is_of_firewall(&self, step: &Step) -> bool {
        self.rows.get(step.row).is_some_and(|row| row.scope == Scope::Firewall)
    }

    fn phase(&self, step: &Step) -> usize {
        let words = self.rows.get(step.row).map(|row| [row.scope.word(), row.phase.as_str()]).unwrap_or_default();
        let phases = &self.inputs.rows.phases;
        let takes = |word: &str| phases.iter().position(|phase| phase.takes.iter().any(|takes| takes == word));
        words.into_iter().find_map(takes).or_else(|| takes(OTHERS)).unwrap_or(0)
    }
}

/// The steps that are done as they are, each in its phase.
pub(super) fn deployment(inputs: &Inputs<'_>, differing: &Differing<'_>) -> Vec<Placed> {
    let taking = Taking::new(inputs);
    let placed = |(step, note): &(&Step, &'static str)| Placed {
        phase: if *note == RENAMED { taking.others() } else { taking.phase(step) },
        rank: (step.number, 0),
        step: (*step).clone(),
        note: Some(match inputs.refused.get(&step.about).filter(|_| taking.is_of_firewall(step)) {
            Some(reason) => format!("{note} No file leads from one version to the other: {reason}."),
            None => (*note).to_owned(),
        }),
    };
    differing.whole.values().map(placed).collect()
}

/// What steps are about that change others, or take them back.
pub(super) fn values(inputs: &Inputs<'_>, differing: &Differing<'_>, declared: &Declarations) -> Vec<Named> {
    let taking = Taking::new(inputs);
    let named = |step: &Step| {
        Named::new(step.id.clone(), declared.of(&step.about))
            .with("id", Value::Code(step.id.clone()))
            .with("what", Value::Line(step.title.clone()))
            .with("whom", Value::Line(step.who.clone()))
            .with("site_of_work", Value::Line(step.place.clone()))
            .with("way_back", Value::Line(way_back(step)))
            .by(step)
    };
    let parts = differing.parts.iter().map(|(old, new)| {
        let (before, mut now) = (said(old), said(new));
        let only = |these: &[Line], those: &[Line]| -> Vec<Line> {
            these.iter().filter(|line| !those.contains(line)).cloned().collect()
        };
        let no_longer = only(&before, &now);
        now = only(&now, &before);
        let looks: Vec<Item> = new.checks.iter().filter(|check| !old.checks.contains(check)).map(look).collect();
        if now.is_empty() && no_longer.is_empty() && looks.is_empty() {
            now.push(with(&Line(vec![text("Repeat it; now it concerns")]), &only_new(&old.place, &new.place, &[])));
        }
        named(new)
            .with("site_of_work", Value::Line(only_new(&old.place, &new.place, &now)))
            .like(new)
            .with("differs", Value::Flag)
            .with_some("now", notes(now))
            .with_some("no_longer", notes(no_longer))
            .with_some("looks", Value::list(looks))
            .placed(Some(taking.phase(new)), Some(new.number))
    });
    let taken_back = |step: &&Step| named(step).with("taken_back", Value::Flag);
    let gone = differing.gone.iter().map(taken_back);
    // Before every step of the deployment, for its computer is the one that gets another name.
    let renamed = differing.renamed.iter().map(taken_back).map(|named| named.placed(Some(taking.others()), Some(0)));
    renamed.chain(parts).chain(gone).collect()
}

/// Where the work is: if computers are new and everything that is done names one of them, only on these.
fn only_new(old: &Line, new: &Line, now: &[Line]) -> Line {
    let hosts = |line: &Line| -> Option<Vec<String>> {
        let [run] = line.0.as_slice() else { return None };
        run.code.then(|| run.text.split(", ").map(str::to_owned).collect())
    };
    let (Some(before), Some(after)) = (hosts(old), hosts(new)) else { return new.clone() };
    let added: Vec<String> = after.iter().filter(|host| !before.contains(host)).cloned().collect();
    let names_one = |line: &Line| added.iter().any(|host| line.plain().contains(host.as_str()));
    match !added.is_empty() && before.iter().all(|host| after.contains(host)) && now.iter().all(names_one) {
        true => Line(vec![super::values::code(added.join(", "))]),
        false => new.clone(),
    }
}

fn with(before: &Line, line: &Line) -> Line {
    Line(before.0.iter().cloned().chain([text(" ")]).chain(line.0.clone()).collect())
}

/// The way back from a step in one line.
fn way_back(step: &Step) -> Line {
    let points = step.undo.iter().flat_map(|point| &point.items);
    points.fold(step.rollback.clone(), |line, item| {
        let commands = item.commands.iter().map(|command| Line(vec![super::values::code(command)]));
        commands.fold(with(&line, &item.text), |line, command| with(&line, &command))
    })
}

/// A check of a step as a check of another.
fn look(check: &Check) -> Item {
    let look = check.look.clone().unwrap_or_else(|| Line(Vec::new()));
    vec![
        ("line", Value::Line(look)),
        ("command", Value::Command(check.command.iter().cloned().collect())),
        ("expect", Value::Line(check.expect.clone())),
    ]
}

/// Everything that is done in a step, a line each.
fn said(step: &Step) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(step.tool.iter().map(|tool| with(&Line(vec![text("Tool:")]), tool)));
    let typed = |line: &String| Line(vec![super::values::code(line.trim())]);
    for instruction in step.instructions.iter().chain(&step.alternative) {
        match instruction.items.as_slice() {
            [] => lines.push(instruction.text.clone()),
            items => lines.extend(items.iter().map(|item| {
                let commands = item.commands.iter().map(typed);
                commands.fold(with(&instruction.text, &item.text), |line, command| with(&line, &command))
            })),
        }
        lines.extend(instruction.values.iter().chain(&instruction.commands).map(typed));
    }
    lines
}

/// What a step waits for, where it is in the change; all else was done for the old version.
pub(super) fn keep_prerequisites(phases: &mut [Phase]) {
    let rows: BTreeSet<&str> = phases.iter().flat_map(|phase| &phase.steps).map(|step| step.row).collect();
    for step in phases.iter_mut().flat_map(|phase| &mut phase.steps) {
        step.prerequisites.retain(|earlier| rows.contains(earlier.row));
    }
}
