//! The help of every finding, followed as its reader would: its literal texts are in the language, and its advice removes
//! the finding. The findings are those of all broken topologies and of the bad example of each rule. Helps that are complete are
//! followed to the letter; for the others `ways.toml` says what a reader does, and a rule that has neither has a reason there.

mod advice;
mod follow;
mod ways;
mod zones;

use std::collections::BTreeSet;

use advice::{Advice, alternatives};
use follow::Topology;
use ocstopo::compile::{CompileOptions, compile};
use ocstopo::diag::{Diag, Severity};
use ocstopo::lint::{Rule, rules};
use ocstopo::schema::blocks;
use ocstopo::text::SourceMap;
use ways::{Ways, is_to_the_letter};

use crate::support::topologies::{FIXTURES, broken_and_bad_examples};

fn findings(sources: &SourceMap) -> (Vec<Diag>, bool) {
    let compiled = compile(sources.clone(), &FIXTURES);
    (compiled.diags, compiled.linted)
}

/// Whether a finding of the same sort about the same thing is among others.
fn holds(diags: &[Diag], diag: &Diag) -> bool {
    diags.iter().any(|other| other.code == diag.code && other.message == diag.message)
}

/// What is left after one way out, as far as it is worse than promised.
fn left_over(sources: &SourceMap, before: &[Diag], linted: bool, diag: &Diag, advice: &[Advice]) -> Result<(), String> {
    let topology = Topology::new(sources).follow(diag, advice)?;
    let (after, _) = findings(&topology.sources());
    let name = |diag: &Diag| format!("{} {}", diag.code, diag.message);
    if holds(&after, diag) {
        return Err(format!("{advice:?} leaves it"));
    }
    let new: Vec<String> =
        after.iter().filter(|other| other.severity == Severity::Error && !holds(before, other)).map(name).collect();
    // Errors of the language hide what rules say.
    if linted && !new.is_empty() { Err(format!("{advice:?} brings {}", new.join("; "))) } else { Ok(()) }
}

#[test]
fn literal_helps_remove_the_finding() {
    let (mut followed, mut faults) = (BTreeSet::new(), String::new());
    for (name, sources) in broken_and_bad_examples() {
        let (before, linted) = findings(&sources);
        for diag in &before {
            for advice in alternatives(diag.help.as_deref().unwrap_or_default()) {
                match left_over(&sources, &before, linted, diag, &advice) {
                    Ok(()) => drop(followed.insert((diag.code.0, format!("{advice:?}")))),
                    Err(problem) => {
                        let help = diag.help.as_deref().unwrap_or_default();
                        faults += &format!("{name}: {} {}\n  help: {help}\n  {problem}\n", diag.code, diag.message);
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(followed.len() >= 70, "only {} ways out could be followed to the letter", followed.len());
}

/// The findings of a rule's example, on the day that it names.
fn findings_of_example(rule: &Rule, text: String) -> Vec<Diag> {
    let sources = SourceMap::new(vec![("example.ocstopo".to_owned(), text)]);
    compile(sources, &CompileOptions { today: rule.bad.today.or(FIXTURES.today), ..FIXTURES }).diags
}

/// What is wrong with a way out by hand, if anything is: the help must contain it, the finding must disappear, and no other
/// appear.
fn fault_of_way(way: &ways::Way) -> Option<String> {
    let Some(rule) = rules().iter().find(|rule| rule.code.0 == way.rule) else { return Some("there is no such rule".to_owned()) };
    let before = findings_of_example(rule, rule.bad.text());
    let matches = |diag: &&Diag| diag.code == rule.code && diag.help.as_ref().is_some_and(|help| help.contains(&way.help));
    let Some(diag) = before.iter().find(matches) else { return Some("no help of its example says so".to_owned()) };
    let text = match way.follow(rule) {
        Ok(text) => text,
        Err(fault) => return Some(fault),
    };
    let mut after = findings_of_example(rule, text);
    if holds(&after, diag) {
        return Some("the finding stays".to_owned());
    }
    let milder = |other: &Diag| way.then.iter().any(|code| code == other.code.0) && other.severity >= diag.severity;
    after.retain(|other| !milder(other) && !holds(&before, other));
    (!after.is_empty())
        .then(|| format!("it brings {}", after.iter().map(|diag| diag.message.as_str()).collect::<Vec<_>>().join("; ")))
}

#[test]
fn described_helps_remove_the_finding() {
    let faults: Vec<String> =
        Ways::read().way.iter().filter_map(|way| Some(format!("{}, `{}`: {}", way.rule, way.help, fault_of_way(way)?))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_help_of_every_rule_is_followed() {
    let ways = Ways::read();
    let (mut followed, mut only_parsed, mut faults) = (0, 0, Vec::new());
    for rule in rules() {
        let by_hand = ways.way.iter().any(|way| way.rule == rule.code.0);
        let helps = findings_of_example(rule, rule.bad.text());
        let own = helps.iter().filter(|diag| diag.code == rule.code).filter_map(|diag| diag.help.as_deref());
        let to_the_letter = own.into_iter().any(is_to_the_letter);
        match (by_hand || to_the_letter, ways.parsed.iter().find(|parsed| parsed.rule == rule.code.0)) {
            (true, None) => followed += 1,
            (false, Some(parsed)) if parsed.why.len() > 20 => only_parsed += 1,
            (false, Some(_)) => faults.push(format!("{}: why?", rule.code)),
            (true, Some(_)) => faults.push(format!("{} is followed: take it out of the rules that are not", rule.code)),
            (false, None) => {
                faults.push(format!("{} {}: say in `ways.toml` what a reader of the help does", rule.code, rule.name))
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert_eq!((followed + only_parsed, only_parsed), (rules().len(), ways.parsed.len()));
}

#[test]
fn literal_helps_are_in_the_language() {
    let mut faults = String::new();
    for (name, sources) in broken_and_bad_examples() {
        for diag in findings(&sources).0 {
            let Some(help) = &diag.help else { continue };
            for fault in advice::quoted(help).filter_map(|code| advice::fault(code, &sources)) {
                faults += &format!("{name}: {} {help}\n  {fault}\n", diag.code);
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_error_has_a_way_out() {
    for (name, sources) in broken_and_bad_examples() {
        for diag in findings(&sources).0 {
            assert!(diag.help.is_some() || diag.fix.is_some(), "{name}: {} {}", diag.code, diag.message);
        }
    }
}

#[test]
fn the_reader_of_helps_finds_their_advice() {
    let found = |help: &str| format!("{:?}", alternatives(help));
    insta::assert_snapshot!(
        [
            "write `a = b`",
            "write `a = b` and `c = d`",
            "write `a = b`, or leave `c` out",
            "write `a = b` or `a = c`",
            "write `next_hop = dir01` in `edge_array edge`",
            "did you mean `se01`?",
            "did you mean `windows_2003`? There are `windows_2003` and `windows_2008`",
            "write `fqdn = \"…\"`",
        ]
        .map(found)
        .join("\n")
    );
    assert!(blocks::find("site", "").is_some());
}
