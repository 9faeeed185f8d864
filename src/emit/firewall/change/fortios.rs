//! FortiOS acts on each entry as it reads it. So what comes is there before what differs, and what differs before what goes: at no
//! moment is a packet dropped that both states permit, or one permitted that neither does.

use std::collections::BTreeMap;

use super::statements::beside;
use super::{Delta, Part, State};

/// An entry of a table with its settings.
#[derive(Debug)]
struct Entry<'t> {
    /// Its name as it is written; empty for settings of the table itself.
    name: &'t str,
    /// `set` and `append` lines, in order.
    lines: Vec<&'t str>,
    comments: Vec<&'t str>,
}

/// Tables by their path, each with its entries in order.
type Tables<'t> = BTreeMap<&'t str, Vec<Entry<'t>>>;

/// All tables in the order in which one uses the other.
const TABLES: [&str; 4] = ["firewall address", "firewall addrgrp", "firewall service custom", POLICIES];
const POLICIES: &str = "firewall policy";

/// The differences of two configurations.
pub(in super::super) fn delta(from: &State, to: &State) -> Result<Delta, String> {
    let (old, new) = (tables(&from.rules)?, tables(&to.rules)?);
    let mut parts = Vec::new();
    let others = new.keys().copied().filter(|table| !TABLES.contains(table));
    for table in TABLES.into_iter().chain(others) {
        let (was, now) = (entries(&old, table), entries(&new, table));
        let stays = |name: &str| find(was, name).is_some();
        let order: Vec<&str> = now.iter().map(|entry| entry.name).collect();
        let (mut comes, mut moves, mut by_hand, mut differs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, entry) in now.iter().enumerate() {
            match find(was, entry.name) {
                Some(before) if before.lines == entry.lines => {}
                Some(before) => differs.extend(entry.written(Some(before))),
                None => {
                    comes.extend(entry.written(None));
                    if table == POLICIES {
                        match beside(&order, at, stays) {
                            Some((side, other)) => moves.push(format!("    move {} {side} {other}", entry.name)),
                            None => by_hand.push(format!("#     move {} before DENY", entry.name)),
                        }
                    }
                }
            }
        }
        comes.append(&mut moves);
        parts.extend(Part::new("What comes, in its place among what stays.", configured(table, comes)));
        if !by_hand.is_empty() {
            by_hand.insert(0, format!("# config {table}"));
            by_hand.push("# end".to_owned());
        }
        parts.extend(Part::new(
            "ORDER. No policy stays, so these are last. If a policy denies more than OCS traffic, these go before it: write its number \
             in place of DENY, remove the marks, and paste the lines.",
            by_hand,
        ));
        parts.extend(Part::new("What has other settings.", configured(table, differs)));
    }
    let others = old.keys().copied().filter(|table| !TABLES.contains(table));
    for table in [POLICIES, "firewall addrgrp", "firewall address", "firewall service custom"].into_iter().chain(others) {
        let now = entries(&new, table);
        let gone = entries(&old, table).iter().rev().filter(|entry| !entry.name.is_empty() && find(now, entry.name).is_none());
        let deletes = gone.map(|entry| format!("    delete {}", entry.name)).collect();
        parts.extend(Part::new("What goes.", configured(table, deletes)));
    }
    Ok(Delta { main: parts, after: Vec::new() })
}

fn entries<'e, 't>(tables: &'e Tables<'t>, table: &str) -> &'e [Entry<'t>] {
    tables.get(table).map(Vec::as_slice).unwrap_or_default()
}

fn find<'e, 't>(entries: &'e [Entry<'t>], name: &str) -> Option<&'e Entry<'t>> {
    entries.iter().find(|entry| entry.name == name)
}

/// Lines within their table; none where there is nothing to do.
fn configured(table: &str, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return lines;
    }
    let (begin, end) = (format!("config {table}"), "end".to_owned());
    std::iter::once(begin).chain(lines).chain([end]).collect()
}

impl Entry<'_> {
    /// The lines that make it, or that make it of what it was: those of each setting that differs.
    fn written(&self, was: Option<&Entry<'_>>) -> Vec<String> {
        let before = was.map(|was| was.lines.as_slice()).unwrap_or_default();
        let of = |lines: &[&str], wanted: &str| -> Vec<String> {
            lines.iter().filter(|line| key(line) == wanted).map(|line| (*line).to_owned()).collect()
        };
        let mut lines: Vec<String> = self.comments.iter().map(|line| (*line).to_owned()).collect();
        let named = !self.name.is_empty();
        if named {
            lines.push(format!("    edit {}", self.name));
        }
        let differs = |line: &&&str| of(before, key(line)) != of(&self.lines, key(line));
        lines.extend(self.lines.iter().filter(differs).map(|line| (*line).to_owned()));
        let gone = before.iter().map(|line| key(line)).filter(|key| of(&self.lines, key).is_empty());
        lines.extend(gone.map(|key| format!("        unset {key}")));
        if named {
            lines.push("    next".to_owned());
        }
        lines
    }
}

/// What a line sets or appends to.
fn key(line: &str) -> &str {
    line.trim().split(' ').nth(1).unwrap_or_default()
}

/// Reads a configuration; a comment belongs to the entry below it.
fn tables(text: &str) -> Result<Tables<'_>, String> {
    let mut tables = Tables::new();
    let mut table: Option<&str> = None;
    let mut comments: Vec<&str> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.starts_with('#') {
            comments.push(line);
            continue;
        }
        let unknown = || format!("its template has a line that is neither an entry nor a setting: {trimmed}");
        match (table, trimmed.split_once(' ').unwrap_or((trimmed, ""))) {
            (_, ("", _)) => {}
            (None, ("config", path)) => {
                table = Some(path);
                tables.entry(path).or_default();
            }
            (Some(_), ("end", "")) => table = None,
            (Some(path), ("edit", name)) => {
                let entry = Entry { name, lines: Vec::new(), comments: std::mem::take(&mut comments) };
                tables.entry(path).or_default().push(entry);
            }
            (Some(_), ("next", "")) => {}
            (Some(path), ("set" | "append", _)) => {
                let entries = tables.entry(path).or_default();
                if entries.is_empty() {
                    entries.push(Entry { name: "", lines: Vec::new(), comments: Vec::new() });
                }
                if let Some(entry) = entries.last_mut() {
                    entry.lines.push(line);
                }
            }
            _ => return Err(unknown()),
        }
        comments.clear();
    }
    Ok(tables)
}
