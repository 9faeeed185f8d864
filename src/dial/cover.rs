//! Patterns compared on all numbers at once: whether some match everything that another matches, whether two have a number in
//! common. An answer is certain; where it would take too long there is none.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::machine::{Machine, State};

/// The most situations that are explored for one answer.
const MOST: usize = 5_000;

/// Whether everything that `pattern` matches is matched by one of `others`.
pub fn covered(pattern: &Machine, others: &[&Machine]) -> Option<bool> {
    explore(pattern, others, |own, others| !own || others, Set::matched)
}

/// Whether there is a number that both match.
pub fn meet(one: &Machine, other: &Machine) -> Option<bool> {
    explore(one, &[other], |one, other| !(one && other), |_| false).map(|apart| !apart)
}

/// All numbers of digits that a pattern matches, shortest first; none where there are more than `most`, or that would take too
/// long.
pub fn numbers(pattern: &Machine, most: usize) -> Option<Vec<String>> {
    let restart = Set::restart(pattern);
    let start = Set::start(pattern);
    let mut found: Vec<String> = start.accepts(pattern, true).then(String::new).into_iter().collect();
    let certain = certain(pattern);
    let mut open = vec![(String::new(), start)];
    for _ in 0..LONGEST {
        let mut longer = Vec::new();
        for (number, set) in &open {
            for digit in '0'..='9' {
                let next = set.step(pattern, digit as u8, &restart);
                let number = format!("{number}{digit}");
                if next.accepts(pattern, false) {
                    found.push(number.clone());
                }
                if !next.0.is_empty() {
                    longer.push((number, next));
                }
            }
            // Each of these beginnings has a number of its own.
            let begun = longer.iter().filter(|(_, set)| set.0.iter().any(|state| certain[*state])).count();
            if found.len() > most || begun > most || longer.len() > MOST {
                return None;
            }
        }
        if longer.is_empty() {
            return Some(found);
        }
        open = longer;
    }
    None
}

/// The states that lead to a match by way of digits, wherever in a number they are.
fn certain(machine: &Machine) -> Vec<bool> {
    let mut certain: Vec<bool> = machine.states.iter().map(|state| matches!(state, State::Match)).collect();
    let mut ends = certain.clone();
    let mut changed = true;
    while changed {
        changed = false;
        for (at, state) in machine.states.iter().enumerate() {
            // Behind the end of a number nothing is read.
            let ends_here = match state {
                State::Match => true,
                State::Split(next) => next.iter().any(|next| ends[*next]),
                State::End(next) => ends[*next],
                State::Read(..) | State::Start(_) => false,
            };
            let is_certain = ends_here
                || match state {
                    State::Split(next) => next.iter().any(|next| certain[*next]),
                    State::Read(ranges, next) => {
                        certain[*next] && ranges.iter().any(|(first, last)| *first <= b'9' && *last >= b'0')
                    }
                    State::Match | State::End(_) | State::Start(_) => false,
                };
            changed |= (ends_here, is_certain) != (ends[at], certain[at]);
            (ends[at], certain[at]) = (ends_here, is_certain);
        }
    }
    certain
}

/// Digits of the longest number that is listed: longer than any real number.
const LONGEST: usize = 32;

/// Whether `holds` is true of every number. Its arguments: whether the pattern matches, and whether one of the others does.
/// Nothing new comes after the others are `settled`.
fn explore(
    pattern: &Machine,
    others: &[&Machine],
    holds: impl Fn(bool, bool) -> bool,
    settled: impl Fn(&Set) -> bool,
) -> Option<bool> {
    let letters = letters(pattern, others);
    let first = Situation { own: Set::start(pattern), others: others.iter().map(|other| Set::start(other)).collect() };
    if !holds(first.own.accepts(pattern, true), first.any_accepts(others, true)) {
        return Some(false);
    }
    let restart: Vec<Set> = std::iter::once(&pattern).chain(others).map(|machine| Set::restart(machine)).collect();
    let mut seen: FxHashSet<Situation> = FxHashSet::default();
    let mut waiting = vec![first];
    while let Some(situation) = waiting.pop() {
        for letter in &letters {
            let next = Situation {
                own: situation.own.step(pattern, *letter, &restart[0]),
                others: (situation.others.iter().zip(others).zip(&restart[1..]))
                    .map(|((set, machine), restart)| set.step(machine, *letter, restart))
                    .collect(),
            };
            if !holds(next.own.accepts(pattern, false), next.any_accepts(others, false)) {
                return Some(false);
            }
            if next.own.is_empty() && restart[0].is_empty() || next.others.iter().any(&settled) || seen.contains(&next) {
                continue;
            }
            if seen.len() >= MOST {
                return None;
            }
            seen.insert(next.clone());
            waiting.push(next);
        }
    }
    Some(true)
}

