//! From one plan of names to another, in stages that can each be undone: first what changes is remembered for a short time only,
//! then names are added, changed and deleted, and at the end the times to live are those of the new version.
//! Input: two [`DnsPlan`]s. Output: [`ZonesBetween`]. Knows nothing of scripts.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{DnsPlan, RecordData, Zone};
use crate::catalog::{DnsView, Limit, RecordType, fact};
use crate::lower::Fqdn;
use crate::plan::Reason;
use crate::product::Product;

/// A stage of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DnsStage {
    /// Records that change or go away get a short time to live.
    Lower,
    /// Names that only the new version has are added.
    Add,
    /// Names that lead elsewhere change.
    Switch,
    /// Records that only the earlier version has are deleted.
    Remove,
    /// Records get the time to live of the new version.
    Restore,
}

impl DnsStage {
    /// All stages, in their order.
    pub const ALL: [DnsStage; 5] = [DnsStage::Lower, DnsStage::Add, DnsStage::Switch, DnsStage::Remove, DnsStage::Restore];

    /// Its word in the names of files.
    pub fn word(self) -> &'static str {
        match self {
            DnsStage::Lower => "lower",
            DnsStage::Add => "add",
            DnsStage::Switch => "switch",
            DnsStage::Remove => "remove",
            DnsStage::Restore => "restore",
        }
    }
}

/// The difference of two plans.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ZonesBetween {
    /// What is done to zones of the earlier version, by stage, view and zone.
    pub stages: Vec<ZoneStage>,
    /// Zones that only the new version has: their own files have all their records.
    pub came: Vec<(DnsView, Fqdn)>,
    /// Zones that only the earlier version has. Their records are deleted; the zones may have records of others.
    pub went: Vec<(DnsView, Fqdn)>,
}

/// One stage of one zone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ZoneStage {
    /// The view.
    pub view: DnsView,
    /// The zone.
    pub zone: Fqdn,
    /// Who maintains it, if it is not this deployment.
    pub owner: Option<String>,
    /// Whether the new version has no such zone.
    pub went: bool,
    /// The stage.
    pub stage: DnsStage,
    /// What changes, by owner. Of one owner what is only deleted is first, for no other name may be beside an alias.
    pub sets: Vec<RecordSetChange>,
}

/// A change of the records of one name and type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordSetChange {
    /// The name.
    pub owner: Fqdn,
    /// The type.
    pub r#type: RecordType,
    /// What the records say before; empty for a new name.
    pub old: Vec<RecordData>,
    /// What they say afterwards; empty where they are deleted.
    pub new: Vec<RecordData>,
    /// Their time to live before, in seconds; 0 for a new name.
    pub ttl_before: u32,
    /// Their time to live afterwards; 0 where they are deleted.
    pub ttl: u32,
    /// Why: of the new version, where it has them.
    pub reasons: Vec<Reason>,
}

impl RecordSetChange {
    /// What undoes it.
    #[must_use]
    pub fn back(&self) -> Self {
        let reversed = self.clone();
        Self { old: reversed.new, new: reversed.old, ttl_before: reversed.ttl, ttl: reversed.ttl_before, ..reversed }
    }
}

impl ZoneStage {
    /// What undoes it.
    #[must_use]
    pub fn back(&self) -> Self {
        let mut back = Self { sets: self.sets.iter().map(RecordSetChange::back).collect(), ..self.clone() };
        arrange(&mut back.sets);
        back
    }

    /// The longest time to live of its records before, in seconds: resolvers may keep an answer for that long.
    pub fn ttl_before(&self) -> u32 {
        self.sets.iter().map(|set| set.ttl_before).max().unwrap_or_default()
    }

    /// The longest time to live of its records afterwards.
    pub fn ttl(&self) -> u32 {
        self.sets.iter().map(|set| set.ttl).max().unwrap_or_default()
    }
}

