//! Files that lead from one version of the records to the next, a stage at a time, and back: updates for each zone, and a script for
//! the DNS Server of Windows for each view. Other forms are declarative: their file of the new build is the change.

mod dnscmd;
mod nsupdate;

use super::super::{Artifact, EmitContext, EmitError, Team};
use super::{file_name, made_from};
use crate::artifact::windows_lines;
use crate::catalog::DnsView;
use crate::plan::SourceRef;
use crate::plan::dns::{DnsPlan, DnsStage, RecordData, RecordSetChange, ZoneStage, between};

/// What one stage does to one zone, and the files for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsStageFiles {
    /// The view.
    pub view: DnsView,
    /// The zone.
    pub zone: String,
    /// Who maintains the zone, if it is not this deployment.
    pub owner: Option<String>,
    /// The declaration that its first record follows from.
    pub declared: Option<SourceRef>,
    /// The stage.
    pub stage: DnsStage,
    /// What changes.
    pub records: Vec<DnsRecordChange>,
    /// The longest time to live of these records before, in seconds.
    pub ttl_before: u32,
    /// The longest one afterwards.
    pub ttl: u32,
    /// The paths of the files that do it, of which one is used: the one for nsupdate first.
    pub forward: Vec<String>,
    /// The paths of the files that undo it, in the same order.
    pub back: Vec<String>,
    /// The files. A file for a whole view is with the first zone of the stage only.
    pub artifacts: Vec<Artifact>,
}

/// A change of the records of one name and type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DnsRecordChange {
    /// The name.
    pub owner: String,
    /// The type.
    pub r#type: &'static str,
    /// What the records say before; empty for a new name.
    pub old: Vec<String>,
    /// What they say afterwards; empty where they are deleted.
    pub new: Vec<String>,
}

/// Forwards or back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Forward,
    Back,
}

/// The files from one plan to another, by stage, view and zone; only stages that change something. A zone that only the new plan has
/// is in none of them (`plan::dns::between` lists it): its own files have all its records.
pub fn change(old: &DnsPlan, new: &DnsPlan, cx: &EmitContext<'_>) -> Result<Vec<DnsStageFiles>, EmitError> {
    let between = between(old, new);
    let mut files = Vec::new();
    for zones in between.stages.chunk_by(|a, b| (a.stage, a.view) == (b.stage, b.view)) {
        let mut of_view = script(zones, cx)?;
        for stage in zones {
            let mut artifacts = Vec::new();
            for way in [Way::Forward, Way::Back] {
                let content = nsupdate::emit(stage, way, cx)?;
                artifacts.push(artifact(update_path(stage, way), std::slice::from_ref(stage), content));
            }
            artifacts.append(&mut of_view);
            files.push(DnsStageFiles {
                view: stage.view,
                zone: stage.zone.to_string(),
                owner: stage.owner.clone(),
                declared: stage.sets.iter().flat_map(|set| &set.reasons).find_map(|reason| reason.declared.first().cloned()),
                stage: stage.stage,
                records: stage.sets.iter().map(record_change).collect(),
                ttl_before: stage.ttl_before(),
                ttl: stage.ttl(),
                forward: vec![update_path(stage, Way::Forward), script_path(stage, Way::Forward)],
                back: vec![update_path(stage, Way::Back), script_path(stage, Way::Back)],
                artifacts,
            });
        }
    }
    Ok(files)
}

/// The scripts for all zones of a view, forwards and back.
fn script(zones: &[ZoneStage], cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let Some(first) = zones.first() else { return Ok(Vec::new()) };
    let of = |way| Ok(artifact(script_path(first, way), zones, windows_lines(&dnscmd::emit(zones, way, cx)?)));
    [Way::Forward, Way::Back].into_iter().map(of).collect()
}

fn update_path(stage: &ZoneStage, way: Way) -> String {
    format!(
        "change/dns/{}/nsupdate/{}-{}.nsupdate",
        stage.view.word(),
        file_name(stage.zone.as_str()),
        stage_word(stage.stage, way)
    )
}

fn script_path(stage: &ZoneStage, way: Way) -> String {
    format!("change/dns/{}/{}.cmd", stage.view.word(), stage_word(stage.stage, way))
}

fn stage_word(stage: DnsStage, way: Way) -> String {
    match way {
        Way::Forward => stage.word().to_owned(),
        Way::Back => format!("{}-back", stage.word()),
    }
}

fn artifact(path: String, stages: &[ZoneStage], content: String) -> Artifact {
    let reasons = stages.iter().flat_map(|stage| &stage.sets).flat_map(|set| &set.reasons);
    Artifact { path, team: Team::Dns, made_from: made_from(reasons), content }
}

fn record_change(set: &RecordSetChange) -> DnsRecordChange {
    let text = |data: &[RecordData]| data.iter().map(ToString::to_string).collect();
    DnsRecordChange { owner: set.owner.to_string(), r#type: set.r#type.word(), old: text(&set.old), new: text(&set.new) }
}

/// What a stage does, for people.
fn what(stage: DnsStage, way: Way, ttl: u32) -> String {
    match (stage, way) {
        (DnsStage::Lower, Way::Forward) => format!("records that change or go away get a time to live of at most {ttl} seconds"),
        (DnsStage::Lower, Way::Back) => "records get the time to live of the earlier version again".to_owned(),
        (DnsStage::Add, Way::Forward) => "records that only the new version has are added".to_owned(),
        (DnsStage::Add, Way::Back) => "records that only the new version has are deleted again".to_owned(),
        (DnsStage::Switch, Way::Forward) => "names that lead elsewhere in the new version change".to_owned(),
        (DnsStage::Switch, Way::Back) => "names lead where they led in the earlier version".to_owned(),
        (DnsStage::Remove, Way::Forward) => "records that only the earlier version has are deleted".to_owned(),
        (DnsStage::Remove, Way::Back) => "records that only the earlier version has are added again".to_owned(),
        (DnsStage::Restore, Way::Forward) => "records get the time to live of the new version".to_owned(),
        (DnsStage::Restore, Way::Back) => "records get the time to live again that they had before the last stage".to_owned(),
    }
}

/// When a stage is done, for people; `before` is the longest time to live that its records have until then.
fn when(stage: DnsStage, way: Way, before: u32) -> String {
    match (stage, way) {
        (DnsStage::Lower, Way::Forward) => {
            format!("at least {before} seconds before the switch: resolvers keep an answer for that long")
        }
        (DnsStage::Add, Way::Forward) => "before the switch, as soon as the servers behind the names work".to_owned(),
        (DnsStage::Switch, Way::Forward) => {
            "once the servers behind the new answers work and the wait after `lower` is over".to_owned()
        }
        (DnsStage::Remove, Way::Forward) => "once nothing needs the names any more".to_owned(),
        (DnsStage::Restore, Way::Forward) => "once all checks passed and nothing has to be undone".to_owned(),
        (_, Way::Back) => "before the earlier stages are undone".to_owned(),
    }
}
