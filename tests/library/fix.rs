//! `check --fix`: what is right of every correction, whatever it is of, and what the command does with them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use ocstopo::compile::{Fixed, compile, fix};
use ocstopo::diag::Diag;
use ocstopo::lint::rules;
use ocstopo::syntax::{SyntaxKind, parse};
use ocstopo::text::{FileId, SourceMap};

use crate::support::topologies::{FIXTURES, broken_and_bad_examples, listed};

fn fixed(name: &str, sources: &SourceMap) -> Fixed {
    fix(sources.clone(), &FIXTURES).unwrap_or_else(|broken| panic!("{name}: {broken:?}"))
}

fn texts(sources: &SourceMap) -> Vec<&str> {
    sources.files().map(|(_, file)| file.text()).collect()
}

/// The comments of all files, and how many errors of syntax there are.
fn read(sources: &SourceMap) -> (Vec<String>, usize) {
    let (mut comments, mut errors) = (Vec::new(), 0);
    for (id, file) in sources.files() {
        let parsed = parse(id, file.shared_text());
        errors += parsed.diags.len();
        let of_file = parsed.tree.nodes().filter(|node| node.kind() == SyntaxKind::Comment);
        comments.extend(of_file.map(|node| node.text().to_owned()));
    }
    (comments, errors)
}

fn counted(diags: &[Diag]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for diag in diags {
        *counts.entry(diag.code.0).or_default() += 1;
    }
    counts
}

/// Every topology with its remaining findings. Some reach the rules only after errors of the language are fixed.
#[test]
fn corrections_remove_their_findings() {
    let mut corrected = 0;
    for (name, sources) in broken_and_bad_examples() {
        let before = compile(sources.clone(), &FIXTURES);
        let after = fixed(&name, &sources);
        let again = fixed(&name, &after.compiled.sources);
        assert!(again.made.is_empty(), "{name}: a second run still finds work: {:?}", again.made);
        let ((comments, errors), (left, errors_left)) = (read(&sources), read(&after.compiled.sources));
        assert!(errors_left <= errors, "{name}: {errors} errors of syntax became {errors_left}");
        // A correction may turn `//` into a comment; none takes one away.
        let mut kept = left.iter();
        assert!(comments.iter().all(|comment| kept.any(|other| other == comment)), "{name}: {comments:?} became {left:?}");
        let fixable: BTreeSet<_> = before.diags.iter().filter(|diag| diag.fix.is_some()).map(|diag| diag.code.0).collect();
        let (found, remaining) = (counted(&before.diags), counted(&after.compiled.diags));
        for code in &fixable {
            assert_eq!(remaining.get(code), None, "{name}: the correction of {code} leaves it");
        }
        if before.linted {
            for (code, number) in remaining {
                // A waiver whose name is right at last may turn out to cover nothing.
                let waiver = code == "OCS0093" && fixable.contains("OCS0091");
                assert!(
                    waiver || found.get(code).is_some_and(|before| number <= *before),
                    "{name}: the corrections bring {code}"
                );
            }
        }
        corrected += usize::from(!after.made.is_empty());
    }
    assert!(corrected >= 60, "only {corrected} topologies had anything to correct");
}

/// What a rule says of itself is what its findings carry.
#[test]
fn fixable_rules_are_marked() {
    for rule in rules() {
        let sources = SourceMap::new(vec![("example.ocstopo".to_owned(), rule.bad.text())]);
        let found = compile(sources, &FIXTURES).diags;
        let offers = found.iter().any(|diag| diag.code == rule.code && diag.fix.is_some());
        assert_eq!(offers, rule.fixable, "{} {}", rule.code, rule.name);
    }
}

/// Only what was wrong changes: of the fixed example and the bad one all other lines are the same.
#[test]
fn layout_stays() {
    for rule in rules().iter().filter(|rule| rule.fixable) {
        let bad = rule.bad.text();
        let sources = SourceMap::new(vec![("example.ocstopo".to_owned(), bad.clone())]);
        let after = fixed(rule.name, &sources);
        let text = texts(&after.compiled.sources).concat();
        let changed = bad.lines().zip(text.lines()).filter(|(old, new)| old != new).count();
        assert!(changed == 1 && bad.lines().count() == text.lines().count(), "{}:\n{text}", rule.name);
    }
}

const BASE: &str = "organization contoso {\n  product = ocs_2007\n";

#[test]
fn overlapping_corrections_wait_for_each_other() {
    // A quoted word that is misspelt too: the quotes go first, the letters in the next pass.
    let text = format!("{BASE}  \"sampel\" = true,,\n}}\n");
    let sources = SourceMap::new(vec![("a".to_owned(), text)]);
    let after = fixed("quotes", &sources);
    assert!(texts(&after.compiled.sources)[0].contains("\n  sample = true\n"), "{:?}", texts(&after.compiled.sources));
    assert!(after.made.len() >= 2, "{:?}", after.made);
}

