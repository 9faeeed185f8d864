//! The shortest number, of digits and plus signs, that some patterns match and others do not.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::cover::{Set, letters};
use super::machine::Machine;

/// The most situations that are explored for one number.
const MOST: usize = 5_000;

/// The form of a telephone number in E.164.
const NUMBERS: &str = r"^\+[1-9]\d{6,14}$";

/// A shorter one, such as an emergency number with a plus sign.
const SHORT: &str = r"^\+[1-9]\d*$";

/// A telephone number that all of `patterns` match and none of `others`: a whole one, or a short one where there is none; `None`
/// where there is neither, or where it would take too long to find one.
pub fn telephone_number(patterns: &[&Machine], others: &[&Machine]) -> Option<String> {
    of_form(NUMBERS, patterns, others).or_else(|| of_form(SHORT, patterns, others))
}

/// A whole telephone number that a pattern matches, found as by [`telephone_number`].
pub fn whole_number(pattern: &Machine) -> Option<String> {
    of_form(NUMBERS, &[pattern], &[])
}

fn of_form(form: &str, patterns: &[&Machine], others: &[&Machine]) -> Option<String> {
    let form = Machine::new(form)?;
    let all: Vec<&Machine> = [&form].into_iter().chain(patterns.iter().copied()).collect();
    example(&all, others).flatten()
}

/// The shortest number that all of `patterns` match and none of `others`: `Some(None)` where there is none, `None` where it would
/// take too long to say.
pub fn example(patterns: &[&Machine], others: &[&Machine]) -> Option<Option<String>> {
    let machines: Vec<&Machine> = patterns.iter().chain(others).copied().collect();
    let letters = machines.first().map(|first| dialled(&letters(first, &machines[1..]))).unwrap_or_default();
    let restart: Vec<Set> = machines.iter().map(|machine| Set::restart(machine)).collect();
    let start: Vec<Set> = machines.iter().map(|machine| Set::start(machine)).collect();
    let wanted = |sets: &[Set], at_start: bool| {
        let mut accepted = sets.iter().zip(&machines).map(|(set, machine)| set.accepts(machine, at_start));
        let all = accepted.by_ref().take(patterns.len()).all(|accepts| accepts);
        all && !accepted.any(|accepts| accepts)
    };
    if wanted(&start, true) {
        return Some(Some(String::new()));
    }
    // How each situation was reached: from which one, by which character.
    let mut seen: FxHashMap<Vec<Set>, usize> = FxHashMap::default();
    let mut from: Vec<(usize, u8)> = vec![(0, 0)];
    let mut waiting = VecDeque::from([(start, 0)]);
    while let Some((sets, at)) = waiting.pop_front() {
        for letter in &letters {
            let next = sets.iter().zip(&machines).zip(&restart);
            let next: Vec<Set> = next.map(|((set, machine), restart)| set.step(machine, *letter, restart)).collect();
            let dead = next[..patterns.len()].iter().zip(&restart).any(|(set, restart)| set.is_empty() && restart.is_empty());
            if dead || seen.contains_key(&next) {
                continue;
            }
            from.push((at, *letter));
            let own = from.len() - 1;
            if wanted(&next, false) {
                return Some(Some(spelled(&from, own)));
            }
            if from.len() > MOST {
                return None;
            }
            seen.insert(next.clone(), own);
            waiting.push_back((next, own));
        }
    }
    Some(None)
}

/// A digit or plus sign of each kind that the machines distinguish; `kinds` begin at these characters.
fn dialled(kinds: &[u8]) -> Vec<u8> {
    let mut letters = b"0123456789+".to_vec();
    let kind = |letter: u8| kinds.partition_point(|first| *first <= letter);
    letters.dedup_by_key(|letter| kind(*letter));
    letters
}

fn spelled(from: &[(usize, u8)], last: usize) -> String {
    let mut at = last;
    let mut letters = Vec::new();
    while at != 0 {
        let (before, letter) = from[at];
        letters.push(char::from(letter));
        at = before;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(patterns: &[&str], others: &[&str]) -> Option<Option<String>> {
        let machines = |texts: &[&str]| texts.iter().map(|text| Machine::new(text).expect("a machine")).collect::<Vec<_>>();
        let (patterns, others) = (machines(patterns), machines(others));
        example(&patterns.iter().collect::<Vec<_>>(), &others.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_shortest_number_of_several_patterns_is_found() {
        let e164 = r"^\+[1-9]\d{6,14}$";
        assert_eq!(found(&[e164, r"^\+?(\d*)$", r"^\+1(425|206)(\d{7})$"], &[]), Some(Some("+12060000000".to_owned())));
        assert_eq!(found(&[e164, r"^\+1(425|206)(\d{7})$"], &[r"^\+1206"]), Some(Some("+14250000000".to_owned())));
        assert_eq!(found(&[r"^\+1\d{10}$", r"^\+[2-9]\d*$"], &[]), Some(None));
        assert_eq!(found(&[r"^\d*$"], &[]), Some(Some(String::new())));
        assert_eq!(found(&[r"1"], &[r"^1"]), Some(Some("01".to_owned())));
        assert_eq!(found(&[r"^\d{4}$"], &[r"^\d+$"]), Some(None));
    }
}
