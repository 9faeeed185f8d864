//! Artifacts hold still: text changes where meaning changes, and there only. Measured over ten commits.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, build, compile, runbook};
use ocstopo::diag::Severity;
use ocstopo::emit::{balancer, firewall};
use ocstopo::text::{Difference, SourceMap};

use crate::support::changes::real_changes;
use crate::support::commits::commits;
use crate::support::topologies::Files;

/// The files that say more than what is built: places in the topology and the digests of all others; findings, waivers and their last
/// days, in tables whose words are numbered.
const ABOUT: [&str; 2] = ["manifest.json", "report/report.html"];

/// Forms that repeat what other files say, each with the files that say it: it changes no more lines than they do. Two have no such law:
/// the HTML page has its tables as numbered words, so one new word changes the line of all, and in pictures what is new moves what is below.
const FORMS: &[(&str, &str)] = &[
    ("runbook/runbook.json", "runbook/runbook.md"),
    ("runbook/tasks.csv", "runbook/runbook.md"),
    ("runbook/teams/", "runbook/runbook.md"),
    ("federation/", ""),
    ("sizing/sizing.json", ""),
    ("sizing/sizing.csv", "sizing/sizing.md"),
    ("sizing/bill.csv", "sizing/bill.md"),
    ("runbook/compliance.json", ""),
];

/// Commits that change more lines than three for each row and ten, with their bound and why.
const MORE: &[(&str, usize, &str)] = &[
    ("public IM on", 148, "a step more has thirty lines, and a paragraph is several"),
    (
        "edge address moved",
        117,
        "a record is in seven files, one for each tool, and in hosts files; F5 names what listens by its address",
    ),
    ("branch added", 2300, "a rule is in three files and has ten lines in Aerleon's; a certificate is five requests of 50 lines"),
    ("federation off", 380, "a rule is in three files and has ten lines in Aerleon's; a record is in seven files"),
    (
        "product to R2",
        3620,
        "what is done before and after it in a step changes its number, and half of the steps have other tools",
    ),
];

fn compiled(files: &Files) -> Compiled {
    let compiled = compile(SourceMap::new(files.clone()), &CompileOptions::default());
    let errors: Vec<_> = compiled.diags.iter().filter(|diag| diag.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    compiled
}

fn built(compiled: &Compiled, dialects: &[&str]) -> BTreeMap<String, String> {
    let options = BuildOptions {
        only: &[],
        dialects,
        serial: None,
        lines: false,
        templates: crate::support::templates(),
        since: None,
        team: None,
        renewal: None,
    };
    let artifacts = build(compiled, &options).expect("it builds").into_iter();
    artifacts.map(|artifact| (artifact.path, artifact.content)).filter(|(path, _)| !ABOUT.contains(&path.as_str())).collect()
}

/// Whether a file repeats what others say.
fn is_form(path: &str) -> bool {
    let others = FORMS.iter().map(|(form, ..)| *form);
    others.chain(["runbook/runbook.html", "diagrams/"]).any(|form| path.starts_with(form))
}

/// How many lines go or come in each file that changes.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let text = |files: &'_ BTreeMap<String, String>, path: &String| files.get(path).cloned().unwrap_or_default();
    let lines = |path: &String| {
        let (old, new) = (text(before, path), text(after, path));
        Difference::new(&old, &new).changes.iter().map(|change| change.old.len() + change.new.len()).sum::<usize>()
    };
    paths.into_iter().map(|path| (path.clone(), lines(path))).filter(|(_, lines)| *lines > 0).collect()
}

#[test]
fn lines_change_where_meaning_changes() {
    let (mut faults, mut figures) = (Vec::new(), Vec::new());
    for commit in commits() {
        let (before, after) = (compiled(&commit.before), compiled(&commit.after));
        let real = real_changes(&before, &after);
        let files = changed(&built(&before, &[]), &built(&after, &[]));
        let sum = |is: &dyn Fn(&str) -> bool| files.iter().filter(|(path, _)| is(path)).map(|(_, lines)| lines).sum::<usize>();
        let lines = sum(&|path| !is_form(path));
        for (form, of) in FORMS {
            let told = sum(&|path| !is_form(path) && path.starts_with(of));
            let repeated = sum(&|path| path.starts_with(form));
            if repeated > told {
                faults.push(format!("{}: {form} changes {repeated} lines, {of} {told}", commit.name));
            }
        }
        let law = if real == 0 { 0 } else { 3 * real + 10 };
        let more = MORE.iter().find(|(name, ..)| *name == commit.name);
        let most = more.map_or(law, |(_, most, _)| *most);
        figures.push(format!("{}: {lines} lines in {} files, {real} real changes, at most {most}", commit.name, files.len()));
        if lines > most {
            faults.push(format!("{}: {files:#?}", commit.name));
        }
        if more.is_some_and(|(_, most, _)| lines <= law || lines + lines / 50 + 1 < *most) {
            faults.push(format!("{}: it changes {lines} lines: its exception is too wide", commit.name));
        }
    }
    assert!(faults.is_empty(), "{}\n{}", faults.join("\n"), figures.join("\n"));
}

#[test]
fn comments_layout_and_files_change_nothing_in_any_dialect() {
    let dialects: Vec<&str> = firewall::words().chain(balancer::words()).collect();
    let still = ["waiver prolonged", "file split", "formatting only"];
    let commits: Vec<_> = commits().into_iter().filter(|commit| still.contains(&commit.name)).collect();
    assert_eq!(commits.len(), still.len());
    for commit in commits {
        let (before, after) = (compiled(&commit.before), compiled(&commit.after));
        assert_eq!(real_changes(&before, &after), 0, "{}", commit.name);
        assert_eq!(changed(&built(&before, &dialects), &built(&after, &dialects)), BTreeMap::new(), "{}", commit.name);
    }
}

#[test]
fn steps_keep_their_ids_and_their_order_when_a_branch_is_added() {
    let commit = commits().into_iter().find(|commit| commit.name == "branch added").expect("a branch");
    let ids = |files: &Files| -> Vec<String> {
        let compiled = compiled(files);
        let plan = runbook(compiled.plans().expect("plans"), &[]);
        plan.steps().map(|step| step.id.clone()).collect()
    };
    let (before, after) = (ids(&commit.before), ids(&commit.after));
    let kept: Vec<String> = after.iter().filter(|id| before.contains(id)).cloned().collect();
    assert_eq!(kept, before);
    assert!(after.len() > before.len() && after.iter().collect::<BTreeSet<_>>().len() == after.len());
}