#[test]
fn equal_attributes_are_merged_and_others_are_kept() {
    let fix = |lines: &str| {
        let sources = SourceMap::new(vec![("a".to_owned(), format!("{BASE}{lines}}}\n"))]);
        texts(&fixed(lines, &sources).compiled.sources).concat()[BASE.len()..].to_owned()
    };
    assert_eq!(fix("  sample = true\n  sample = true\n"), "  sample = true\n}\n");
    assert_eq!(fix("  sample = true\n  sample = false\n"), "  sample = true\n  sample = false\n}\n");
    assert_eq!(
        fix("  features = [web_conferencing, web_conferencing]\n  features = [web_conferencing]\n"),
        "  features = [web_conferencing]\n}\n"
    );
    let commented = "  features = [\n    web_conferencing, # needed\n    web_conferencing,\n  ]\n";
    assert_eq!(fix(commented), format!("{commented}}}\n"));
}

#[test]
fn only_meaningless_waivers_are_removed() {
    let rule = |name: &str| *rules().iter().find(|rule| rule.name == name).unwrap();
    // The waiver is in the wrong block: its finding exists.
    let misplaced = rule("no-automatic-sign-in").bad.text();
    let misplaced = misplaced.replacen("clients = true", "clients = true  waive OCS0401 { reason = \"agreed\" }", 1);
    let sources = SourceMap::new(vec![("a".to_owned(), misplaced.clone())]);
    assert!(compile(sources.clone(), &FIXTURES).diags.iter().any(|diag| diag.code.0 == "OCS0093"));
    assert_eq!(texts(&fixed("misplaced", &sources).compiled.sources), [misplaced.as_str()]);
}

#[test]
fn numbers_are_not_misspelt() {
    let text = "site hq {\n  network lan { zone = internal  range = 10.0.0.0/24 }\n  mediation_server m { address = 10.0.0.5  gateway = gw03 }\n  \
        media_gateway gw01 { address = 10.0.0.6 }\n  media_gateway gw02 { address = 10.0.0.7 }\n}\n";
    let sources = SourceMap::new(vec![("a".to_owned(), text.to_owned())]);
    assert_eq!(texts(&fixed("numbers", &sources).compiled.sources), [text]);
}

#[test]
fn files_keep_their_order_and_their_numbers() {
    let sources =
        SourceMap::new(vec![("b".into(), "site b { user = 1 }\n".into()), ("a".into(), "site a { user = 1 }\n".into())]);
    let after = fixed("two files", &sources);
    assert_eq!(texts(&after.compiled.sources), ["site a { users = 1 }\n", "site b { users = 1 }\n"]);
    assert_eq!(after.changed, BTreeSet::from([FileId(0), FileId(1)]));
}

fn command(arguments: &[&str], folder: &Path, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ocstopo"))
        .args(arguments)
        .current_dir(folder)
        .env("COLUMNS", "80")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn streams(output: &Output) -> (i32, &str, &str) {
    let text = |bytes| std::str::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

const WRONG: &str = "site hq { # the only one\n  user = 900\n}\n";
const RIGHT: &str = "site hq { # the only one\n  users = 900\n}\n";

#[test]
fn the_command_writes_and_reports() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("hq.ocstopo"), WRONG).unwrap();
    let output = command(&["check", "--format", "short"], folder.path(), "");
    assert!(streams(&output).1.contains("OCS0021"), "{output:?}");
    let output = command(&["check"], folder.path(), "");
    assert!(streams(&output).1.contains("\n  fix: write `users`\n"), "{}", streams(&output).1);
    assert!(streams(&output).1.ends_with("\n1 fixable with `--fix`\n"), "{}", streams(&output).1);

    let output = command(&["check", "--diff"], folder.path(), "");
    insta::assert_snapshot!(format!("{:?}\n{}{}", output.status.code(), streams(&output).1, streams(&output).2), @r"
    Some(1)
    --- hq.ocstopo
    +++ hq.ocstopo
    @@ -1,3 +1,3 @@
     site hq { # the only one
    -  user = 900
    +  users = 900
     }
    1 finding would be fixed in 1 file
    ");
    assert_eq!(fs::read_to_string(folder.path().join("hq.ocstopo")).unwrap(), WRONG, "a diff writes nothing");

    let output = command(&["check", "--fix", "--format", "short", "."], folder.path(), "");
    insta::assert_snapshot!(format!("{:?}\n{}{}", output.status.code(), streams(&output).1, streams(&output).2), @r"
    Some(1)
    hq.ocstopo:1:6: error[OCS0060]: the topology has no `organization` block
    hq.ocstopo:2: fixed[OCS0021]: write `users`
    1 finding fixed in 1 file
    ");
    assert_eq!(fs::read_to_string(folder.path().join("hq.ocstopo")).unwrap(), RIGHT);
    let output = command(&["check", "--diff"], folder.path(), "");
    assert_eq!(streams(&output), (0, "", "nothing to fix\n"));
}

#[test]
fn standard_input_is_fixed_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(&["check", "--fix", "-"], folder.path(), WRONG);
    let (code, text, messages) = streams(&output);
    assert_eq!((code, text), (1, RIGHT), "what is left decides the exit code");
    assert!(messages.contains("stdin:2: fixed[OCS0021]: write `users`\n1 finding fixed in 1 file\n"), "{messages}");
    assert!(messages.contains("OCS0060"), "{messages}");
    assert_eq!(listed(folder.path()), Vec::<PathBuf>::new());
}
