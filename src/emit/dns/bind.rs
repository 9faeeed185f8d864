//! Zone files in the form of RFC 1035, which BIND reads and others import. Names are absolute, so that no line depends on another.

use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::{EmitContext, EmitError, Language};
use super::rows;
use crate::catalog::View;
use crate::plan::dns::{KeptBelow, Record, Soa, Zone, ZoneKind};

#[derive(Serialize)]
struct ZoneView<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    zone: &'a str,
    ttl: u32,
    /// Who keeps the zone, where that is somebody else.
    owner: Option<&'a str>,
    /// Whether the zone is there for one name only.
    pinpoint: bool,
    /// Whether it leads from addresses to names.
    reverse: bool,
    /// Whether whoever asks inside no longer sees the zone of this name on the internet.
    hides_public: bool,
    name_servers_from: &'static str,
    soa: Option<&'a Soa>,
    name_servers: Vec<&'a str>,
    delegations: Vec<DelegationView<'a>>,
    kept_below: &'a [KeptBelow],
    records: Vec<RecordView<'a>>,
}

#[derive(Serialize)]
struct DelegationView<'a> {
    zone: &'a str,
    name_servers: Vec<&'a str>,
    glue: Vec<GlueView<'a>>,
}

#[derive(Serialize)]
struct GlueView<'a> {
    name: &'a str,
    address: Ipv4Addr,
}

#[derive(Serialize)]
struct RecordView<'a> {
    comments: Vec<String>,
    owner: &'a str,
    r#type: &'static str,
    data: String,
}

pub(super) fn emit(view: View, zone: &Zone, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let template = if zone.soa.is_some() { "zone" } else { "records" };
    let delegations = zone.delegations.iter().map(|delegation| DelegationView {
        zone: delegation.zone.as_str(),
        name_servers: delegation.name_servers.iter().map(|name| name.as_str()).collect(),
        glue: delegation.glue.iter().map(|(name, address)| GlueView { name: name.as_str(), address: *address }).collect(),
    });
    let view = ZoneView {
        note: cx.note(),
        organization: cx.organization,
        view: view.word(),
        zone: zone.name.as_str(),
        ttl: zone.ttl,
        owner: zone.owner.as_deref(),
        pinpoint: zone.kind == ZoneKind::Pinpoint,
        reverse: zone.kind == ZoneKind::Reverse,
        hides_public: view == View::Internal && zone.kind == ZoneKind::SipDomain && zone.owner.is_none(),
        name_servers_from: match view {
            View::Internal => "dns.internal_name_servers says, or else the first domain controllers",
            View::External => "dns.external_name_servers says",
        },
        soa: zone.soa.as_ref(),
        name_servers: zone.name_servers.iter().map(|name| name.as_str()).collect(),
        delegations: delegations.collect(),
        kept_below: &zone.kept_below,
        records: zone.records.iter().map(record).collect(),
    };
    cx.templates.render(Language::Bind, template, &view)
}

fn record(record: &Record) -> RecordView<'_> {
    RecordView {
        comments: rows::comments(&record.reasons),
        owner: record.owner.as_str(),
        r#type: record.data.record_type().word(),
        data: record.data.to_string(),
    }
}
