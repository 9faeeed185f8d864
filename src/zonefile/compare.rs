//! Zones that exist, held against the plan of names.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::name::suffixes;
use super::read::{Data, Found, ZoneText};
use crate::catalog::View;
use crate::diag::codes::zones::{COMPETING_RECORD, MISSING_RECORD, STRANGE_ZONE, WRONG_RECORD};
use crate::diag::{self, Diag};
use crate::plan::dns::{DnsPlan, Record, RecordData, Zone};

/// What came of a comparison.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Records that are there as planned.
    pub present: usize,
    /// Planned records that are not there.
    pub missing: usize,
    /// Records that say something else than planned.
    pub wrong: usize,
    /// Records beside the right ones.
    pub extra: usize,
    /// All that is not as planned, sorted.
    pub diags: Vec<Diag>,
}

/// Holds zones against the names of a view. Each planned name is looked for in the zone that answers for it, if that one is given.
pub fn compare(plan: &DnsPlan, view: View, zones: &[ZoneText]) -> Comparison {
    let zones: BTreeMap<&str, Indexed<'_>> = zones.iter().map(|zone| (zone.apex.as_str(), Indexed::new(zone))).collect();
    let mut comparison = Comparison::default();
    let mut reached: FxHashSet<&str> = FxHashSet::default();
    let planned = plan.views.iter().filter(|plan| plan.view == view).flat_map(|plan| &plan.zones);
    for zone in planned.clone() {
        // Records of one name and type are neighbours.
        let sets = zone.records.chunk_by(|a, b| a.owner == b.owner && a.data.record_type() == b.data.record_type());
        for set in sets {
            let Some(holder) = set.first().and_then(|record| holder(&zones, zone, record)) else { continue };
            reached.insert(holder.zone.apex.as_str());
            comparison.set(zone, set, holder);
        }
    }
    for (apex, indexed) in zones.iter().filter(|(apex, _)| !reached.contains(**apex)) {
        let near = diag::nearest(apex, planned.clone().map(|zone| zone.name.as_str()));
        let help = match near {
            Some(near) => format!("did you mean the zone `{near}`? if the file is right, write `--origin`"),
            None => "look at `--view`, or leave the file out".to_owned(),
        };
        let message = format!("no {} name of the topology lies in the zone `{apex}`", view.word());
        comparison.diags.push(Diag::error(STRANGE_ZONE.code, message, indexed.zone.start, "nothing to compare").help(help));
    }
    diag::sort(&mut comparison.diags);
    comparison
}

/// A zone with its records by name.
struct Indexed<'z> {
    zone: &'z ZoneText,
    by_owner: FxHashMap<&'z str, Vec<&'z Found>>,
}

impl<'z> Indexed<'z> {
    fn new(zone: &'z ZoneText) -> Self {
        let mut by_owner: FxHashMap<&str, Vec<&Found>> = FxHashMap::default();
        for record in &zone.records {
            by_owner.entry(&record.owner).or_default().push(record);
        }
        Self { zone, by_owner }
    }

