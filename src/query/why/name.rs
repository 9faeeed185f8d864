//! Why a name is in DNS: `dns sip.contoso.com A`.

use std::collections::{BTreeMap, BTreeSet};

use super::{MissingFeature, MissingRecord, NameAnswer, NameQuestion, PlannedRecord, RecordReason};
use crate::catalog::{DnsView, NameRow, RecordType, facts};
use crate::diag;
use crate::plan::dns::{self, DnsPlan, Record, Zone};
use crate::plan::{Plans, Reason};
use crate::product::Feature;
use crate::query::answer::Grounds;
use crate::query::what_if::with_features;

/// The rows of the release, by id.
type Rows = BTreeMap<&'static str, &'static NameRow>;

/// Answers it; the error, for a name that no topology of this kind has, is text for people.
pub(super) fn answer(question: &NameQuestion, plans: Plans<'_>) -> Result<NameAnswer, String> {
    let rows = facts::<NameRow>(plans.topology.organization.product);
    let rows: Rows = rows.iter().map(|row| (row.id.as_str(), row)).collect();
    let records: Vec<PlannedRecord> =
        of(plans.dns(), question).map(|(view, zone, record)| planned(view, zone, record, &rows, plans)).collect();
    let missing_features = if records.is_empty() { missing(question, plans, &rows) } else { Vec::new() };
    if records.is_empty() && missing_features.is_empty() {
        let own = question.name.as_str();
        let names: BTreeSet<&str> = plans.dns().records().map(|(.., record)| record.owner.as_str()).collect();
        return Err(match diag::nearest(own, names.iter().copied()) {
            _ if names.contains(own) => format!("`{own}` has no record of this type: leave the type out to see all"),
            Some(near) => format!("the topology needs no name `{own}`: did you mean `{near}`?"),
            None => format!("the topology needs no name `{own}`: dns/records.csv of a build lists all"),
        });
    }
    Ok(NameAnswer { name: question.name.to_string(), records, missing_features })
}

fn planned(view: DnsView, zone: &Zone, record: &Record, rows: &Rows, plans: Plans<'_>) -> PlannedRecord {
    // A record of a reverse zone follows from a row, and is not what the row is about.
    let rows = (record.data.record_type() != RecordType::Ptr).then_some(rows);
    let reason = |reason: &Reason| RecordReason {
        features: reason.features.clone(),
        declared: reason.declared.clone(),
        purpose: reason.purpose.clone(),
        breaks: rows.and_then(|rows| rows.get(reason.row.as_str())).map(|row| row.breaks.clone()),
        grounds: Grounds::of_reason(reason, plans.catalog),
    };
    PlannedRecord {
        owner: record.owner.to_string(),
        record_type: record.data.record_type().word(),
        data: record.data.to_string(),
        view: view.word(),
        zone: zone.name.to_string(),
        kept_by: zone.owner.clone(),
        reasons: record.reasons.iter().map(reason).collect(),
    }
}

fn of<'p>(plan: &'p DnsPlan, question: &NameQuestion) -> impl Iterator<Item = (DnsView, &'p Zone, &'p Record)> {
    plan.records().filter(|(.., record)| {
        record.owner == question.name && question.record.is_none_or(|kind| record.data.record_type() == kind)
    })
}

/// The rows that make such a record as soon as other features are on.
fn missing(question: &NameQuestion, plans: Plans<'_>, rows: &Rows) -> Vec<MissingRecord> {
    let everything = with_features(plans.topology, rows.values().flat_map(|row| row.when.iter().flatten()).copied());
    let plan = dns::plan(&everything, None, &plans.lines);
    let mut found: Vec<MissingRecord> = Vec::new();
    for (view, _, record) in of(&plan, question) {
        for row in record.reasons.iter().filter_map(|reason| rows.get(reason.row.as_str())) {
            let off = |all: &Vec<Feature>| {
                all.iter().copied().filter(|feature| plans.topology.organization.feature(*feature).is_none()).collect::<Vec<_>>()
            };
            let features = row.when.iter().map(off).min_by_key(Vec::len).unwrap_or_default();
            let features = features.into_iter().map(Feature::word).collect();
            let missing = MissingFeature { row: row.id.clone(), purpose: row.purpose.clone(), features };
            let record = MissingRecord { view: view.word(), missing };
            if !found.iter().any(|other| (other.view, &other.missing.row) == (record.view, &record.missing.row)) {
                found.push(record);
            }
        }
    }
    found
}
