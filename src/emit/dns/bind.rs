//! Zone files in the form of RFC 1035, which BIND reads and others import. Names are absolute, so that no line depends on
//! another.

use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::language::BIND;
use super::super::{EmitContext, EmitError};
use super::rows;
use crate::catalog::DnsView;
use crate::plan::dns::{ForeignZone, Record, Soa, Zone, ZoneKind};

/// The serial number of a zone that no build has numbered.
const FIRST_SERIAL: u32 = 1;

#[derive(Serialize)]
struct ZoneView<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    zone: &'a str,
    ttl: u32,
    /// Who maintains the zone, if it is not this deployment.
    owner: Option<&'a str>,
    /// Whether the zone is there for one name only.
    pinpoint: bool,
    /// Whether it leads from addresses to names.
    reverse: bool,
    /// The owners of other records that such a zone may hold, which loading a whole zone removes; one line each.
    others: Vec<&'static str>,
    name_servers_from: &'static str,
    soa: Option<&'a Soa>,
    /// The placeholder for the serial number of a build without one.
    first_serial: u32,
    name_servers: Vec<&'a str>,
    delegations: Vec<DelegationView<'a>>,
    kept_below: &'a [ForeignZone],
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

pub(super) fn emit(view: DnsView, zone: &Zone, cx: &EmitContext<'_>) -> Result<String, EmitError> {
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
        others: others(view, zone),
        name_servers_from: match view {
            DnsView::Internal => "dns.internal_name_servers says, or else the first domain controllers",
            DnsView::External => "dns.external_name_servers says",
        },
        soa: zone.soa.as_ref(),
        first_serial: FIRST_SERIAL,
        name_servers: zone.name_servers.iter().map(|name| name.as_str()).collect(),
        delegations: delegations.collect(),
        kept_below: &zone.kept_below,
        records: zone.records.iter().map(record).collect(),
    };
    cx.templates.render(&BIND, template, &view)
}

/// The owners of records that may be lost where a zone is loaded as a whole. A zone of one name holds no others.
fn others(view: DnsView, zone: &Zone) -> Vec<&'static str> {
    let directory = "THIS IS AN ACTIVE DIRECTORY ZONE: LOADED AS IT IS, IT TAKES AWAY THE RECORDS OF DOMAIN CONTROLLERS AND MEMBERS, \
                     and domain logon fails.";
    let inside = "INTERNALLY, THIS ZONE HIDES THE PUBLIC ONE OF THE SAME NAME: www, mail and all other names that are not here no longer resolve.";
    let outside = "THE PUBLIC ZONE OF THIS NAME HAS OTHER RECORDS: LOADING THIS FILE IN ITS PLACE REMOVES MX, www AND ALL OTHER RECORDS THAT ARE NOT HERE.";
    let reverse =
        "OTHER COMPUTERS MAY HAVE ADDRESSES IN THIS NETWORK: LOADING THIS FILE AS A WHOLE REMOVES THEIR REVERSE RECORDS.";
    let by_kind = match (zone.kind, view) {
        (ZoneKind::SipDomain, DnsView::Internal) => Some(inside),
        (ZoneKind::SipDomain, DnsView::External) => Some(outside),
        (ZoneKind::Reverse, _) => Some(reverse),
        (ZoneKind::AdDomain | ZoneKind::Declared | ZoneKind::Pinpoint, _) => None,
    };
    zone.directory.then_some(directory).into_iter().chain(by_kind).collect()
}

fn record(record: &Record) -> RecordView<'_> {
    RecordView {
        comments: rows::comments(&record.reasons),
        owner: record.owner.as_str(),
        r#type: record.data.record_type().word(),
        data: record.data.to_string(),
    }
}
