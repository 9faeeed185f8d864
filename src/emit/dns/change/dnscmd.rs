//! A stage of all zones of a view for the DNS Server of Windows: what a name says now is looked at before it is changed.

use serde::Serialize;

use super::super::super::language::BATCH;
use super::super::super::{EmitContext, EmitError};
use super::super::rows;
use super::{Way, stage_word, what, when};
use crate::catalog::RecordType;
use crate::plan::dns::{RecordData, RecordSetChange, ZoneStage};

#[derive(Serialize)]
struct Script<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    view: &'static str,
    stage: String,
    what: String,
    when: String,
    back: bool,
    zones: Vec<ZoneRow<'a>>,
}

#[derive(Serialize)]
struct ZoneRow<'a> {
    name: &'a str,
    owner: Option<&'a str>,
    went: bool,
    sets: Vec<Set<'a>>,
}

#[derive(Serialize)]
struct Set<'a> {
    comments: Vec<String>,
    node: &'a str,
    r#type: &'static str,
    ttl: u32,
    /// What it says before, and not afterwards.
    gone: Vec<String>,
    /// What it says before and afterwards, with another time to live.
    kept: Vec<String>,
    /// What it says afterwards only.
    came: Vec<String>,
    /// Whether the old record must go first: a name has one alias.
    alias: bool,
}

pub(super) fn emit(zones: &[ZoneStage], way: Way, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let reversed: Vec<ZoneStage> = zones.iter().map(ZoneStage::back).collect();
    let done = if way == Way::Back { &reversed } else { zones };
    let Some(first) = done.first() else { return Ok(String::new()) };
    let longest = |of: fn(&ZoneStage) -> u32| done.iter().map(of).max().unwrap_or_default();
    let script = Script {
        note: cx.note(),
        organization: cx.organization,
        view: first.view.word(),
        stage: stage_word(first.stage, way),
        what: what(first.stage, way, longest(ZoneStage::ttl)),
        when: when(first.stage, way, longest(ZoneStage::ttl_before)),
        back: way == Way::Back,
        zones: done.iter().map(zone).collect(),
    };
    cx.templates.render(&BATCH, "dns_change", &script)
}

fn zone(stage: &ZoneStage) -> ZoneRow<'_> {
    ZoneRow {
        name: stage.zone.as_str(),
        owner: stage.owner.as_deref(),
        went: stage.went,
        sets: stage.sets.iter().map(|change| set(stage.zone.as_str(), change)).collect(),
    }
}

fn set<'a>(zone: &str, set: &'a RecordSetChange) -> Set<'a> {
    let texts = |data: &[RecordData]| data.iter().map(ToString::to_string).collect::<Vec<_>>();
    let (old, new) = (texts(&set.old), texts(&set.new));
    let (kept, gone): (Vec<_>, Vec<_>) = old.iter().cloned().partition(|data| new.contains(data));
    Set {
        comments: rows::comments(&set.reasons),
        node: rows::node(zone, set.owner.as_str()),
        r#type: set.r#type.word(),
        ttl: set.ttl,
        came: new.into_iter().filter(|data| !old.contains(data)).collect(),
        gone,
        kept,
        alias: set.r#type == RecordType::Cname,
    }
}
