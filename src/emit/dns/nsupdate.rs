//! Dynamic updates of RFC 2136, as `nsupdate` reads them: each name is added only where it has no record of the type yet. A
//! server answers an addition that a CNAME record forbids with success and leaves it out (3.4.2.2), so the prerequisites exclude
//! those records too.

use serde::Serialize;

use super::super::language::NSUPDATE;
use super::super::{EmitContext, EmitError};
use super::rows::{self, RecordRow};
use crate::catalog::{DnsView, RecordType};
use crate::plan::dns::Zone;

/// Names of one update: a message has 64 KiB at most, and a name with its prerequisites takes under 900 bytes.
const PORTION: usize = 60;

#[derive(Serialize)]
struct Script<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    zone: &'a str,
    owner: Option<&'a str>,
    ttl: u32,
    updates: Vec<Update<'a>>,
}

#[derive(Serialize)]
struct Update<'a> {
    absent: Vec<Absent<'a>>,
    records: Vec<RecordRow<'a>>,
}

#[derive(PartialEq, Serialize)]
struct Absent<'a> {
    owner: &'a str,
    r#type: &'static str,
    /// Whether the name may have no records at all.
    alone: bool,
    /// Whether the name may be no other name for something.
    not_alias: bool,
}

pub(super) fn emit(view: DnsView, zone: &Zone, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let mut updates: Vec<Update<'_>> = Vec::new();
    for record in rows::records(zone) {
        let alone = record.r#type == RecordType::Cname.word();
        let absent = Absent { owner: record.owner, r#type: record.r#type, alone, not_alias: !alone };
        // Records are sorted by owner and type, so those of one name and type are neighbours and stay in one update.
        let continues = updates.last().is_some_and(|update| update.absent.last() == Some(&absent));
        if !continues && updates.last().is_none_or(|update| update.absent.len() >= PORTION) {
            updates.push(Update { absent: Vec::new(), records: Vec::new() });
        }
        if let Some(update) = updates.last_mut() {
            if !continues {
                update.absent.push(absent);
            }
            update.records.push(record);
        }
    }
    let (note, organization) = (cx.note(), cx.organization);
    let owner = zone.owner.as_deref();
    let script = Script { note, organization, view: view.word(), zone: zone.name.as_str(), owner, ttl: zone.ttl, updates };
    cx.templates.render(&NSUPDATE, "zone", &script)
}