/// Where all machines are after a beginning of a number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Situation {
    own: Set,
    others: Vec<Set>,
}

impl Situation {
    fn any_accepts(&self, machines: &[&Machine], at_start: bool) -> bool {
        self.others.iter().zip(machines).any(|(set, machine)| set.accepts(machine, at_start))
    }
}

/// States that a machine may be in, without those that it only passes; the matching one alone once it has matched.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Set(BTreeSet<usize>);

/// The matching state of every machine.
const MATCH: usize = 0;

impl Set {
    /// Before the first character.
    pub(super) fn start(machine: &Machine) -> Self {
        Self::closed(machine, [machine.first], true)
    }

    /// What a match that begins later adds.
    pub(super) fn restart(machine: &Machine) -> Self {
        Self::closed(machine, [machine.first], false)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn matched(&self) -> bool {
        self.0.contains(&MATCH)
    }

    /// All states that are reached from these without reading.
    fn closed(machine: &Machine, from: impl IntoIterator<Item = usize>, at_start: bool) -> Self {
        let mut kept = BTreeSet::new();
        let mut passed = FxHashSet::default();
        let mut waiting: Vec<usize> = from.into_iter().collect();
        while let Some(at) = waiting.pop() {
            if !passed.insert(at) {
                continue;
            }
            match &machine.states[at] {
                State::Split(next) => waiting.extend(next),
                State::Start(next) => waiting.extend(at_start.then_some(*next)),
                State::Match | State::Read(..) | State::End(_) => {
                    kept.insert(at);
                }
            }
        }
        if kept.contains(&MATCH) { Self(BTreeSet::from([MATCH])) } else { Self(kept) }
    }

    /// The states after one more character. A pattern may begin to match anywhere.
    pub(super) fn step(&self, machine: &Machine, letter: u8, restart: &Set) -> Self {
        if self.matched() {
            return self.clone();
        }
        let read = self.0.iter().filter_map(|at| match &machine.states[*at] {
            State::Read(ranges, next) => ranges.iter().any(|(first, last)| (*first..=*last).contains(&letter)).then_some(*next),
            _ => None,
        });
        let mut next = Self::closed(machine, read, false);
        if !next.matched() {
            next.0.extend(&restart.0);
        }
        if next.matched() { Self(BTreeSet::from([MATCH])) } else { next }
    }

    /// Whether the number may end here.
    pub(super) fn accepts(&self, machine: &Machine, at_start: bool) -> bool {
        if self.matched() {
            return true;
        }
        let mut passed = FxHashSet::default();
        let mut waiting: Vec<usize> = self.0.iter().copied().filter(|at| matches!(machine.states[*at], State::End(_))).collect();
        while let Some(at) = waiting.pop() {
            if !passed.insert(at) {
                continue;
            }
            match &machine.states[at] {
                State::Match => return true,
                State::Split(next) => waiting.extend(next),
                State::End(next) => waiting.push(*next),
                State::Start(next) => waiting.extend(at_start.then_some(*next)),
                State::Read(..) => {}
            }
        }
        false
    }
}

/// One character of each kind that the machines distinguish.
pub(super) fn letters(pattern: &Machine, others: &[&Machine]) -> Vec<u8> {
    let mut borders = BTreeSet::from([0]);
    for state in std::iter::once(&pattern).chain(others).flat_map(|machine| &machine.states) {
        let State::Read(ranges, _) = state else { continue };
        for (first, last) in ranges {
            borders.insert(*first);
            borders.insert(last + 1);
        }
    }
    borders.into_iter().filter(u8::is_ascii).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(pattern: &str) -> Machine {
        Machine::new(pattern).unwrap_or_else(|| panic!("no machine of {pattern}"))
    }

    fn covers(others: &[&str], pattern: &str) -> Option<bool> {
        let others: Vec<Machine> = others.iter().map(|other| machine(other)).collect();
        covered(&machine(pattern), &others.iter().collect::<Vec<_>>())
    }

    #[test]
    fn a_wider_pattern_covers_a_narrower_one() {
        for (wide, narrow) in [
            (r"^(\d{4})$", r"^([0-9]{4})$"),
            (r"^\d{4,7}$", r"^(\d{5})$"),
            (r"^(\d*)$", r"^011(\d*)$"),
            (r"^\+?(\d*)$", r"^\+1(425|206|253)(\d{7})$"),
            (r"^[1-9]\d+$", r"^(2|3)\d{2}$"),
            (r"1", r"^21$"),
            (r".*", r"^$"),
            (r"", r"x"),
            (r"\d{3}", r"^9\d{3}"),
            (r"^(00|011)\d+$", r"^011\d{5}$"),
        ] {
            assert_eq!(covers(&[wide], narrow), Some(true), "{wide} {narrow}");
        }
    }

    #[test]
    fn one_distinguishing_number_prevents_cover() {
        for (one, other) in [
            (r"^(\d{4})$", r"^(\d{4})"),
            (r"^(\d{4})$", r"(\d{4})$"),
            (r"^\d{4}$", r"^\d{4,5}$"),
            (r"^[0-8]\d{3}$", r"^\d{4}$"),
            (r"^\d{7}$", r"^5\d{4}$"),
            (r"^\d+$", r"^\d*$"),
            (r"^1\d*$", r"1"),
            (r"^a$", r"^[ab]$"),
        ] {
            assert_eq!(covers(&[one], other), Some(false), "{one} {other}");
        }
    }

    #[test]
    fn several_patterns_may_cover_one() {
        assert_eq!(covers(&[r"^[0-4]\d{3}$", r"^[5-9]\d{3}$"], r"^\d{4}$"), Some(true));
        assert_eq!(covers(&[r"^[0-4]\d{3}$", r"^[6-9]\d{3}$"], r"^\d{4}$"), Some(false));
        assert_eq!(covers(&[], r"^\d{4}$"), Some(false));
    }

    #[test]
    fn a_short_list_of_numbers_is_listed() {
        let listed = |pattern: &str| numbers(&machine(pattern), 20).map(|numbers| numbers.join(" "));
        for (pattern, list) in [
            (r"^0?(110|112)$", "110 112 0110 0112"),
            (r"^11[02-4]$", "110 112 113 114"),
            (r"^9?911$", "911 9911"),
            (r"^\+110$", ""),
            (r"^$", ""),
            (r"^[1-3]?$", " 1 2 3"),
        ] {
            assert_eq!(listed(pattern).as_deref(), Some(list), "{pattern}");
        }
        for pattern in [r"110", r"^110", r"110$", r"^11\d*$", r"^\d{2}$", r"^1*\+$", r"^(1|2){1,9}$"] {
            assert_eq!(listed(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn numbers_in_common_are_found() {
        let meets = |one, other| meet(&machine(one), &machine(other));
        assert_eq!(meets(r"^\+?(\d*)$", r"^\+\d+$"), Some(true));
        assert_eq!(meets(r"^(425|206)\d{7}$", r"^\+\d+$"), Some(false));
        assert_eq!(meets(r"425", r"^\+\d+$"), Some(true));
        assert_eq!(meets(r"^1$", r"^2$"), Some(false));
    }

    #[test]
    fn engine_differences_have_no_automaton() {
        for pattern in [r"^\+?(?!(1900|1411))(\d*)$", r"\b1", r"(?m)^1$", r"^1{,5}$", r"[a-z-[aeiou]]", r"(\d{90}){90}", r"(\1)"]
        {
            assert!(Machine::new(pattern).is_none(), "{pattern}");
        }
    }

    /// The comparison agrees with the engine on every short number.
    #[test]
    fn the_engine_agrees() {
        let patterns =
            [r"^1(2|3)*$", r"^[1-3]{1,2}$", r"2$", r"^1", r"12|^3$", r"^(1|2)+$", r"3?1", r"^$", r"^1?2?3?$", r"2{2,}"];
        let mut numbers = vec![String::new()];
        for _ in 0..5 {
            let longer: Vec<String> =
                numbers.iter().flat_map(|number| ["1", "2", "3"].map(|digit| format!("{number}{digit}"))).collect();
            numbers.extend(longer);
        }
        numbers.sort();
        numbers.dedup();
        let tried = |pattern: &str| {
            let regex = crate::dial::Pattern::new(pattern).expect("a pattern");
            numbers.iter().map(|number| regex.is_match(number).expect("decided")).collect::<Vec<_>>()
        };
        for one in patterns {
            for other in patterns {
                let (tried_one, tried_other) = (tried(one), tried(other));
                let both = tried_one.iter().zip(&tried_other);
                if covers(&[one], other) == Some(true) {
                    assert!(both.clone().all(|(one, other)| !other || *one), "{one} covers {other}");
                }
                assert_eq!(
                    meet(&machine(one), &machine(other)),
                    Some(both.clone().any(|(one, other)| *one && *other)),
                    "{one} {other}"
                );
            }
        }
    }
}
