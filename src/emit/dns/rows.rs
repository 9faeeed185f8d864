//! Zones and records as the templates of all forms show them.

use serde::Serialize;

use crate::plan::Reason;
use crate::plan::dns::{Record, RecordData, Zone, ZoneKind};

/// A zone with its records.
#[derive(Debug, Serialize)]
pub(super) struct ZoneRow<'a> {
    pub(super) name: &'a str,
    pub(super) ttl: u32,
    /// Who maintains the zone, if it is not this deployment.
    pub(super) owner: Option<&'a str>,
    /// Whether the zone is there for one name only.
    pub(super) pinpoint: bool,
    pub(super) records: Vec<RecordRow<'a>>,
}

/// A record.
#[derive(Debug, Serialize)]
pub(super) struct RecordRow<'a> {
    /// One line for each reason.
    pub(super) comments: Vec<String>,
    /// Its name, without a dot at the end.
    pub(super) owner: &'a str,
    /// Its name within the zone; `@` is the zone itself.
    pub(super) node: &'a str,
    pub(super) r#type: &'static str,
    /// What it says, as in a zone file.
    pub(super) data: String,
    /// Where a CNAME, PTR or SRV record leads to, with a dot at the end.
    pub(super) target: Option<String>,
    pub(super) priority: u16,
    pub(super) weight: u16,
    pub(super) port: u16,
}

pub(super) fn zone(zone: &Zone) -> ZoneRow<'_> {
    ZoneRow {
        name: zone.name.as_str(),
        ttl: zone.ttl,
        owner: zone.owner.as_deref(),
        pinpoint: zone.kind == ZoneKind::Pinpoint,
        records: records(zone).collect(),
    }
}

pub(super) fn records(zone: &Zone) -> impl Iterator<Item = RecordRow<'_>> {
    zone.records.iter().map(|row| record(zone, row))
}

fn record<'a>(zone: &'a Zone, record: &'a Record) -> RecordRow<'a> {
    let (target, numbers) = match &record.data {
        RecordData::A(_) => (None, (0, 0, 0)),
        RecordData::Cname(target) | RecordData::Ptr(target) => (Some(format!("{target}.")), (0, 0, 0)),
        RecordData::Srv { priority, weight, port, target } => (Some(format!("{target}.")), (*priority, *weight, *port)),
    };
    let (priority, weight, port) = numbers;
    RecordRow {
        comments: comments(&record.reasons),
        owner: record.owner.as_str(),
        node: node(zone.name.as_str(), record.owner.as_str()),
        r#type: record.data.record_type().word(),
        data: record.data.to_string(),
        target,
        priority,
        weight,
        port,
    }
}

/// A line for each reason.
pub(super) fn comments(reasons: &[Reason]) -> Vec<String> {
    reasons.iter().map(|reason| format!("{}: {}", reason.short(), reason.purpose)).collect()
}

/// A name within its zone.
pub(super) fn node<'a>(zone: &str, owner: &'a str) -> &'a str {
    owner.strip_suffix(zone).map(|node| node.trim_end_matches('.')).filter(|node| !node.is_empty()).unwrap_or("@")
}
