//! The columns that say why a row is there, the same in every table.

use std::collections::BTreeSet;

use super::data::{Cell, Column, Kind};
use crate::plan::Reason;

/// A row with reasons: one, several, or none.
pub(super) trait Reasoned {
    fn reasons(&self) -> &[Reason];
}

/// What it is for, shown.
pub(super) fn purpose<R: Reasoned>(width: u8) -> Column<R> {
    Column::new("why", "Why", Kind::Texts, |row: &R| each(row.reasons(), |reason| [reason.purpose.as_str()])).wide(width)
}

/// Where it comes from: declarations, features, the row of the catalogue with its step, sources and confidence.
pub(super) fn origin<R: Reasoned>() -> [Column<R>; 6] {
    [
        Column::new("declared", "Declared by", Kind::Codes, |row: &R| {
            let mut once = BTreeSet::new();
            let all = row.reasons().iter().flat_map(|reason| &reason.declared).map(ToString::to_string);
            Cell::list(all.filter(|declared| once.insert(declared.clone())).collect::<Vec<_>>())
        }),
        Column::new("features", "Features", Kind::Codes, |row: &R| each(row.reasons(), |reason| reason.features.clone())),
        Column::new("row", "Catalogue row", Kind::Codes, |row: &R| each(row.reasons(), |reason| [reason.row.as_str()])),
        Column::new("step", "Step of the Planning Guide", Kind::Codes, |row: &R| {
            Cell::shown(row.reasons().iter().map(|reason| reason.step).collect::<BTreeSet<_>>())
        }),
        Column::new("source", "Source", Kind::Sources, |row: &R| {
            each(row.reasons(), |reason| reason.source.iter().map(String::as_str).collect::<Vec<_>>())
        }),
        Column::new("confidence", "Confidence", Kind::Mark, |row: &R| {
            Cell::opt(row.reasons().iter().map(|reason| reason.confidence).min().map(|least| least.word()))
        })
        .choice(),
    ]
}

/// What the reasons say, each thing once, in their order.
fn each<'r, I: IntoIterator<Item = &'r str>>(reasons: &'r [Reason], words: impl Fn(&'r Reason) -> I) -> Cell<'r> {
    let mut once: Vec<&str> = Vec::new();
    for word in reasons.iter().flat_map(words) {
        if !once.contains(&word) {
            once.push(word);
        }
    }
    Cell::list(once)
}
