//! `records.csv`: all records of all views as a table, for people, tickets and tools that read no zone files.

use super::super::{EmitContext, csv};
use crate::catalog::DnsView;
use crate::plan::Reason;
use crate::plan::dns::{DnsPlan, Record, Zone};

const HEADER: [&str; 12] =
    ["view", "zone", "name", "type", "ttl", "data", "reason", "declared", "guide step", "catalogue row", "source", "confidence"];

/// Where the reason is in [`HEADER`].
const REASON: usize = 6;

pub(super) fn emit(plan: &DnsPlan, cx: &EmitContext<'_>) -> String {
    let zones = plan.views.iter().flat_map(|view| view.zones.iter().map(|zone| (view.view, zone)));
    let rows = zones.flat_map(|(view, zone)| {
        let records = zone.records.iter().map(move |record| row(view, zone, record));
        records.chain(servers(view, zone))
    });
    csv::write(cx.note(), &HEADER, rows)
}

/// The name servers of a zone and of those right below it, with the addresses that go with them. No row of the catalogue requires
/// them: the zone does.
fn servers(view: DnsView, zone: &Zone) -> Vec<[String; HEADER.len()]> {
    let line = |owner: &str, kind: &str, data: String, why: String| {
        let mut cells: [String; HEADER.len()] = std::array::from_fn(|_| String::new());
        let values =
            [view.word().to_owned(), zone.name.to_string(), owner.to_owned(), kind.to_owned(), zone.ttl.to_string(), data];
        for (cell, text) in cells.iter_mut().zip(values) {
            *cell = text;
        }
        cells[REASON] = why;
        cells
    };
    let own = zone
        .name_servers
        .iter()
        .map(|name| line(zone.name.as_str(), "NS", format!("{name}."), "a name server of the zone".to_owned()));
    let below = zone.delegations.iter().flat_map(|delegation| {
        let why = format!("hands over to the zone {}", delegation.zone);
        let servers = delegation.name_servers.iter().map({
            let why = why.clone();
            move |name| line(delegation.zone.as_str(), "NS", format!("{name}."), why.clone())
        });
        let glue = delegation.glue.iter().map(move |(name, address)| line(name.as_str(), "A", address.to_string(), why.clone()));
        servers.chain(glue).collect::<Vec<_>>()
    });
    own.chain(below).collect()
}

fn row(view: DnsView, zone: &Zone, record: &Record) -> [String; HEADER.len()] {
    let reasons = &record.reasons;
    [
        view.word().to_owned(),
        zone.name.to_string(),
        record.owner.to_string(),
        record.data.record_type().word().to_owned(),
        zone.ttl.to_string(),
        record.data.to_string(),
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
