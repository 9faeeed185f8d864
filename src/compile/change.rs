//! The part of a build that leads from the version that runs to this one: a runbook of the work between, and the files that change
//! devices and zones.

use std::collections::BTreeMap;

use super::inputs::{PartInputs, Since};
use super::runbook::runbook;
use crate::catalog::{change_catalog, step_catalog};
use crate::change::{self, DeviceKind, DeviceStage, RecordLine, RecordStage, StageKind};
use crate::emit::dns::DnsRecordChange;
use crate::emit::{self, Artifact, EmitContext, EmitError};
use crate::plan::Plans;
use crate::query::diff::{Moves, Version, diff};

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
    let mut devices = firewalls(old, new, &found.moved, inputs.dialects, &mut artifacts, cx)?;
    devices.extend(balancers(old, new, &found.moved, &mut artifacts, cx)?);
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
        records: &records,
    });
    artifacts.extend(emit::runbook::change(&plan, cx)?);
    Ok(artifacts)
}

/// The stages of a kind of device: `change` writes those of a pair that speaks the same dialect; others go and come whole.
fn stages<'p, P>(
    kind: DeviceKind,
    [old, new]: [&'p [P]; 2],
    moved: &Moves,
    read: fn(&P) -> (&str, &'static str),
    mut change: impl FnMut(&'p P, &'p P) -> Result<Vec<DeviceStage>, EmitError>,
) -> Result<Vec<DeviceStage>, EmitError> {
    let now: BTreeMap<&str, &P> = new.iter().map(|plan| (read(plan).0, plan)).collect();
    let mut stages = Vec::new();
    for before in old {
        let (path, dialect) = read(before);
        match now.get(moved.path(path).as_ref()) {
            Some(after) if read(after).1 == dialect => stages.extend(change(before, after)?),
            _ => stages.push(DeviceStage {
                kind,
                path: path.to_owned(),
                dialect,
                stage: StageKind::Gone,
                files: Vec::new(),
                back: Vec::new(),
                unwritten: None,
                values: Vec::new(),
            }),
        }
    }
    Ok(stages)
}

fn firewalls(
    old: Plans<'_>,
    new: Plans<'_>,
    moved: &Moves,
    _dialects: &[&str],
    _artifacts: &mut Vec<Artifact>,
    _cx: &EmitContext<'_>,
) -> Result<Vec<DeviceStage>, EmitError> {
    stages(
        DeviceKind::Firewall,
        [old.firewalls(), new.firewalls()],
        moved,
        |plan| (&plan.path, plan.dialect),
        |_, _| Ok(Vec::new()),
    )
}

fn balancers(
    old: Plans<'_>,
    new: Plans<'_>,
    moved: &Moves,
    _artifacts: &mut Vec<Artifact>,
    _cx: &EmitContext<'_>,
) -> Result<Vec<DeviceStage>, EmitError> {
    stages(
        DeviceKind::LoadBalancer,
        [old.balancers(), new.balancers()],
        moved,
        |plan| (&plan.path, plan.dialect),
        |_, _| Ok(Vec::new()),
    )
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
