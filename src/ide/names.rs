//! Where a name is declared and used.

use super::{Place, Snapshot};
use crate::text::Span;

/// The name of the block that a word at a place means.
pub fn definition(snapshot: &Snapshot, place: Place) -> Option<Span> {
    let index = snapshot.index();
    let used = index.at(place.file, place.offset)?;
    Some(index.names[used.name].span)
}

/// Every place where the name at a place is used, by place; with the one that declares it, if that is wanted.
pub fn occurrences(snapshot: &Snapshot, place: Place, with_declaration: bool) -> Vec<Span> {
    let index = snapshot.index();
    let Some(used) = index.at(place.file, place.offset) else { return Vec::new() };
    let mut found: Vec<Span> = index.uses_of(used.name).collect();
    if with_declaration {
        found.push(index.names[used.name].span);
        found.sort_unstable();
    }
    found
}
