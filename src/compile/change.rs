//! The part of a build that leads from the version that runs to this one: a runbook of the work between, and the files that change
//! devices and zones.

use std::collections::BTreeMap;

use super::inputs::{PartInputs, Since};
use super::runbook::runbook;
use crate::catalog::{change_catalog, step_catalog};
use crate::change::{self, DeviceKind, DeviceStage, RecordLine, RecordStage, StageKind};
use crate::emit::balancer::BalancerStage;
use crate::emit::dns::DnsRecordChange;
use crate::emit::{self, Artifact, EmitContext, EmitError};
use crate::plan::Plans;
use crate::plan::balancer::BalancerPlan;
use crate::plan::device::Values;
use crate::plan::firewall::FirewallPlan;
use crate::query::diff::{Diff, Moves, State, Version, diff};

/// The runbook of the change, with its files.
pub(super) fn emit(inputs: &PartInputs<'_>, since: Since<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let Some(old) = since.compiled.plans() else { return Ok(Vec::new()) };
    let new = inputs.plans;
    let runbooks = [old, new].map(|plans| runbook(plans, inputs.dialects));
    let before = Version {
        name: since.name,
        plans: old,
        findings: &since.compiled.diags,
        whole: since.compiled.linted,
        runbook: &runbooks[0],
    };
    let after = Version { name: "this build", plans: new, findings: inputs.findings, whole: true, runbook: &runbooks[1] };
    let found = diff(before, after, None);
    let mut artifacts = Vec::new();
    let mut refused = BTreeMap::new();
    let mut devices = firewalls([old, new], &found.moved, inputs.dialects, (&mut artifacts, &mut refused), cx)?;
    devices.extend(balancers(old, new, &found, &mut artifacts, cx)?);
    let records = records(old, new, &mut artifacts, cx)?;
    let product = new.topology.organization.product;
    let plan = change::plan(&change::Inputs {
        old,
        new,
        since: since.name,
        diff: &found,
        old_runbook: &runbooks[0],
        new_runbook: &runbooks[1],
        rows: change_catalog(product),
        deployment: step_catalog(product),
        devices: &devices,
        refused: &refused,
        records: &records,
    });
    artifacts.extend(emit::runbook::change(&plan, cx)?);
    Ok(artifacts)
}

