//! The help of every finding, followed as its reader would: what it tells to write is in the language, and where it is complete it
//! removes the finding. The findings are those of all broken topologies and of the bad example of each rule.

mod advice;
mod follow;

use std::collections::BTreeSet;

use advice::{Advice, alternatives};
use follow::Topology;
use ocstopo::compile::compile;
use ocstopo::diag::{Diag, Severity};
use ocstopo::schema::blocks;
use ocstopo::text::SourceMap;

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
fn what_helps_tell_to_write_removes_the_finding() {
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

#[test]
fn what_helps_tell_to_write_is_in_the_language() {
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
fn the_reader_of_helps_finds_what_they_tell() {
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
