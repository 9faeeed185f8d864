//! Junos: a candidate is changed and committed as a whole. A policy that stays is changed in its place, so that its sessions go on
//! and it stays before a deny of others.

use super::statements::{Object, Objects, beside};
use super::{Delta, Part, State};

/// How many words name the object of a statement.
fn depth(words: &[&str]) -> usize {
    match words {
        ["security", "address-book", ..] => 5,
        ["applications", ..] => 3,
        ["security", "policies", ..] => 8,
        ["security", "nat", "static", "rule-set", _, "rule", ..] => 7,
        ["security", "nat", ..] => 5,
        _ => words.len(),
    }
}

/// The name of a setting of which there is one.
fn single(setting: &str) -> Option<&str> {
    setting.starts_with("description ").then_some("description")
}

const POLICY: &str = "security policies ";
const NAT: &str = "security nat ";

/// The differences of two configurations.
pub(in super::super) fn delta(from: &State, to: &State) -> Result<Delta, String> {
    let (old, new) = (Objects::new(&from.rules, depth), Objects::new(&to.rules, depth));
    let gone = |kind: &str| -> Vec<&Object<'_>> {
        old.all.iter().filter(|object| object.path.starts_with(kind) && new.find(object.path).is_none()).collect()
    };
    let mut objects = Vec::new();
    let mut policies = Vec::new();
    let mut nats = Vec::new();
    for object in &new.all {
        let of_nat = object.path.starts_with(NAT);
        let lines = match old.find(object.path) {
            None if of_nat => object.lines().collect(),
            None => object.made(),
            // Its addresses would be added to those that it has.
            Some(was) if of_nat && was.settings != object.settings => {
                std::iter::once(format!("delete {}", object.path)).chain(object.lines()).collect()
            }
            Some(was) => was.became(object, single),
        };
        let into = if of_nat {
            &mut nats
        } else if object.path.starts_with(POLICY) {
            &mut policies
        } else {
            &mut objects
        };
        into.extend(lines);
    }
    let mut deletes: Vec<String> = gone(POLICY).iter().map(|object| format!("delete {}", object.path)).collect();
    let sets: Vec<&str> = gone(NAT).iter().map(|object| object.path).filter(|path| !path.contains(" rule ")).collect();
    let within = |path: &str| sets.iter().any(|set| path.strip_prefix(set).is_some_and(|rest| rest.starts_with(" rule ")));
    let translations = gone(NAT).into_iter().map(|object| object.path).filter(|path| !within(path));
    let mut ended: Vec<String> = translations.map(|path| format!("delete {path}")).collect();
    ended.extend(arp(&from.remove, &to.rules));
    ended.append(&mut nats);
    ended.extend(arp(&to.rules, &from.rules));
    // Groups before their members, and groups of groups before those.
    for kind in ["security address-book global address-set ", "security address-book global address ", "applications "] {
        deletes.extend(gone(kind).iter().rev().map(|object| format!("delete {}", object.path)));
    }
    let (moves, order) = places(&old, &new);
    policies.extend(moves);
    let parts = [
        Part::new("Addresses, groups and applications that come or have another description.", objects),
        Part::new("Policies that come or differ, each in its place among those that stay.", policies),
        Part::new(
            "ORDER. No policy of this zone pair stays, so these are last in it. If a policy there denies more than OCS traffic, these \
             go before it, in the same candidate: write its name in place of DENY, remove the mark, and paste the lines.",
            order,
        ),
        Part::new(
            "Translations. If a public address is in the subnet of an interface, the SRX has to answer ARP for it: write the logical \
             interface in place of IFL, remove the mark, and paste the line.",
            ended,
        ),
        Part::new("What goes.", deletes),
    ];
    Ok(Delta { main: parts.into_iter().flatten().collect(), after: Vec::new() })
}

/// Lines that put new policies beside those that stay in their zone pair, and those that a person has to complete.
fn places(old: &Objects<'_>, new: &Objects<'_>) -> (Vec<String>, Vec<String>) {
    let pair = |path: &'_ str| path.rsplit_once(" policy ").map_or("", |(pair, _)| pair).to_owned();
    let paths: Vec<&str> = new.all.iter().map(|object| object.path).filter(|path| path.starts_with(POLICY)).collect();
    let mut pairs: Vec<String> = paths.iter().map(|path| pair(path)).collect();
    pairs.sort();
    pairs.dedup();
    let (mut moves, mut order) = (Vec::new(), Vec::new());
    for zones in &pairs {
        let here: Vec<&str> = paths.iter().copied().filter(|path| pair(path) == *zones).collect();
        for (at, path) in here.iter().enumerate().filter(|(_, path)| old.find(path).is_none()) {
            match beside(&here, at, |path| old.find(path).is_some()) {
                Some((side, other)) => {
                    let name = other.rsplit(' ').next().unwrap_or_default();
                    moves.push(format!("insert {path} {side} policy {name}"));
                }
                None => order.push(format!("# insert {path} before policy DENY")),
            }
        }
    }
    (moves, order)
}

/// The lines of a text about answers to ARP that another text does not have: marked, because a person completes them.
fn arp(text: &str, other: &str) -> Vec<String> {
    let address = |line: &'_ str| line.rsplit(' ').next().unwrap_or_default().to_owned();
    let of = |text: &'_ str| -> Vec<String> {
        let lines = text.lines().filter(|line| line.starts_with('#') && line.contains(" proxy-arp interface IFL address "));
        lines.map(str::to_owned).collect()
    };
    let known: Vec<String> = of(other).iter().map(|line| address(line)).collect();
    of(text).into_iter().filter(|line| !known.contains(&address(line))).collect()
}