    fn at(&self, owner: &str) -> &[&'z Found] {
        self.by_owner.get(owner).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether the zone hands a name over to one below it.
    fn hands_over(&self, name: &str) -> bool {
        let below = suffixes(name).take_while(|suffix| *suffix != self.zone.apex);
        below.into_iter().any(|suffix| self.at(suffix).iter().any(|record| record.data == Data::Ns))
    }
}

/// The zone that answers for a record, among those that are given.
fn holder<'m, 'z>(zones: &'m BTreeMap<&str, Indexed<'z>>, zone: &Zone, record: &Record) -> Option<&'m Indexed<'z>> {
    let indexed = suffixes(record.owner.as_str()).find_map(|suffix| zones.get(suffix))?;
    if indexed.zone.apex == zone.name.as_str() {
        return Some(indexed);
    }
    // Cut in another way than planned: a whole zone answers for all below it that it does not hand over. What somebody else keeps
    // is in a zone of theirs.
    let answers = indexed.zone.has_head && zone.owner.is_none() && !indexed.hands_over(record.owner.as_str());
    answers.then_some(indexed)
}

impl Comparison {
    /// The planned records of one name and type, against those that are there.
    fn set(&mut self, zone: &Zone, set: &[Record], holder: &Indexed<'_>) {
        let Some(first) = set.first() else { return };
        let mut others: Vec<&Found> = Vec::new();
        for found in holder.at(first.owner.as_str()) {
            let alias = matches!(found.data, Data::Cname(_));
            // An alias stands alone, so it is told before all others.
            match (competes(&first.data, &found.data), alias) {
                (true, true) => others.insert(0, found),
                (true, false) => others.push(found),
                (false, _) => {}
            }
        }
        others.retain(|found| !set.iter().any(|record| says(&record.data, &found.data)));
        let mut others = others.into_iter();
        for record in set {
            if holder.at(record.owner.as_str()).iter().any(|found| says(&record.data, &found.data)) {
                self.present += 1;
            } else if let Some(found) = others.next() {
                self.wrong += 1;
                self.diags.push(wrong(record, found));
            } else {
                self.missing += 1;
                self.diags.push(missing(zone, record, holder));
            }
        }
        for found in others {
            self.extra += 1;
            self.diags.push(extra(first, found));
        }
    }
}

/// Whether two records of one name answer the same question in their own ways.
fn competes(planned: &RecordData, found: &Data) -> bool {
    match (planned, found) {
        (_, Data::Cname(_))
        | (RecordData::A(_), Data::A(_) | Data::Aaaa(_))
        | (RecordData::Ptr(_), Data::Ptr(_))
        | (RecordData::Srv { .. }, Data::Srv { .. })
        | (RecordData::Cname(_), Data::A(_) | Data::Aaaa(_)) => true,
        (RecordData::A(_) | RecordData::Srv { .. } | RecordData::Cname(_) | RecordData::Ptr(_), _) => false,
    }
}

/// Whether a record says what is planned.
fn says(planned: &RecordData, found: &Data) -> bool {
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

fn text(planned: &RecordData) -> String {
    format!("{} {planned}", planned.record_type().word())
}

fn found_text(found: &Data) -> String {
    match found {
        Data::A(address) => format!("A {address}"),
        Data::Aaaa(address) => format!("AAAA {address}"),
        Data::Cname(target) => format!("CNAME {target}."),
        Data::Ptr(target) => format!("PTR {target}."),
        Data::Srv { priority, weight, port, target } => format!("SRV {priority} {weight} {port} {target}."),
        Data::Ns => "NS".to_owned(),
        Data::Soa => "SOA".to_owned(),
        Data::Other => "something else".to_owned(),
    }
}

/// What the topology says of a record, and the row that calls for it.
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

fn missing(zone: &Zone, record: &Record, holder: &Indexed<'_>) -> Diag {
    let kind = record.data.record_type().word();
    let message = format!("expected `{}` for `{}`, found no {kind} record", text(&record.data), record.owner);
    let label = format!("the zone `{}` begins here", holder.zone.apex);
    let line = format!("add `{}. {} IN {}`", record.owner, zone.ttl, text(&record.data));
    explained(Diag::error(MISSING_RECORD.code, message, holder.zone.start, label).help(line), record)
}

fn wrong(record: &Record, found: &Found) -> Diag {
    let message = format!("expected `{}` for `{}`, found `{}`", text(&record.data), record.owner, found_text(&found.data));
    let label = match (&record.data, &found.data) {
        (RecordData::A(_), Data::A(_)) => "another address".to_owned(),
        (RecordData::A(_) | RecordData::Srv { .. }, Data::Cname(_)) => "an alias in place of the record itself".to_owned(),
        (RecordData::Srv { priority, weight, port, target }, Data::Srv { priority: p, weight: w, port: q, target: t }) => {
            let parts =
                [("priority", priority != p), ("weight", weight != w), ("port", port != q), ("target", target.as_str() != t)];
            let parts: Vec<&str> = parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| part).collect();
            format!("another {}", parts.join(" and another "))
        }
        _ => "another answer".to_owned(),
    };
    let help = format!("write `{}`, or correct the topology if the zone is right", text(&record.data));
    explained(Diag::error(WRONG_RECORD.code, message, found.span, label).help(help), record)
}

fn extra(record: &Record, found: &Found) -> Diag {
    let message =
        format!("expected only `{}` for `{}`, found `{}` too", text(&record.data), record.owner, found_text(&found.data));
    let diag = Diag::error(COMPETING_RECORD.code, message, found.span, "who asks gets either by chance");
    explained(diag.help("take it out, or say in the topology what it is for"), record)
}
