//! Zones that exist, held against the plan of names.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::index::{Answers, Indexed, Zones};
use super::read::{Data, Found, ZoneText};
use super::similar::{Similar, misspelt, similar};
use super::words::{competes, extra, hidden, missing, same_data, wrong};
use crate::catalog::{DnsView, service_names};
use crate::diag::codes::zones::{SIMILAR_NAME, UNPLANNED_ZONE};
use crate::diag::{self, Diag};
use crate::plan::Plans;
use crate::plan::dns::{DnsPlan, Record, RecordData, Zone};

/// The most competing records of one name, and similar names, that are shown one by one; more are counted.
const SHOWN: (usize, usize) = (8, 100);

/// For so many missing records a misspelt one is searched: more have another reason.
const GUESSED: usize = 100;

/// Planned records in a zone below a given one, which is not given itself.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct NotGiven {
    /// The zone.
    pub zone: String,
    /// How many records are planned there.
    pub records: usize,
}

/// What came of a comparison.
#[derive(Debug, Default, Serialize)]
pub struct Comparison {
    /// Records that are there as planned.
    pub present: usize,
    /// Planned records that are not there.
    pub missing: usize,
    /// Records that say something else than planned.
    pub wrong: usize,
    /// Records beside the correct ones, and under names similar to planned ones.
    pub extra: usize,
    /// Zones that were not compared, by name.
    pub not_given: Vec<NotGiven>,
    /// All that is not as planned, sorted.
    #[serde(skip)]
    pub diags: Vec<Diag>,
}

/// Compares zones with the names of a view. Each planned name is searched in the zone that answers for it, if that one is given.
pub fn compare(plans: Plans<'_>, view: DnsView, zones: &[ZoneText]) -> Comparison {
    let plan = plans.dns();
    let services = service_names(plans.topology.organization.product);
    let views = || plan.views.iter().filter(|plan| plan.view == view);
    let cut: Vec<&Zone> = views().flat_map(|plan| &plan.zones).collect();
    let zones = Zones::new(zones, &cut);
    let records = || cut.iter().flat_map(|zone| &zone.records);
    let targets = records().filter_map(|record| match &record.data {
        RecordData::Srv { target, .. } => Some(target.as_str()),
        _ => None,
    });
    let (similar, unshown) = similar(plan, &services, view, &zones);
    let mut comparing = Comparing {
        plan,
        view,
        targets: targets.collect(),
        owners: records().map(|record| record.owner.as_str()).collect(),
        similar,
        unshown,
        zones: &zones,
        guessed: 0,
        not_given: BTreeMap::new(),
        done: Comparison::default(),
    };
    let mut reached: FxHashSet<&str> = FxHashSet::default();
    for zone in &cut {
        // Records of one name and type are neighbours.
        let sets = zone.records.chunk_by(|a, b| a.owner == b.owner && a.data.record_type() == b.data.record_type());
        for set in sets {
            let Some(first) = set.first() else { continue };
            match zones.answers(zone, first) {
                Answers::Zone(holder) => {
                    reached.insert(holder.zone.apex.as_str());
                    comparing.set(zone, set, holder);
                }
                Answers::Hidden(holder, by) => {
                    reached.insert(holder.zone.apex.as_str());
                    comparing.done.wrong += set.len();
                    let found = holder.at(first.owner.as_str()).iter().find(|found| same_data(&first.data, &found.data));
                    comparing.done.diags.push(hidden(first, by, found.copied()));
                }
                Answers::Below(below) => *comparing.not_given.entry(below).or_default() += set.len(),
                Answers::Unknown => {}
            }
        }
    }
    comparing.similar();
    let Comparing { mut done, not_given, .. } = comparing;
    done.not_given = not_given.into_iter().map(|(zone, records)| NotGiven { zone, records }).collect();
    for indexed in zones.iter().filter(|indexed| !reached.contains(indexed.zone.apex.as_str())) {
        done.diags.push(unplanned_zone(indexed, &cut, view));
    }
    diag::sort(&mut done.diags);
    done
}

/// A zone that holds no planned name.
fn unplanned_zone(indexed: &Indexed<'_>, planned: &[&Zone], view: DnsView) -> Diag {
    let apex = &indexed.zone.apex;
    let help = match diag::nearest(apex, planned.iter().map(|zone| zone.name.as_str()).filter(|name| name != apex)) {
        Some(near) => format!("did you mean the zone `{near}`? if the file is right, write `--origin`"),
        None => "look at `--view`, or leave the file out".to_owned(),
    };
    let message = format!("no {} name of the topology lies in the zone `{apex}`", view.word());
    Diag::error(UNPLANNED_ZONE.code, message, indexed.zone.start, "nothing to compare").help(help)
}

struct Comparing<'c, 'z> {
    plan: &'c DnsPlan,
    view: DnsView,
    zones: &'c Zones<'z>,
    /// The names that planned service records lead to.
    targets: FxHashSet<&'c str>,
    /// All planned names of the view.
    owners: FxHashSet<&'c str>,
    similar: Vec<Similar<'z>>,
    /// How many more of them there are.
    unshown: usize,
    guessed: usize,
    not_given: BTreeMap<String, usize>,
    done: Comparison,
}

