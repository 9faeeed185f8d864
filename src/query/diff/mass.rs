//! So much is removed that it may be a mistake: a file that was forgotten, a folder that is empty.

use std::collections::BTreeMap;

use serde::Serialize;

use super::State;
use super::firewalls::FirewallChange;
use super::records::RecordChange;
use crate::plan::Plans;

/// So many rules or records of one team are removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mass {
    /// `rules` or `records`.
    pub what: &'static str,
    /// Of what: a firewall or a view.
    pub of: String,
    /// How many are removed.
    pub removed: usize,
    /// How many there were.
    pub before: usize,
}

/// Fewer than this are never a mistake in bulk.
const LEAST: usize = 10;

/// More than this share, in percent, may be one.
const SHARE: usize = 30;

pub(super) fn find(old: Plans<'_>, firewalls: &[FirewallChange], records: &[RecordChange]) -> Vec<Mass> {
    let mut views: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (view, _, _) in old.dns().records() {
        views.entry(view.word()).or_default().1 += 1;
    }
    for change in records.iter().filter(|change| change.state == State::Removed) {
        views.entry(change.view.word()).or_default().0 += change.old.len();
    }
    let rules = firewalls.iter().map(|change| ("rules", change.firewall.clone(), change.rules.removed, change.rules.before));
    let records = views.into_iter().map(|(view, (removed, before))| ("records", view.to_owned(), removed, before));
    let all = rules.chain(records).map(|(what, of, removed, before)| Mass { what, of, removed, before });
    all.filter(|mass| mass.removed >= LEAST && mass.removed * 100 > mass.before * SHARE).collect()
}
