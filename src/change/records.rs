//! Zones: the stages in which their records change.

use super::values::{Named, files, notes, setting};
use super::{Declarations, Inputs};
use crate::catalog::DnsView;
use crate::plan::SourceRef;
use crate::plan::dns::DnsStage;
use crate::plan::runbook::{Item, Value};
use crate::query::diff::{State, ZoneChange};

/// Records of one name and type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: &'static str,
    /// What they say before the stage.
    pub old: Vec<String>,
    /// What they say after it.
    pub new: Vec<String>,
}

/// A stage in which a zone changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordStage {
    /// Who asks.
    pub view: DnsView,
    /// The zone.
    pub zone: String,
    /// Who keeps it, if that is another team.
    pub owner: Option<String>,
    /// What happens.
    pub stage: DnsStage,
    /// The time to live before, in seconds.
    pub ttl_before: u32,
    /// The time to live after it.
    pub ttl: u32,
    /// The records, by name and type.
    pub records: Vec<RecordLine>,
    /// The files that do it, one for each tool, below the output folder.
    pub files: Vec<String>,
    /// The files that undo it.
    pub back: Vec<String>,
    /// The declaration that the zone follows from.
    pub declared: SourceRef,
}

/// The stages of all zones.
pub(super) fn values(stages: &[RecordStage]) -> Vec<Named> {
    stages.iter().map(values_of).collect()
}

fn values_of(stage: &RecordStage) -> Named {
    let line = |record: &RecordLine| -> Item {
        vec![
            ("name", Value::Name(record.name.clone())),
            ("type", Value::Word(record.kind)),
            ("old", Value::codes(&record.old)),
            ("new", Value::codes(&record.new)),
        ]
    };
    let is = |kind: DnsStage| Value::flag(stage.stage == kind);
    Named::new(format!("{}.{}", stage.view.word(), stage.zone), stage.declared.clone())
        .with("zone", Value::Name(stage.zone.clone()))
        .with("view", Value::Word(stage.view.word()))
        .with_some("owner", stage.owner.clone().map(Value::Text))
        .with_some("lowering", is(DnsStage::Lower))
        .with_some("adding", is(DnsStage::Add))
        .with_some("switching", is(DnsStage::Switch))
        .with_some("removing", is(DnsStage::Remove))
        .with_some("restoring", is(DnsStage::Restore))
        .with("ttl_before", Value::Number(stage.ttl_before.into()))
        .with("ttl", Value::Number(stage.ttl.into()))
        .with("changes", Value::List(stage.records.iter().map(line).collect()))
        .with_some("files", files(&stage.files))
        .with_some("back_files", files(&stage.back))
}

/// Zones of both versions whose heads differ.
pub(super) fn heads(inputs: &Inputs<'_>, declared: &Declarations) -> Vec<Named> {
    let organization = &inputs.new.topology.organization.name;
    let named = |change: &ZoneChange| {
        let differences = notes(change.settings.iter().map(setting).collect())?;
        let named = Named::new(format!("{}.{}", change.view.word(), change.zone), declared.of(organization))
            .with("zone", Value::Name(change.zone.clone()))
            .with("view", Value::Word(change.view.word()))
            .with("differences", differences);
        Some(named)
    };
    inputs.diff.zones.iter().filter(|change| change.state == State::Changed).filter_map(named).collect()
}
