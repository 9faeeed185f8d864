//! A stage of one zone as dynamic updates: each is refused whole unless the zone has exactly the records of the version before.

use serde::Serialize;

use super::super::super::language::NSUPDATE;
use super::super::super::{EmitContext, EmitError};
use super::super::rows;
use super::{Way, stage_word, what, when};
use crate::catalog::RecordType;
use crate::plan::dns::{RecordData, RecordSetChange, ZoneStage};

/// The longest update, in bytes of names and data. A message has 64 KiB at most.
const PORTION: usize = 40_000;

/// Bytes of a record beside its name and data.
const FRAME: usize = 16;

/// Types that a name may have. A server answers an alias beside one of them with success and leaves it out.
const TYPES: [&str; 8] = ["A", "AAAA", "CNAME", "MX", "NS", "PTR", "SRV", "TXT"];

#[derive(Serialize)]
struct Script<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    zone: &'a str,
    owner: Option<&'a str>,
    went: bool,
    stage: String,
    what: String,
    when: String,
    back: bool,
    updates: Vec<Update<'a>>,
}

#[derive(Default, Serialize)]
struct Update<'a> {
    sets: Vec<Set<'a>>,
    #[serde(skip)]
    size: usize,
}

#[derive(Serialize)]
struct Set<'a> {
    comments: Vec<String>,
    owner: &'a str,
    r#type: &'static str,
    old: Vec<String>,
    new: Vec<String>,
    ttl: u32,
    /// Whether the name may have no records at all.
    alone: bool,
    /// Types that the name may not have.
    absent: Vec<&'static str>,
}

pub(super) fn emit(stage: &ZoneStage, way: Way, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let reversed = stage.back();
    let done = if way == Way::Back { &reversed } else { stage };
    let mut updates: Vec<Update<'_>> = Vec::new();
    // All records of one name are in one update, so that an alias takes their place at once.
    for sets in done.sets.chunk_by(|a, b| a.owner == b.owner) {
        let size: usize = sets.iter().map(size).sum();
        if updates.last().is_none_or(|update| update.size + size > PORTION) {
            updates.push(Update::default());
        }
        if let Some(update) = updates.last_mut() {
            update.size += size;
            update.sets.extend(sets.iter().map(|set| row(set, sets)));
        }
    }
    let script = Script {
        note: cx.note(),
        organization: cx.organization,
        view: done.view.word(),
        zone: done.zone.as_str(),
        owner: done.owner.as_deref(),
        went: done.went,
        stage: stage_word(stage.stage, way),
        what: what(stage.stage, way, done.ttl()),
        when: when(stage.stage, way, done.ttl_before()),
        back: way == Way::Back,
        updates,
    };
    cx.templates.render(&NSUPDATE, "change", &script)
}

fn row<'a>(set: &'a RecordSetChange, of_owner: &[RecordSetChange]) -> Set<'a> {
    let alias = set.r#type == RecordType::Cname;
    let replaces = |r#type: &str| of_owner.iter().any(|other| other.r#type.word() == r#type && !other.old.is_empty());
    let replaced = of_owner.iter().any(|other| !other.old.is_empty());
    let absent = match (set.old.is_empty(), alias) {
        (false, _) => Vec::new(),
        (true, false) => [set.r#type.word(), "CNAME"].into_iter().filter(|r#type| !replaces(r#type)).collect(),
        (true, true) => TYPES.into_iter().filter(|r#type| !replaces(r#type)).collect(),
    };
    Set {
        comments: rows::comments(&set.reasons),
        owner: set.owner.as_str(),
        r#type: set.r#type.word(),
        old: set.old.iter().map(ToString::to_string).collect(),
        new: set.new.iter().map(ToString::to_string).collect(),
        ttl: set.ttl,
        alone: set.old.is_empty() && alias && !replaced,
        absent,
    }
}

/// The bytes of a set in an update: each record before is a condition and a deletion.
fn size(set: &RecordSetChange) -> usize {
    let records = |data: &[RecordData]| -> usize {
        data.iter().map(|data| set.owner.as_str().len() + data.to_string().len() + FRAME).sum()
    };
    2 * records(&set.old) + records(&set.new) + TYPES.len() * (set.owner.as_str().len() + FRAME)
}