impl<'z> Comparing<'_, 'z> {
    /// The planned records of one name and type, compared with the existing ones.
    fn set(&mut self, zone: &Zone, set: &[Record], holder: &Indexed<'z>) {
        let Some(first) = set.first() else { return };
        let found = holder.at(first.owner.as_str());
        if self.leads_right(set, found) {
            self.done.present += set.len();
            return;
        }
        // An alias excludes other records, so it is reported before all others.
        let others = found.iter().copied().filter(|found| competes(&first.data, &found.data));
        let others = others.filter(|found| !set.iter().any(|record| same_data(&record.data, &found.data)));
        let (aliases, rest): (Vec<_>, Vec<_>) = others.partition(|found| matches!(found.data, Data::Cname(_)));
        let mut others = aliases.into_iter().chain(rest);
        for record in set {
            if found.iter().any(|found| same_data(&record.data, &found.data)) {
                self.done.present += 1;
            } else if let Some(found) = others.next() {
                self.done.wrong += 1;
                let alias = self.alias(found);
                self.done.diags.push(wrong(record, found, &holder.zone.apex, alias));
            } else {
                self.missing(zone, record, holder);
            }
        }
        let others: Vec<&Found> = others.collect();
        self.done.extra += others.len();
        let (shown, more) = others.split_at(others.len().min(SHOWN.0));
        for (at, found) in shown.iter().enumerate() {
            let last = at + 1 == shown.len();
            self.done.diags.push(extra(first, found, if last { more.len() } else { 0 }));
        }
    }

    /// Whether an alias, and nothing else, leads to exactly the planned addresses, or an address is that of the planned alias.
    /// The target of a service record must not be an alias (RFC 2782).
    fn leads_right(&self, set: &[Record], found: &[&Found]) -> bool {
        let Some(first) = set.first() else { return false };
        match (&first.data, found) {
            (RecordData::A(_), [only]) if matches!(only.data, Data::Cname(_)) => {
                !self.targets.contains(first.owner.as_str()) && self.leads_to(set, first.owner.as_str())
            }
            (RecordData::Cname(target), found) if !found.is_empty() => {
                let planned = self.plan.lookup(self.view, target, crate::catalog::RecordType::A);
                !planned.is_empty() && self.leads_to(planned, first.owner.as_str())
            }
            _ => false,
        }
    }

    fn leads_to(&self, planned: &[Record], name: &str) -> bool {
        let Some(mut addresses) = self.zones.addresses(name) else { return false };
        let mut wanted: Vec<_> = planned
            .iter()
            .filter_map(|record| match record.data {
                RecordData::A(address) => Some(address),
                _ => None,
            })
            .collect();
        addresses.sort_unstable();
        wanted.sort_unstable();
        addresses == wanted
    }

    /// What is to be said of an alias in place of a record.
    fn alias(&self, found: &Found) -> Option<String> {
        let Data::Cname(target) = &found.data else { return None };
        let led = self.zones.addresses(&found.owner);
        let to = led.map(|addresses| addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
        Some(match to {
            Some(to) if self.targets.contains(found.owner.as_str()) => {
                format!("an alias, which leads to {to}; a service record leads here, and its target must have an address itself")
            }
            Some(to) => format!("an alias, which leads to {to}"),
            None => format!("an alias; no given zone says which address `{target}` has"),
        })
    }

    fn missing(&mut self, zone: &Zone, record: &Record, holder: &Indexed<'z>) {
        self.done.missing += 1;
        let start = (holder.zone.start, holder.zone.apex.as_str());
        let like = self.similar.iter().position(|similar| similar.meant.as_deref() == Some(record.owner.as_str()));
        let diag = if let Some(at) = like {
            self.done.extra += 1;
            let similar = self.similar.remove(at);
            missing(zone, record, start, Some((similar.found, &similar.why)))
        } else {
            self.guessed += 1;
            let meant = Some(&holder.zone.records).filter(|_| self.guessed <= GUESSED);
            let meant = meant.and_then(|records| misspelt(record, records, &self.owners));
            let label = meant.map(|found| format!("`{}` says the same", found.owner)).unwrap_or_default();
            missing(zone, record, start, meant.map(|found| (found, label.as_str())))
        };
        self.done.diags.push(diag);
    }

    /// The remaining names that are similar to planned ones.
    fn similar(&mut self) {
        let left = std::mem::take(&mut self.similar);
        let all = left.len() + self.unshown;
        self.done.extra += all;
        for (at, similar) in left.iter().take(SHOWN.1).enumerate() {
            let mut message = format!("`{}` looks like a name of the product, and is not planned", similar.found.owner);
            if at + 1 == SHOWN.1 && all > SHOWN.1 {
                message += &format!("; {} more like this follow", all - SHOWN.1);
            }
            let diag = Diag::new(SIMILAR_NAME.severity, SIMILAR_NAME.code, message, similar.found.span, &similar.why);
            self.done.diags.push(diag.help(&similar.help));
        }
    }
}
