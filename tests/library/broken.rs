//! Broken topologies: each entry of `tests/broken` is one mistake as people make it, beside it what its author reads.
//!
//! An entry is a file or a folder of files that are one topology. Its first line, `# expect: OCS0061`, names the codes of the
//! findings: exactly these, so that no mistake draws others after it. A new entry: write the file, run
//! `bash tests/update broken`, and read the snapshot as its author would.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::LazyLock;

use ocstopo::compile::Compiled;
use ocstopo::diag::{Diag, Fix, Severity};
use ocstopo::report::{Style, human};

use crate::support::topologies::{Broken, broken, broken_folder, compiled, listed};

const WIDTH: usize = 80;

/// One broken topology, and what it expects.
struct Entry {
    broken: Broken,
    codes: BTreeSet<String>,
}

impl Entry {
    fn of(broken: Broken) -> Self {
        let expected = broken.files.iter().filter_map(|(_, text)| text.lines().next()?.strip_prefix("# expect: "));
        let codes: BTreeSet<_> = expected.flat_map(str::split_whitespace).map(str::to_owned).collect();
        assert!(!codes.is_empty(), "{}: the first line says what to expect, as in `# expect: OCS0061`", broken.name);
        Self { broken, codes }
    }
}

fn drawn(compiled: &Compiled) -> String {
    human(&compiled.sources, &compiled.diags, Style { color: false, width: WIDTH })
}

/// All entries and what the compiler makes of them, once for all tests.
static ALL: LazyLock<Vec<(Entry, Compiled)>> = LazyLock::new(|| {
    let compiled = |broken: Broken| {
        let compiled = compiled(broken.files.clone());
        (Entry::of(broken), compiled)
    };
    broken().into_iter().map(compiled).collect()
});

/// Fails with the entries for which `wrong` has something to say.
fn each(wrong: impl Fn(&Entry, &Compiled) -> Vec<String>) {
    let mut report = String::new();
    for (entry, compiled) in ALL.iter() {
        for text in wrong(entry, compiled) {
            report += &format!("{}: {text}\n", entry.broken.name);
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn diagnostics_as_the_author_reads_them() {
    for (entry, compiled) in ALL.iter() {
        let text = drawn(compiled);
        let mut settings = insta::Settings::clone_current();
        let (kind, name) = entry.broken.name.split_once('/').unwrap();
        settings.set_snapshot_path(broken_folder().join(kind));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(name, text));
    }
}

#[test]
fn no_snapshot_is_left_over() {
    let names: BTreeSet<_> = ALL.iter().map(|(entry, _)| entry.broken.name.clone()).collect();
    for path in listed(&broken_folder()).iter().flat_map(|kind| listed(kind)) {
        if path.extension().is_some_and(|extension| extension == "snap") {
            let name = path.strip_prefix(broken_folder()).unwrap().with_extension("").to_string_lossy().into_owned();
            assert!(names.contains(&name), "{} belongs to no topology", path.display());
        }
    }
}

/// The entries with several findings, and why one would not do.
const SEVERAL: &[(&str, &str)] = &[
    ("rule/beside-an-error", "two mistakes are made"),
    ("rule/expired-waiver", "that the waiver has ended, and what it covered, are two decisions"),
];

#[test]
fn one_mistake_draws_no_others() {
    each(|entry, compiled| {
        let found: BTreeSet<_> = compiled.diags.iter().map(|diag| diag.code.to_string()).collect();
        let mut wrong = Vec::new();
        if (entry.codes.len() > 1) != SEVERAL.iter().any(|(name, _)| *name == entry.broken.name) {
            wrong.push(format!("{} causes are named", entry.codes.len()));
        }
        if found != entry.codes {
            wrong.push(format!("expected {:?}, found {found:?}", entry.codes));
        }
        if compiled.diags.len() > entry.codes.len() {
            wrong.push(format!("{} findings for one mistake", compiled.diags.len()));
        }
        wrong
    });
}

#[test]
fn every_finding_has_a_place_a_reason_and_a_way_out() {
    each(|_, compiled| {
        let mut wrong = Vec::new();
        for diag in &compiled.diags {
            let mut expect = |right: bool, what: &str| {
                if !right {
                    wrong.push(format!("{}: {what}", diag.code));
                }
            };
            let span = diag.primary.span;
            let text = compiled.sources.file(span.file).text();
            expect(text.get(span.start as usize..span.end as usize).is_some(), "the place is outside its file");
            expect(!compiled.sources.text(span).contains('\n'), "more than one line is marked");
            expect(!diag.primary.text.is_empty(), "the label is empty");
            expect(diag.help.as_ref().is_some_and(|help| help.len() > 5), "there is no help");
            expect(!diag.message.ends_with('.'), "the message ends in a dot");
            expect(!format!("{diag:?}").to_lowercase().contains("unexpected"), "`unexpected` says nothing");
            let related = diag.related.iter().all(|label| label.span != span || label.text != diag.primary.text);
            expect(related, "a related place says what the label says");
        }
        wrong
    });
}

/// In every terminal: what is wider is a single word, such as a path, or a value that is to be copied, behind the code or alone.
#[test]
fn everything_fits_the_screen() {
    each(|_, compiled| {
        let mut wrong = Vec::new();
        for width in [40, 47, 61, 80, 100, 133, 200] {
            let text = human(&compiled.sources, &compiled.diags, Style { color: false, width });
            let one_word = |line: &str| line.contains("╭─[") || line.contains("[OCS") || line.trim().split(' ').count() <= 2;
            let wide = text.lines().filter(|line| line.chars().count() > width && !one_word(line));
            wrong.extend(wide.map(|line| format!("wider than {width}: {line}")));
        }
        wrong
    });
}

/// A correction that the compiler offers is right: the topology with it has no error left.
#[test]
fn corrections_correct() {
    each(|entry, compiled| {
        let mut wrong = Vec::new();
        for diag in &compiled.diags {
            let Some(fix) = &diag.fix else { continue };
            let fixed = self::compiled(corrected(entry, compiled, fix));
            let left: Vec<_> =
                fixed.diags.iter().filter(|left| left.severity == Severity::Error).map(|left| left.code.to_string()).collect();
            if !left.is_empty() && compiled.diags.len() == 1 {
                wrong.push(format!("after `{}`: {left:?}", fix.title));
            }
        }
        wrong
    });
}

fn corrected(entry: &Entry, compiled: &Compiled, fix: &Fix) -> Vec<(String, String)> {
    let mut files = entry.broken.files.clone();
    let mut edits = fix.edits.clone();
    edits.sort();
    for edit in edits.iter().rev() {
        let name = compiled.sources.file(edit.span.file).name();
        let (_, text) = files.iter_mut().find(|(file, _)| file == name).expect("a file of the entry");
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    files
}

/// The program itself: 1 for errors and 0 for what is only advice, whatever the kind of entry.
#[test]
fn exit_code_reports_errors() {
    for (entry, compiled) in ALL.iter().step_by(8) {
        let errors = compiled.diags.iter().any(|diag: &Diag| diag.severity == Severity::Error);
        let output = Command::new(env!("CARGO_BIN_EXE_ocstopo"))
            .args(["check", "--today", "2027-01-15"])
            .arg(&entry.broken.path)
            .output()
            .expect("the program runs");
        assert_eq!(
            output.status.code(),
            Some(i32::from(errors)),
            "{}: {}",
            entry.broken.name,
            String::from_utf8_lossy(&output.stderr)
        );
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(entry.codes.iter().all(|code| text.contains(code.as_str())), "{}: {text}", entry.broken.name);
    }
}
