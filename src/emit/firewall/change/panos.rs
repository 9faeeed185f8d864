//! PAN-OS: a candidate is changed and committed. A rule that stays is changed in its place; what nothing uses any more goes last,
//! because the delete of what is in use is refused.

use super::statements::{Object, Objects, beside};
use super::{Delta, Part, State};

/// How many words name the object of a statement.
fn depth(words: &[&str]) -> usize {
    match words {
        ["rulebase", ..] => 4,
        ["address" | "address-group" | "service", ..] => 2,
        _ => words.len(),
    }
}

/// The name of a setting of which there is one; a list has a line for each of its values.
fn single(setting: &str) -> Option<&str> {
    let word = setting.split(' ').next().unwrap_or_default();
    let list = ["from", "to", "source", "destination", "application", "service", "static"].contains(&word);
    (!list).then_some(word)
}

const RULE: &str = "rulebase security rules ";

/// The differences of two configurations.
pub(in super::super) fn delta(from: &State, to: &State) -> Result<Delta, String> {
    let (old, new) = (Objects::new(&from.rules, depth), Objects::new(&to.rules, depth));
    let order: Vec<&str> = new.all.iter().map(|object| object.path).filter(|path| path.starts_with(RULE)).collect();
    let stays = |path: &str| old.find(path).is_some();
    let (mut objects, mut rules) = (Vec::new(), Vec::new());
    for object in &new.all {
        let was = old.find(object.path);
        let into = if object.path.starts_with(RULE) { &mut rules } else { &mut objects };
        into.extend(was.map_or_else(|| object.made(), |was| was.became(object, single)));
        let at = order.iter().position(|path| *path == object.path).filter(|_| was.is_none());
        if let Some(at) = at {
            let other = |path: &str| path.strip_prefix(RULE).unwrap_or_default().to_owned();
            rules.push(match beside(&order, at, stays) {
                Some((side, path)) => format!("move {} {side} {}", object.path, other(path)),
                None => match at.checked_sub(1) {
                    Some(before) => format!("move {} after {}", object.path, other(order[before])),
                    None => format!("move {} top", object.path),
                },
            });
        }
    }
    let gone = |kind: &'static str| {
        let of_kind = move |object: &&Object<'_>| object.path.starts_with(kind);
        old.all.iter().rev().filter(of_kind).filter(|object| new.find(object.path).is_none())
    };
    let kinds = [RULE, "address-group ", "address ", "service "];
    let deletes = kinds.into_iter().flat_map(gone).map(|object| format!("delete {}", object.path)).collect();
    let parts = [
        Part::new("Addresses, groups and services that come or have another description.", objects),
        Part::new("Rules that come or differ, each in its place.", rules),
        Part::new("What goes: rules, and then what only they used.", deletes),
    ];
    Ok(Delta { main: parts.into_iter().flatten().collect(), after: Vec::new() })
}
