//! Zones for octoDNS: a file for each zone in the form of its YamlProvider, and a configuration that reads them.

use std::collections::BTreeSet;

use serde::Serialize;

use super::super::language::YAML;
use super::super::{EmitContext, EmitError};
use super::rows::{self, RecordRow};
use crate::catalog::DnsView;
use crate::plan::dns::{Record, RecordData, ViewPlan, Zone};

#[derive(Serialize)]
struct ZoneView<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    zone: &'a str,
    owner: Option<&'a str>,
    ttl: u32,
    names: Vec<Name<'a>>,
}

/// A name with its records, by type.
#[derive(Serialize)]
struct Name<'a> {
    node: &'a str,
    comments: Vec<String>,
    sets: Vec<Set<'a>>,
}

#[derive(Serialize)]
struct Set<'a> {
    r#type: &'static str,
    records: Vec<RecordRow<'a>>,
}

#[derive(Serialize)]
struct ConfigView<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    ttl: u32,
    zones: Vec<Held<'a>>,
    /// The types of all records; others of the same names are not changed.
    types: BTreeSet<&'static str>,
    /// Zones that others maintain: publishing them without the foreign records would delete those.
    kept: Vec<Kept<'a>>,
    /// Zones that octoDNS does not take.
    left_out: Vec<LeftOut<'a>>,
}

/// A zone with the names that are touched in it.
#[derive(Serialize)]
struct Held<'a> {
    name: &'a str,
    nodes: Vec<&'a str>,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    zone: &'a str,
    why: &'static str,
}

#[derive(Serialize)]
struct Kept<'a> {
    zone: &'a str,
    owner: &'a str,
}

/// The longest name of a zone that a file can have with its ending.
const LONGEST_ZONE: usize = 250;

/// Whether octoDNS takes a zone.
pub(super) fn holds(zone: &Zone) -> bool {
    why_not(zone).is_none()
}

/// Why octoDNS does not take a zone.
fn why_not(zone: &Zone) -> Option<&'static str> {
    let service = |record: &Record| record.owner == zone.name && matches!(record.data, RecordData::Srv { .. });
    if zone.name.as_str().len() > LONGEST_ZONE {
        Some("its name is too long for a file")
    } else if zone.records.iter().any(service) {
        Some("octoDNS takes no service at the top of a zone")
    } else {
        None
    }
}

/// The file of a zone.
pub(super) fn zone(view: DnsView, zone: &Zone, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let mut names: Vec<Name<'_>> = Vec::new();
    for mut record in rows::records(zone) {
        let node = if record.node == "@" { "" } else { record.node };
        if names.last().is_none_or(|name| name.node != node) {
            names.push(Name { node, comments: Vec::new(), sets: Vec::new() });
        }
        let Some(name) = names.last_mut() else { continue };
        name.comments.append(&mut record.comments);
        match name.sets.last_mut().filter(|set| set.r#type == record.r#type) {
            Some(set) => set.records.push(record),
            None => name.sets.push(Set { r#type: record.r#type, records: vec![record] }),
        }
    }
    names.sort_by_cached_key(|name| natural(name.node));
    let (note, organization, view) = (cx.note(), cx.organization, view.word());
    let owner = zone.owner.as_deref();
    let view = ZoneView { note, organization, view, zone: zone.name.as_str(), owner, ttl: zone.ttl, names };
    cx.templates.render(&YAML, "octodns_zone", &view)
}

/// The configuration of a view.
pub(super) fn config(plan: &ViewPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let mut zones: Vec<Held<'_>> = plan.zones.iter().filter(|zone| holds(zone)).map(held).collect();
    let left_out = plan.zones.iter().filter_map(|zone| Some(LeftOut { zone: zone.name.as_str(), why: why_not(zone)? }));
    zones.sort_by_cached_key(|zone| natural(zone.name));
    let records = plan.zones.iter().flat_map(|zone| &zone.records);
    let ttl = plan.zones.first().map_or(0, |zone| zone.ttl);
    let view = ConfigView {
        note: cx.note(),
        organization: cx.organization,
        view: plan.view.word(),
        ttl,
        zones,
        types: records.map(|record| record.data.record_type().word()).collect(),
        kept: plan.zones.iter().filter_map(kept).collect(),
        left_out: left_out.collect(),
    };
    cx.templates.render(&YAML, "octodns_config", &view)
}

fn held(zone: &Zone) -> Held<'_> {
    let mut nodes: Vec<&str> = rows::records(zone).map(|record| if record.node == "@" { "" } else { record.node }).collect();
    nodes.dedup();
    Held { name: zone.name.as_str(), nodes }
}

fn kept(zone: &Zone) -> Option<Kept<'_>> {
    Some(Kept { zone: zone.name.as_str(), owner: zone.owner.as_deref()? })
}

/// The order that the YamlProvider insists on: digits count as the number that they form.
fn natural(text: &str) -> Vec<(String, u128)> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() || parts.is_empty() {
        let digits = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(digits);
        let end = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
        let (number, after) = after.split_at(end);
        // A label has at most 63 characters; what is more than fits sorts last among its like, as the larger number does.
        parts.push((word.to_owned(), number.parse().unwrap_or(if number.is_empty() { 0 } else { u128::MAX })));
        rest = after;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_sort_as_numbers() {
        let mut names = ["fe10", "fe9", "_sip._tls", "", "fe", "av", "fe9a", "10", "9"];
        names.sort_by_cached_key(|name| natural(name));
        assert_eq!(names, ["", "9", "10", "_sip._tls", "av", "fe", "fe9", "fe9a", "fe10"]);
    }
}