/// The stages from one plan to another.
pub fn between(old: &DnsPlan, new: &DnsPlan) -> ZonesBetween {
    // A custom of DNS knows nothing of releases; without the row no time to live is lowered.
    let lowered = fact::<Limit>(Product::ALL[0], "dns.change_ttl").and_then(|limit| u32::try_from(limit.value).ok());
    let lowered = lowered.unwrap_or(u32::MAX);
    let (before, after) = (zones(old), zones(new));
    let mut between = ZonesBetween::default();
    let mut stages: BTreeMap<(DnsStage, DnsView, &Fqdn), ZoneStage> = BTreeMap::new();
    for (&(view, name), &from) in &before {
        let to = after.get(&(view, name)).copied();
        if to.is_none() {
            between.went.push((view, name.clone()));
        }
        let owner = to.unwrap_or(from).owner.clone();
        for (stage, set) in changes(from, to, lowered) {
            let part = stages.entry((stage, view, name)).or_insert_with(|| ZoneStage {
                view,
                zone: name.clone(),
                owner: owner.clone(),
                went: to.is_none(),
                stage,
                sets: Vec::new(),
            });
            part.sets.push(set);
        }
    }
    between.stages = stages.into_values().collect();
    between.stages.iter_mut().for_each(|stage| arrange(&mut stage.sets));
    let came = after.keys().filter(|key| !before.contains_key(key));
    between.came = came.map(|&(view, name)| (view, name.clone())).collect();
    between
}

fn arrange(sets: &mut [RecordSetChange]) {
    sets.sort_by(|a, b| (&a.owner, !a.new.is_empty(), a.r#type).cmp(&(&b.owner, !b.new.is_empty(), b.r#type)));
}

fn zones(plan: &DnsPlan) -> BTreeMap<(DnsView, &Fqdn), &Zone> {
    plan.views.iter().flat_map(|view| view.zones.iter().map(|zone| ((view.view, &zone.name), zone))).collect()
}

/// The records of one name and type.
#[derive(Default)]
struct RecordSet {
    data: Vec<RecordData>,
    reasons: Vec<Reason>,
}

type RecordSets<'z> = BTreeMap<(&'z Fqdn, RecordType), RecordSet>;

fn record_sets(zone: &Zone) -> RecordSets<'_> {
    let mut sets = RecordSets::new();
    for record in &zone.records {
        let set = sets.entry((&record.owner, record.data.record_type())).or_default();
        set.data.push(record.data.clone());
        set.reasons.extend(record.reasons.iter().cloned());
    }
    sets.values_mut().for_each(|set| set.data.sort());
    sets
}

