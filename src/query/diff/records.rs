//! Names: the records that differ, by view, name and type.

use std::collections::BTreeMap;

use serde::Serialize;

use super::State;
use super::cause::{Cause, Causes};
use super::pairs::pairs;
use crate::catalog::DnsView;
use crate::plan::Plans;
use crate::plan::dns::{Record, Zone};

/// The records of one name and type in a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordChange {
    /// Who asks.
    pub view: DnsView,
    /// The zone that holds it: of the new version, where it is there.
    pub zone: String,
    /// The name.
    pub name: String,
    /// The type.
    pub kind: &'static str,
    /// Whether the name came, went or leads elsewhere.
    pub state: State,
    /// What it said.
    pub old: Vec<String>,
    /// What it says.
    pub new: Vec<String>,
    /// For how many seconds resolvers may keep the old answer: as long as this the time to live must be lowered beforehand. Absent
    /// for a new name.
    pub kept: Option<u32>,
    /// What it follows from.
    pub causes: Vec<Cause>,
}

/// The records of one name and type in a version.
struct Records<'p> {
    zone: &'p Zone,
    records: Vec<&'p Record>,
}

impl Records<'_> {
    fn data(&self) -> Vec<String> {
        let mut data: Vec<String> = self.records.iter().map(|record| record.data.to_string()).collect();
        data.sort();
        data
    }
}

pub(super) fn compare(old: Plans<'_>, new: Plans<'_>, causes: &Causes<'_>) -> Vec<RecordChange> {
    let all = pairs(by_name(old), by_name(new));
    let changes = all.into_iter().filter_map(|((view, name, kind), (old, new))| {
        let data = |records: &Option<Records<'_>>| records.as_ref().map(Records::data).unwrap_or_default();
        let (before, after) = (data(&old), data(&new));
        if before == after {
            return None;
        }
        let zone = new.as_ref().or(old.as_ref()).map(|records| records.zone.name.to_string())?;
        let state = State::of(&old, &new);
        let kept = old.as_ref().map(|records| records.zone.ttl);
        // Of a name that leads elsewhere, what it says now is what is new; both sides may name the cause.
        let sides = [old, new];
        let records = sides.iter().flatten().flat_map(|side| &side.records);
        let reasons = records.flat_map(|record| &record.reasons);
        Some(RecordChange {
            view,
            zone,
            name: name.to_owned(),
            kind,
            state,
            old: before,
            new: after,
            kept,
            causes: causes.of_reasons(reasons, []),
        })
    });
    changes.collect()
}

fn by_name<'p>(plans: Plans<'p>) -> BTreeMap<(DnsView, &'p str, &'static str), Records<'p>> {
    let mut all: BTreeMap<_, Records<'p>> = BTreeMap::new();
    for (view, zone, record) in plans.dns().records() {
        let key = (view, record.owner.as_str(), record.data.record_type().word());
        all.entry(key).or_insert_with(|| Records { zone, records: Vec::new() }).records.push(record);
    }
    all
}
