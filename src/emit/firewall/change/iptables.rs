//! iptables-restore without a flush: chains that differ are declared, which empties them, and filled again, in one transaction for
//! each table. All other chains stay as they are.

use std::collections::BTreeMap;

use super::{Delta, Part, State};

/// The chains of a table, in order, each with its lines.
type Chains<'t> = Vec<(&'t str, Vec<&'t str>)>;

/// The differences of two rule sets.
pub(in super::super) fn delta(from: &State, to: &State) -> Result<Delta, String> {
    let (old, new) = (tables(&from.rules)?, tables(&to.rules)?);
    let mut main = Vec::new();
    for (table, chains) in &new {
        let none = Chains::new();
        main.extend(changes(table, old.get(table).unwrap_or(&none), chains));
    }
    Ok(Delta { main, after: Vec::new() })
}

fn changes(table: &str, old: &Chains<'_>, new: &Chains<'_>) -> Option<Part> {
    let find = |chains: &Chains<'_>, name: &str| chains.iter().position(|(other, _)| *other == name);
    let differs = |(name, lines): &&(&str, Vec<&str>)| find(old, name).is_none_or(|at| !acted(&old[at].1).eq(acted(lines)));
    let filled: Vec<_> = new.iter().filter(differs).collect();
    let gone: Vec<&str> = old.iter().map(|(name, _)| *name).filter(|name| find(new, name).is_none()).collect();
    if filled.is_empty() && gone.is_empty() {
        return None;
    }
    let mut lines = vec![format!("*{table}")];
    // Those that go are emptied first: one may lead to another.
    let names = filled.iter().map(|(name, _)| *name).chain(gone.iter().copied());
    lines.extend(names.map(|name| format!(":{name} - [0:0]")));
    for (_, rules) in filled {
        lines.extend(rules.iter().map(|line| (*line).to_owned()));
    }
    lines.extend(gone.iter().map(|name| format!("-X {name}")));
    lines.push("COMMIT".to_owned());
    Part::new(&format!("The chains of the table {table} that differ; those at the end go."), lines)
}

fn acted<'l>(lines: &'l [&'l str]) -> impl Iterator<Item = &'l str> {
    lines.iter().copied().filter(|line| !line.starts_with('#'))
}

/// Tables with their chains; a comment belongs to the line below it.
fn tables(text: &str) -> Result<BTreeMap<&str, Chains<'_>>, String> {
    let mut tables: BTreeMap<&str, Chains<'_>> = BTreeMap::new();
    let mut table = "";
    let mut comments: Vec<&str> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            comments.push(line);
            continue;
        }
        let word = |rest: &'_ str| rest.split(' ').next().unwrap_or_default().to_owned();
        if let Some(name) = line.strip_prefix('*') {
            table = name;
            tables.entry(table).or_default();
        } else if let Some(rest) = line.strip_prefix(':') {
            let name = &rest[..word(rest).len()];
            tables.entry(table).or_default().push((name, Vec::new()));
        } else if let Some(rest) = line.strip_prefix("-A ") {
            let chain = tables.entry(table).or_default().iter_mut().find(|(other, _)| *other == word(rest));
            let (_, lines) =
                chain.ok_or_else(|| format!("its template fills a chain that it does not declare: {}", word(rest)))?;
            lines.append(&mut comments);
            lines.push(line);
        } else if line != "COMMIT" {
            return Err(format!("its template has a line that is no chain and no rule: {line}"));
        }
        comments.clear();
    }
    Ok(tables)
}