/// What each stage does to a zone.
fn changes(from: &Zone, to: Option<&Zone>, lowered: u32) -> Vec<(DnsStage, RecordSetChange)> {
    let (before, after) = (record_sets(from), to.map(record_sets).unwrap_or_default());
    let new_ttl = to.map_or(0, |zone| zone.ttl);
    let becomes_alias = |owner: &Fqdn| {
        let has = |sets: &RecordSets<'_>| RecordType::ALL.iter().any(|r#type| sets.contains_key(&(owner, *r#type)));
        let alias = |sets: &RecordSets<'_>| sets.contains_key(&(owner, RecordType::Cname));
        has(&before) && has(&after) && alias(&before) != alias(&after)
    };
    let mut changes = Vec::new();
    let keys: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    for key @ (owner, r#type) in keys {
        let (old, new) = (before.get(key), after.get(key));
        let data = |set: Option<&RecordSet>| set.map(|set| set.data.clone()).unwrap_or_default();
        let mut step = |stage, old: Vec<RecordData>, new: Vec<RecordData>, (ttl_before, ttl): (u32, u32)| {
            let reasons = after.get(key).or(before.get(key)).map(|set| set.reasons.clone()).unwrap_or_default();
            let ttl_before = if old.is_empty() { 0 } else { ttl_before };
            let ttl = if new.is_empty() { 0 } else { ttl };
            let owner = (*owner).clone();
            changes.push((stage, RecordSetChange { owner, r#type: *r#type, old, new, ttl_before, ttl, reasons }));
        };
        if data(old) == data(new) {
            if from.ttl != new_ttl {
                step(DnsStage::Restore, data(old), data(new), (from.ttl, new_ttl));
            }
            continue;
        }
        let (short_before, short_after) = (from.ttl.min(lowered), new_ttl.min(lowered));
        if old.is_some() && short_before != from.ttl {
            step(DnsStage::Lower, data(old), data(old), (from.ttl, short_before));
        }
        match (old, new) {
            (Some(_), None) if !becomes_alias(owner) => step(DnsStage::Remove, data(old), Vec::new(), (short_before, 0)),
            (None, Some(_)) if !becomes_alias(owner) => step(DnsStage::Add, Vec::new(), data(new), (0, new_ttl)),
            _ => {
                step(DnsStage::Switch, data(old), data(new), (short_before, short_after));
                if new.is_some() && short_after != new_ttl {
                    step(DnsStage::Restore, data(new), data(new), (short_after, new_ttl));
                }
            }
        }
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::dns::{Places, Record, ViewPlan, ZoneKind};
    use crate::text::{FileId, Span};

    fn name(text: &str) -> Fqdn {
        Fqdn::parse(text).expect("a name")
    }

    /// A plan of one zone with addresses and aliases: a name and what it leads to.
    fn plan(ttl: u32, records: &[(&str, &str)]) -> DnsPlan {
        let nowhere = Span::new(FileId(0), 0, 0);
        let record = |(owner, data): &(&str, &str)| Record {
            owner: name(&format!("{owner}.contoso.com")),
            data: data.parse().map_or_else(|_| RecordData::Cname(name(data)), RecordData::A),
            reasons: Vec::new(),
            places: Places { name: nowhere, answer: nowhere },
        };
        let zone = Zone {
            name: name("contoso.com"),
            kind: ZoneKind::SipDomain,
            directory: false,
            owner: None,
            soa: None,
            ttl,
            name_servers: Vec::new(),
            delegations: Vec::new(),
            kept_below: Vec::new(),
            records: records.iter().map(record).collect(),
        };
        DnsPlan { views: vec![ViewPlan { view: DnsView::Internal, zones: vec![zone] }], problems: Vec::new() }
    }

    fn said(between: &ZonesBetween) -> Vec<String> {
        let data = |data: &[RecordData]| data.iter().map(ToString::to_string).collect::<Vec<_>>().join("+");
        let set = |stage: &ZoneStage, set: &RecordSetChange| {
            let (old, new) = (data(&set.old), data(&set.new));
            format!("{} {} {old} {} -> {new} {}", stage.stage.word(), set.owner.host_label(), set.ttl_before, set.ttl)
        };
        between.stages.iter().flat_map(|stage| stage.sets.iter().map(|change| set(stage, change))).collect()
    }

    #[test]
    fn what_changes_goes_through_all_stages() {
        let old = plan(3600, &[("gone", "10.0.0.1"), ("moved", "10.0.0.2"), ("same", "10.0.0.3")]);
        let new = plan(3600, &[("came", "10.0.0.4"), ("moved", "10.0.0.5"), ("same", "10.0.0.3")]);
        let expected = [
            "lower gone 10.0.0.1 3600 -> 10.0.0.1 300",
            "lower moved 10.0.0.2 3600 -> 10.0.0.2 300",
            "add came  0 -> 10.0.0.4 3600",
            "switch moved 10.0.0.2 300 -> 10.0.0.5 300",
            "remove gone 10.0.0.1 300 ->  0",
            "restore moved 10.0.0.5 300 -> 10.0.0.5 3600",
        ];
        assert_eq!(said(&between(&old, &new)), expected);
        assert_eq!(between(&old, &old), ZonesBetween::default());
    }

    #[test]
    fn a_short_time_to_live_is_not_lowered() {
        let (old, new) = (plan(120, &[("moved", "10.0.0.2")]), plan(60, &[("moved", "10.0.0.5")]));
        assert_eq!(said(&between(&old, &new)), ["switch moved 10.0.0.2 120 -> 10.0.0.5 60"]);
        let long = plan(3600, &[("moved", "10.0.0.2")]);
        assert_eq!(said(&between(&old, &long)), ["restore moved 10.0.0.2 120 -> 10.0.0.2 3600"]);
    }

    #[test]
    fn an_alias_takes_the_place_of_an_address_at_once() {
        let (old, new) = (plan(300, &[("x", "10.0.0.2")]), plan(300, &[("x", "y.contoso.com")]));
        let there = between(&old, &new);
        assert_eq!(said(&there), ["switch x 10.0.0.2 300 ->  0", "switch x  0 -> y.contoso.com. 300"]);
        // What undoes it deletes the alias first.
        let back = there.stages[0].back();
        assert_eq!(back.sets, between(&new, &old).stages[0].sets);
        assert_eq!(back.sets[0].r#type, RecordType::Cname);
    }

    #[test]
    fn zones_come_and_go() {
        let (old, new) = (plan(3600, &[("x", "10.0.0.2")]), DnsPlan::default());
        let gone = between(&old, &new);
        assert_eq!(said(&gone), ["lower x 10.0.0.2 3600 -> 10.0.0.2 300", "remove x 10.0.0.2 300 ->  0"]);
        assert!(gone.stages.iter().all(|stage| stage.went));
        assert_eq!((gone.went, gone.came), (vec![(DnsView::Internal, name("contoso.com"))], Vec::new()));
        let came = between(&new, &old);
        assert_eq!((came.stages, came.came), (Vec::new(), vec![(DnsView::Internal, name("contoso.com"))]));
    }
}
