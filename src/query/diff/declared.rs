//! Changed declarations: added and removed blocks, attributes with another value. Order, layout, comments and the split of
//! files do not show.

use std::collections::BTreeMap;

use serde::Serialize;

use super::State;
use super::moved::Moves;
use super::pairs::pairs;
use crate::lower::{Decl, Value};
use crate::plan::Plans;
use crate::text::Span;

/// A changed block or attribute.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declared {
    /// The path of the block; that of a removed one is the old one.
    pub path: String,
    /// Its kind.
    pub kind: &'static str,
    /// Whether the block is added, removed or changed.
    pub state: State,
    /// The attribute; absent where the whole block came or went.
    pub attribute: Option<&'static str>,
    /// Its value before; absent where it was not written.
    pub old: Option<String>,
    /// Its value after.
    pub new: Option<String>,
    /// `file:line`, in the old version where it is removed.
    pub place: Option<String>,
}

/// Compares the declarations. Of a block that came or went, the blocks in it are not listed. Waivers and assertions are not among
/// them.
pub(super) fn compare(old: Plans<'_>, new: Plans<'_>, moved: &Moves) -> Vec<Declared> {
    let mut found = Vec::new();
    let place = |plans: Plans<'_>, span: Span| Some(plans.lines.place(span));
    let all = pairs(blocks(old, Some(moved)), blocks(new, None));
    let whole: Vec<&Key> = all.iter().filter(|(_, sides)| sides.0.is_none() || sides.1.is_none()).map(|(key, _)| key).collect();
    let within = |key: &Key, flat: &Flat<'_>| {
        flat.parent.as_ref().is_some_and(|parent| whole.binary_search(&parent).is_ok()) && whole.binary_search(&key).is_ok()
    };
    for (key, sides) in &all {
        let block = |state, flat: &Flat<'_>, plans| Declared {
            path: flat.path.clone(),
            kind: flat.decl.kind(),
            state,
            attribute: None,
            old: None,
            new: None,
            place: place(plans, flat.decl.name_span),
        };
        match sides {
            (None, Some(flat)) if !within(key, flat) => found.push(block(State::Added, flat, new)),
            (Some(flat), None) if !within(key, flat) => found.push(block(State::Removed, flat, old)),
            (Some(before), Some(after)) => {
                let values = |decl: &Decl| -> Vec<(&'static str, (String, Span))> {
                    let read =
                        |(name, value): &(&'static str, crate::text::Spanned<Value>)| (*name, (text(&value.value), value.span));
                    decl.attrs.iter().map(read).collect()
                };
                for (name, values) in pairs(values(before.decl), values(after.decl)) {
                    let (before, now) = (values.0.as_ref(), values.1.as_ref());
                    if before.map(|(text, _)| text) == now.map(|(text, _)| text) {
                        continue;
                    }
                    found.push(Declared {
                        path: after.path.clone(),
                        kind: after.decl.kind(),
                        state: State::Changed,
                        attribute: Some(name),
                        old: before.map(|(text, _)| text.clone()),
                        new: now.map(|(text, _)| text.clone()),
                        place: match (before, now) {
                            (_, Some((_, span))) => place(new, *span),
                            (Some((_, span)), None) => place(old, *span),
                            (None, None) => None,
                        },
                    });
                }
            }
            _ => {}
        }
    }
    found
}

fn blocks<'p>(plans: Plans<'p>, moved: Option<&Moves>) -> BTreeMap<Key, Flat<'p>> {
    let mut blocks = BTreeMap::new();
    for decl in &plans.topology.decls.blocks {
        flatten(decl, None, moved, &mut blocks);
    }
    blocks
}

/// A block is known by its path in the new version and its kind.
type Key = (String, &'static str);

struct Flat<'d> {
    /// Its path in its own version.
    path: String,
    parent: Option<Key>,
    decl: &'d Decl,
}

/// Blocks that are compared as what they are.
const APART: [&str; 2] = ["waive", "assert"];

fn flatten<'d>(decl: &'d Decl, parent: Option<(&Key, &str)>, moved: Option<&Moves>, blocks: &mut BTreeMap<Key, Flat<'d>>) {
    if APART.contains(&decl.kind()) {
        return;
    }
    let own = if decl.name.is_empty() { decl.kind() } else { &decl.name };
    let path = parent.map_or_else(|| own.to_owned(), |(_, above)| format!("{above}.{own}"));
    let key = (moved.map_or_else(|| path.clone(), |moved| moved.path(&path).into_owned()), decl.kind());
    for child in &decl.children {
        flatten(child, Some((&key, &path)), moved, blocks);
    }
    blocks.insert(key, Flat { path, parent: parent.map(|(key, _)| key.clone()), decl });
}

/// A value as it is written, in one form for each value.
pub(super) fn text(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Percent(value) if value % 100 == 0 => format!("{}%", value / 100),
        Value::Percent(value) => format!("{}%", f64::from(*value) / 100.0),
        Value::Duration(seconds) => scaled(*seconds, &[("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1)]),
        Value::Size(bytes) => scaled(*bytes, &[("TB", 1 << 40), ("GB", 1 << 30), ("MB", 1 << 20), ("KB", 1 << 10), ("B", 1)]),
        Value::Rate(bits) => scaled(*bits, &[("Gbps", 1_000_000_000), ("Mbps", 1_000_000), ("kbps", 1_000), ("bps", 1)]),
        Value::Frequency(hertz) => scaled(*hertz, &[("GHz", 1_000_000_000), ("MHz", 1_000_000), ("kHz", 1_000), ("Hz", 1)]),
        Value::Date(date) => date.to_string(),
        Value::TimeOfDay(minutes) => format!("{:02}:{:02}", minutes / 60, minutes % 60),
        Value::Text(text) => text.clone(),
        Value::Name(name) => name.to_string(),
        Value::Address(address) => address.to_string(),
        Value::Network(network) => network.to_string(),
        Value::Port(port) => port.to_string(),
        Value::Choice(word) => (*word).to_owned(),
        Value::Reference(words) => words.join("."),
        Value::List(items) => format!("[{}]", items.iter().map(|item| text(&item.value)).collect::<Vec<_>>().join(", ")),
    }
}

/// A number in the largest unit that divides it.
fn scaled(number: u64, units: &[(&str, u64)]) -> String {
    let unit = units.iter().find(|(_, size)| number >= *size && number.is_multiple_of(*size)).or(units.last());
    unit.map_or_else(|| number.to_string(), |(word, size)| format!("{}{word}", number / size))
}
