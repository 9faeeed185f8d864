//! `records.csv`: all records of all views as a table, for people, tickets and tools that read no zone files.

use super::super::{EmitContext, csv};
use crate::catalog::View;
use crate::plan::Reason;
use crate::plan::dns::{DnsPlan, Record, Zone};

const HEADER: [&str; 13] = [
    "view",
    "zone",
    "name",
    "type",
    "ttl",
    "data",
    "feature",
    "reason",
    "source line",
    "guide step",
    "catalogue row",
    "source",
    "confidence",
];

pub(super) fn emit(plan: &DnsPlan, cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, plan.records().map(|(view, zone, record)| row(view, zone, record)))
}

fn row(view: View, zone: &Zone, record: &Record) -> [String; HEADER.len()] {
    let reasons = &record.reasons;
    [
        view.word().to_owned(),
        zone.name.to_string(),
        record.owner.to_string(),
        record.data.record_type().word().to_owned(),
        zone.ttl.to_string(),
        record.data.to_string(),
        list(reasons, |reason| reason.features.iter().map(|feature| (*feature).to_owned()).collect()),
        list(reasons, |reason| vec![reason.purpose.clone()]),
        list(reasons, |reason| reason.declared.iter().map(ToString::to_string).collect()),
        list(reasons, |reason| vec![reason.step.to_string()]),
        list(reasons, |reason| vec![reason.row.clone()]),
        list(reasons, |reason| reason.source.clone()),
        list(reasons, |reason| vec![reason.confidence.word().to_owned()]),
    ]
}

/// What the reasons say, each thing once, in their order.
fn list(reasons: &[Reason], words: impl Fn(&Reason) -> Vec<String>) -> String {
    let mut once: Vec<String> = Vec::new();
    for word in reasons.iter().flat_map(words) {
        if !once.contains(&word) {
            once.push(word);
        }
    }
    once.join("; ")
}
