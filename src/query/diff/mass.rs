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
    /// Of what: a firewall, a view, or all of a team's.
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
    let all: Vec<Mass> = rules.chain(records).map(|(what, of, removed, before)| Mass { what, of, removed, before }).collect();
    // Many small ones may lose much together, and none of them enough by itself.
    let before: usize = old.firewalls().iter().map(|plan| plan.rules.len()).sum();
    let rules = total(&all, "rules", "all firewalls", Some(before));
    let records = total(&all, "records", "all views", None);
    let mut found: Vec<Mass> = all.into_iter().filter(Mass::is_much).collect();
    for sum in [rules, records] {
        if sum.is_much() && !found.iter().any(|mass| mass.what == sum.what) {
            found.push(sum);
        }
    }
    found
}

fn total(all: &[Mass], what: &'static str, of: &str, before: Option<usize>) -> Mass {
    let own = || all.iter().filter(|mass| mass.what == what);
    let before = before.unwrap_or_else(|| own().map(|mass| mass.before).sum());
    Mass { what, of: of.to_owned(), removed: own().map(|mass| mass.removed).sum(), before }
}

impl Mass {
    fn is_much(&self) -> bool {
        self.removed >= LEAST && self.removed * 100 > self.before * SHARE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_is_ten_and_more_than_thirty_percent() {
        let of = |removed, before| Mass { what: "rules", of: "x".to_owned(), removed, before };
        assert!(of(10, 33).is_much() && of(10, 10).is_much());
        assert!(!of(9, 9).is_much() && !of(30, 100).is_much() && of(31, 100).is_much());
        let small: Vec<Mass> = (0..5).map(|_| of(5, 5)).collect();
        assert!(!small[0].is_much() && total(&small, "rules", "all firewalls", Some(70)).is_much());
        assert!(!total(&small, "records", "all views", None).is_much());
    }
}
