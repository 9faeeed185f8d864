//! nftables: one transaction. Sets get and lose elements; a chain that differs is emptied and filled again, because nft names
//! single rules by the handles that the kernel gave them.

use std::collections::BTreeMap;

use super::{Delta, Part, State, only};

/// A table as its file declares it.
#[derive(Debug, Default)]
struct Table<'t> {
    name: &'t str,
    sets: BTreeMap<&'t str, Set<'t>>,
    /// In order.
    chains: Vec<(&'t str, Chain<'t>)>,
}

#[derive(Debug, Default)]
struct Set<'t> {
    /// Its type and flags.
    kind: Vec<&'t str>,
    elements: Vec<&'t str>,
}

#[derive(Debug, Default)]
struct Chain<'t> {
    /// With comments, as written.
    lines: Vec<&'t str>,
}

impl<'t> Chain<'t> {
    /// Its rules, and before them what it is hooked to.
    fn acted(&self) -> Vec<&'t str> {
        self.lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
    }

    fn base(&self) -> Option<&'t str> {
        self.acted().first().copied().filter(|line| line.starts_with("type "))
    }
}

/// The differences of two rule sets.
pub(in super::super) fn delta(from: &State, to: &State) -> Result<Delta, String> {
    if acted(&from.rules).eq(acted(&to.rules)) {
        return Ok(Delta::default());
    }
    let main = match (table(&from.rules), table(&to.rules)) {
        (Some(old), Some(new)) if in_place(&old, &new) => changes(&old, &new),
        _ => whole(from, to)?,
    };
    Ok(Delta { main, after: Vec::new() })
}

fn acted(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Whether one table can become the other: what is in both has the same kind.
fn in_place(old: &Table<'_>, new: &Table<'_>) -> bool {
    let sets = old.sets.iter().all(|(name, set)| new.sets.get(name).is_none_or(|now| now.kind == set.kind));
    let base = |(name, chain): &(&str, Chain<'_>)| new.chain(name).is_none_or(|now| now.base() == chain.base());
    old.name == new.name && sets && old.chains.iter().all(base)
}

impl<'t> Table<'t> {
    fn chain(&self, name: &str) -> Option<&Chain<'t>> {
        self.chains.iter().find(|(other, _)| *other == name).map(|(_, chain)| chain)
    }
}

/// The table of the first state goes, and that of the second is made: where it has another name, or a form that this does not
/// know, as a user's template may give it.
fn whole(from: &State, to: &State) -> Result<Vec<Part>, String> {
    // Both lines with which a file begins: the table is made, so that it can be deleted.
    let begins = |state: &State| -> Result<Vec<String>, String> {
        let lines: Vec<String> = acted(&state.rules).take(2).map(str::to_owned).collect();
        match lines.as_slice() {
            [made, deleted] if made.starts_with("table ") && *deleted == format!("delete {made}") => Ok(lines),
            _ => Err("its template does not begin with the table that it replaces".to_owned()),
        }
    };
    let (gone, made) = (begins(from)?, begins(to)?);
    let renamed = gone != made;
    let first = to.rules.lines().position(|line| made.first().is_some_and(|made| line == made)).unwrap_or(0);
    let made = to.rules.lines().skip(first).map(str::to_owned).collect();
    let parts = [
        Part::new("The table had another name.", if renamed { gone } else { Vec::new() }),
        Part::new("The whole table, in one transaction.", made),
    ];
    Ok(parts.into_iter().flatten().collect())
}

fn changes(old: &Table<'_>, new: &Table<'_>) -> Vec<Part> {
    let name = new.name;
    let mut gone = Vec::new();
    let differs = |chain: &str| match (old.chain(chain), new.chain(chain)) {
        (Some(old), Some(new)) => old.acted() != new.acted(),
        _ => true,
    };
    let emptied = old.chains.iter().filter(|(chain, _)| differs(chain));
    gone.extend(emptied.map(|(chain, _)| format!("flush chain inet {name} {chain}")));
    let dropped = old.chains.iter().filter(|(chain, _)| new.chain(chain).is_none());
    gone.extend(dropped.map(|(chain, _)| format!("delete chain inet {name} {chain}")));
    let mut made = Vec::new();
    for (set, was) in &old.sets {
        match new.sets.get(set) {
            None => gone.push(format!("delete set inet {name} {set}")),
            Some(now) => {
                let less = only(&was.elements, &now.elements);
                if !less.is_empty() {
                    gone.push(format!("delete element inet {name} {set} {{ {} }}", less.join(", ")));
                }
            }
        }
    }
    for (set, now) in &new.sets {
        let was = old.sets.get(set);
        let more = only(&now.elements, was.map_or(&[], |was| &was.elements));
        if was.is_some() && more.is_empty() {
            continue;
        }
        made.push(format!("\tset {set} {{"));
        made.extend(now.kind.iter().map(|line| format!("\t\t{line}")));
        if !more.is_empty() {
            made.push("\t\telements = {".to_owned());
            made.extend(more.iter().map(|element| format!("\t\t\t{element},")));
            made.push("\t\t}".to_owned());
        }
        made.push("\t}".to_owned());
    }
    for (chain, now) in new.chains.iter().filter(|(chain, _)| differs(chain)) {
        made.push(format!("\tchain {chain} {{"));
        made.extend(now.lines.iter().map(|line| (*line).to_owned()));
        made.push("\t}".to_owned());
    }
    if !made.is_empty() {
        made.insert(0, format!("table inet {name} {{"));
        made.push("}".to_owned());
    }
    let parts = [
        Part::new("What goes. Elements go before others come, so that no two overlap.", gone),
        Part::new("What comes: elements and sets, and the rules of each chain that differs.", made),
    ];
    parts.into_iter().flatten().collect()
}

/// Reads a table; `None` where it has a form that this does not know.
fn table(text: &str) -> Option<Table<'_>> {
    let mut table = Table::default();
    let mut lines = text.lines();
    table.name = lines.by_ref().find_map(|line| line.strip_prefix("table inet ")?.strip_suffix(" {"))?;
    loop {
        let line = lines.next()?.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line == "}" {
            break;
        }
        if let Some(name) = opened(line, "set ") {
            table.sets.insert(name, set(&mut lines)?);
        } else {
            let mut chain = Chain::default();
            let name = opened(line, "chain ")?;
            chain.lines.extend(lines.by_ref().take_while(|line| line.trim() != "}"));
            table.chains.push((name, chain));
        }
    }
    lines.all(|line| line.trim().is_empty() || line.starts_with('#')).then_some(table)
}

fn set<'t>(lines: &mut std::str::Lines<'t>) -> Option<Set<'t>> {
    let mut set = Set::default();
    loop {
        let line = lines.next()?.trim();
        match line {
            "}" => return Some(set),
            "elements = {" => {
                let elements = lines.by_ref().map(str::trim).take_while(|line| *line != "}");
                set.elements.extend(elements.map(|line| line.trim_end_matches(',')));
            }
            _ if line.is_empty() || line.starts_with('#') => {}
            _ => set.kind.push(line),
        }
    }
}

/// The name of what a line opens.
fn opened<'t>(line: &'t str, word: &str) -> Option<&'t str> {
    line.strip_prefix(word)?.strip_suffix(" {")
}
