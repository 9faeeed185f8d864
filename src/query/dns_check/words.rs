//! Records in words, and the findings about them.

use super::read::{Data, Found};
use crate::diag::Diag;
use crate::diag::codes::zones::{COMPETING_RECORD, HIDDEN_RECORD, MISSING_RECORD, WRONG_RECORD};
use crate::plan::dns::{Record, RecordData, Zone};
use crate::text::Span;

/// Whether a record says what is planned.
pub(super) fn same_data(planned: &RecordData, found: &Data) -> bool {
    match (planned, found) {
        (RecordData::A(planned), Data::A(found)) => planned == found,
        (RecordData::Cname(planned), Data::Cname(found)) | (RecordData::Ptr(planned), Data::Ptr(found)) => {
            planned.as_str() == found
        }
        (RecordData::Srv { priority, weight, port, target }, Data::Srv { priority: p, weight: w, port: q, target: t }) => {
            (priority, weight, port, target.as_str()) == (p, w, q, t)
        }
        _ => false,
    }
}

/// Whether two records of one name answer the same question in their own ways.
pub(super) fn competes(planned: &RecordData, found: &Data) -> bool {
    match (planned, found) {
        (_, Data::Cname(_))
        | (RecordData::A(_), Data::A(_) | Data::Aaaa(_))
        | (RecordData::Ptr(_), Data::Ptr(_))
        | (RecordData::Srv { .. }, Data::Srv { .. })
        | (RecordData::Cname(_), Data::A(_) | Data::Aaaa(_)) => true,
        (RecordData::A(_) | RecordData::Srv { .. } | RecordData::Cname(_) | RecordData::Ptr(_), _) => false,
    }
}

pub(super) fn text(planned: &RecordData) -> String {
    format!("{} {planned}", planned.record_type().word())
}

pub(super) fn found_text(found: &Data) -> String {
    match found {
        Data::A(address) => format!("A {address}"),
        Data::Aaaa(address) => format!("AAAA {address}"),
        Data::Cname(target) => format!("CNAME {target}."),
        Data::Ptr(target) => format!("PTR {target}."),
        Data::Srv { priority, weight, port, target } => format!("SRV {priority} {weight} {port} {target}."),
        Data::Dname(target) => format!("DNAME {target}."),
        Data::Ns(server) => format!("NS {server}."),
        Data::Soa => "SOA".to_owned(),
    }
}

/// What the topology says of a record, and the row that requires it.
fn explained(diag: Diag, record: &Record) -> Diag {
    let mut diag = diag.related(record.places.answer, format!("leads here: `{}`", text(&record.data)));
    if record.places.name != record.places.answer {
        diag = diag.related(record.places.name, "the name comes from here");
    }
    match record.reasons.first() {
        Some(reason) => {
            diag.source(format!("step {}, {}: {}; {}", reason.step, reason.row, reason.purpose, reason.source.join(", ")))
        }
        None => diag,
    }
}

/// Where a planned record is not: `start` is that of the zone which should have it. `instead` is what was probably meant to be
/// it.
pub(super) fn missing(zone: &Zone, record: &Record, start: (Span, &str), instead: Option<(&Found, &str)>) -> Diag {
    let kind = record.data.record_type().word();
    let message = format!("expected `{}` for `{}`, found no {kind} record", text(&record.data), record.owner);
    let line = format!("`{}. {} IN {}`", record.owner, zone.ttl, text(&record.data));
    let diag = match instead {
        Some((found, why)) => Diag::error(MISSING_RECORD.code, message, found.span, why)
            .help(format!("write {line} in place of the record of `{}`", found.owner)),
        None => {
            let label = format!("the zone `{}` begins here", start.1);
            Diag::error(MISSING_RECORD.code, message, start.0, label).help(format!("add {line}"))
        }
    };
    explained(diag, record)
}

/// A record that says something else; `alias` is what is to be said where it is an alias.
pub(super) fn wrong(record: &Record, found: &Found, apex: &str, alias: Option<String>) -> Diag {
    let message = format!("expected `{}` for `{}`, found `{}`", text(&record.data), record.owner, found_text(&found.data));
    let label = match (&record.data, &found.data) {
        (RecordData::A(_), Data::A(_)) => "another address".to_owned(),
        (RecordData::A(_) | RecordData::Srv { .. }, Data::Cname(_)) => {
            alias.unwrap_or_else(|| "an alias in place of the record itself".to_owned())
        }
        (RecordData::Srv { priority, weight, port, target }, Data::Srv { priority: p, weight: w, port: q, target: t }) => {
            let parts =
                [("priority", priority != p), ("weight", weight != w), ("port", port != q), ("target", target.as_str() != t)];
            let parts: Vec<&str> = parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect();
            format!("another {}", parts.join(" and another "))
        }
        _ => "another answer".to_owned(),
    };
    let dot = match (&record.data, &found.data) {
        (RecordData::Srv { target: planned, .. }, Data::Srv { target, .. })
        | (RecordData::Cname(planned) | RecordData::Ptr(planned), Data::Cname(target) | Data::Ptr(target))
            if *target == format!("{planned}.{apex}") =>
        {
            "; the dot at the end of the target is missing"
        }
        _ => "",
    };
    let help = format!("write `{}`, or correct the topology if the zone is right{dot}", text(&record.data));
    explained(Diag::error(WRONG_RECORD.code, message, found.span, label).help(help), record)
}

pub(super) fn extra(record: &Record, found: &Found, more: usize) -> Diag {
    let also = if more > 0 { format!(", and {more} more") } else { String::new() };
    let message =
        format!("expected only `{}` for `{}`, found `{}`{also} too", text(&record.data), record.owner, found_text(&found.data));
    let diag = Diag::error(COMPETING_RECORD.code, message, found.span, "who asks gets either by chance");
    explained(diag.help("take it out, or say in the topology what it is for"), record)
}

/// A planned record below a delegation or a DNAME.
pub(super) fn hidden(record: &Record, cut: &Found, found: Option<&Found>) -> Diag {
    let (what, way) = match &cut.data {
        Data::Dname(target) => (
            format!("leads every name below `{}` to one below `{target}`", cut.owner),
            "take the DNAME record out, or give the name another place in the topology",
        ),
        _ => (
            format!("hands `{}` and all below it over to other name servers", cut.owner),
            "write the record into the zone below, and give its file too",
        ),
    };
    let message = format!("nobody gets `{}` for `{}` from this zone: a record above hides it", text(&record.data), record.owner);
    let mut diag = Diag::error(HIDDEN_RECORD.code, message, cut.span, what).help(way);
    if let Some(found) = found {
        diag = diag.related(found.span, "it is here, and no name server answers with it");
    }
    explained(diag, record)
}