/// The stages of a kind of device: `change` gives those of a pair that speaks the same dialect; others go and come whole. `read` gives
/// the path of a device, its dialect, and what its operations call its files.
fn stages<'p, P>(
    kind: DeviceKind,
    [old, new]: [&'p [P]; 2],
    moved: &Moves,
    read: impl Fn(&P) -> (String, &'static str, Values),
    mut change: impl FnMut(&'p P, &'p P) -> Result<Vec<DeviceStage>, EmitError>,
) -> Result<Vec<DeviceStage>, EmitError> {
    let now: BTreeMap<String, (&P, &str)> =
        new.iter().map(|plan| (plan, read(plan))).map(|(plan, (path, dialect, _))| (path, (plan, dialect))).collect();
    let mut stages = Vec::new();
    for before in old {
        let (path, dialect, values) = read(before);
        match now.get(moved.path(&path).as_ref()) {
            Some((after, spoken)) if *spoken == dialect => stages.extend(change(before, after)?),
            _ => stages.push(DeviceStage {
                kind,
                path,
                dialect,
                stage: StageKind::Gone,
                files: Vec::new(),
                back: Vec::new(),
                values,
            }),
        }
    }
    Ok(stages)
}

/// The stages of firewalls, with their files; and why a firewall has none, by its path.
fn firewalls(
    [old, new]: [Plans<'_>; 2],
    moved: &Moves,
    dialects: &[&str],
    (artifacts, refused): (&mut Vec<Artifact>, &mut BTreeMap<String, String>),
    cx: &EmitContext<'_>,
) -> Result<Vec<DeviceStage>, EmitError> {
    let read = |plan: &FirewallPlan| (plan.path.clone(), plan.dialect, emit::firewall::device_values(plan, plan.dialect));
    stages(DeviceKind::Firewall, [old.firewalls(), new.firewalls()], moved, read, |before, after| {
        let files = emit::firewall::change(before, after, dialects, cx)?;
        artifacts.extend(files.beside);
        refused.extend(files.refused.map(|reason| (after.path.clone(), reason)));
        let stages = [(StageKind::Open, files.open), (StageKind::Close, files.close)];
        let mut found = Vec::new();
        for (stage, files) in stages.into_iter().filter_map(|(stage, files)| Some((stage, files?))) {
            artifacts.extend(files.artifacts);
            found.push(DeviceStage {
                kind: DeviceKind::Firewall,
                path: after.path.clone(),
                dialect: after.dialect,
                stage,
                files: files.forward,
                back: files.back,
                values: files.values,
            });
        }
        Ok(found)
    })
}

/// The stages of load balancers, with their files. One that takes a whole file is given that of the build: its running process serves
/// connections to their end, so servers that leave are drained by it.
fn balancers(
    old: Plans<'_>,
    new: Plans<'_>,
    found: &Diff,
    artifacts: &mut Vec<Artifact>,
    cx: &EmitContext<'_>,
) -> Result<Vec<DeviceStage>, EmitError> {
    let changes: BTreeMap<&str, _> = found.balancers.iter().map(|change| (change.balancer.as_str(), change)).collect();
    let read = |plan: &BalancerPlan| (plan.path.clone(), plan.dialect, emit::balancer::device_values(plan.dialect));
    stages(DeviceKind::LoadBalancer, [old.balancers(), new.balancers()], &found.moved, read, |before, after| {
        let stage = |stage, files, back, values| DeviceStage {
            kind: DeviceKind::LoadBalancer,
            path: after.path.clone(),
            dialect: after.dialect,
            stage,
            files,
            back,
            values,
        };
        let mut stages = Vec::new();
        let files = emit::balancer::change(before, after, cx)?;
        for files in files.stages {
            artifacts.extend(files.artifacts);
            let kind = match files.stage {
                BalancerStage::Open => StageKind::Open,
                BalancerStage::Drain => StageKind::Drain,
                BalancerStage::Close => StageKind::Close,
            };
            stages.push(stage(kind, files.forward, files.back, files.values));
        }
        let change = changes.get(after.path.as_str());
        stages.extend(change.zip(files.whole).map(|(change, file)| {
            let leaves = change.listeners.iter().any(|listener| listener.state == State::Removed || !listener.removed.is_empty());
            let kind = if leaves { StageKind::Drain } else { StageKind::Open };
            stage(kind, vec![file], Vec::new(), emit::balancer::device_values(after.dialect))
        }));
        Ok(stages)
    })
}

/// The stages of zones, with their files. A zone that is new is loaded with its own files, by the steps of the deployment.
fn records(
    old: Plans<'_>,
    new: Plans<'_>,
    artifacts: &mut Vec<Artifact>,
    cx: &EmitContext<'_>,
) -> Result<Vec<RecordStage>, EmitError> {
    let organization = &new.topology.organization;
    let mut stages = Vec::new();
    for files in emit::dns::change(old.dns(), new.dns(), cx)? {
        let whole = || new.lines.source_ref(&organization.name, Some(organization.span));
        let line =
            |change: DnsRecordChange| RecordLine { name: change.owner, kind: change.r#type, old: change.old, new: change.new };
        artifacts.extend(files.artifacts);
        stages.push(RecordStage {
            view: files.view,
            zone: files.zone,
            owner: files.owner,
            stage: files.stage,
            ttl_before: files.ttl_before,
            ttl: files.ttl,
            records: files.records.into_iter().map(line).collect(),
            files: files.forward,
            back: files.back,
            declared: files.declared.unwrap_or_else(whole),
        });
    }
    Ok(stages)
}
