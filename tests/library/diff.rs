//! `ocstopo diff` over the examples, as its callers use it.

use std::fs;
use std::path::{Path, PathBuf};

use ocstopo::compile::{CompileOptions, Compiled, compile_both, runbook};
use ocstopo::plan::runbook::RunbookPlan;
use ocstopo::query::diff::{Diff, Version, diff};
use ocstopo::report::answer;
use ocstopo::text::SourceMap;

use crate::support::commits::{Commit, commits};
use crate::support::{both, ocstopo};

/// Two copies of contoso, the second with some texts replaced.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new(edits: &[(&str, &str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/contoso");
        for side in ["old", "new"] {
            let to = folder.path().join(side);
            fs::create_dir(&to).unwrap();
            for file in fs::read_dir(&example).unwrap().map(Result::unwrap) {
                fs::copy(file.path(), to.join(file.file_name())).unwrap();
            }
        }
        for (file, from, to) in edits {
            let path = folder.path().join("new").join(file);
            let text = fs::read_to_string(&path).unwrap();
            assert!(text.contains(from), "{file}: {from}");
            fs::write(path, text.replace(from, to)).unwrap();
        }
        Self { folder }
    }

    fn new_file(&self, name: &str) -> PathBuf {
        self.folder.path().join("new").join(name)
    }

    /// Exit code, standard output and both streams together.
    fn diff(&self, arguments: &[&str]) -> (i32, String, String) {
        let output = ocstopo(self.folder.path(), &[&["diff", "old", "new"], arguments].concat());
        (output.status.code().unwrap(), String::from_utf8(output.stdout.clone()).unwrap(), both(&output))
    }
}

const FRONT_END: (&str, &str, &str) = (
    "redmond.ocstopo",
    "front_end fe[01..04] { address = 10.10.0.[11..14] }",
    "front_end fe[01..05] { address = 10.10.0.[11..15] }",
);

#[test]
fn a_new_front_end_is_counted_and_named() {
    let (code, text, _) = Case::new(&[FRONT_END]).diff(&[]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(text);
}

#[test]
fn a_comment_on_a_pull_request_has_counts_first_and_details_folded() {
    let (code, text, _) = Case::new(&[FRONT_END]).diff(&["--format", "markdown"]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(text);
}

#[test]
fn a_team_sees_its_own_part() {
    let case = Case::new(&[FRONT_END]);
    let (_, dns, _) = case.diff(&["--team", "dns"]);
    assert!(dns.contains("fe05.corp.contoso.com") && !dns.contains("Firewalls:"), "{dns}");
    let (_, pki, _) = case.diff(&["--team", "pki"]);
    assert!(pki.contains("redmond-pool01-pool") && !pki.contains("internal records"), "{pki}");
}

#[test]
fn layout_and_the_split_of_files_are_no_difference() {
    let case = Case::new(&[]);
    let text = fs::read_to_string(case.new_file("voice.ocstopo")).unwrap();
    fs::remove_file(case.new_file("voice.ocstopo")).unwrap();
    fs::write(case.new_file("telephones.ocstopo"), format!("# moved\n\n{}", text.replace("  ", "    "))).unwrap();
    let (code, out, all) = case.diff(&[]);
    assert_eq!((code, out.as_str()), (0, "no differences\n"), "{all}");
    let (code, out, _) = case.diff(&["--format", "json"]);
    assert_eq!(code, 0);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(value["firewalls"], serde_json::json!([]));
}

#[test]
fn much_that_is_removed_must_be_meant() {
    let case = Case::new(&[]);
    fs::remove_file(case.new_file("dublin.ocstopo")).unwrap();
    let (code, out, all) = case.diff(&["--format", "markdown"]);
    assert_eq!(code, 2, "{all}");
    assert!(all.contains("--expect-mass-change REASON"), "{all}");
    assert!(out.contains("are removed"), "{out}");
    let (code, out, all) = case.diff(&["--format", "markdown", "--expect-mass-change", "Dublin moves to <Cork> @all"]);
    assert_eq!(code, 1, "{all}");
    assert!(out.contains("Dublin moves to &lt;Cork&gt; &#64;all"), "{out}");
}

#[test]
fn a_side_with_errors_is_compared_as_far_as_it_came() {
    let case = Case::new(&[FRONT_END, ("redmond.ocstopo", "fe[01..05]", "fe[01..05")]);
    let (code, out, all) = case.diff(&[]);
    assert_eq!(code, 1, "{all}");
    assert!(out.starts_with("the new version (new) has "), "{out}");
}

#[test]
fn a_side_that_is_not_there_ends_with_2() {
    let case = Case::new(&[]);
    for file in fs::read_dir(case.folder.path().join("new")).unwrap().map(Result::unwrap) {
        fs::remove_file(file.path()).unwrap();
    }
    let (code, _, all) = case.diff(&[]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(all);
    fs::write(case.new_file("a.ocstopo"), "site a {}\n").unwrap();
    let (code, _, all) = case.diff(&[]);
    assert_eq!(code, 2);
    insta::assert_snapshot!(all);
}

#[test]
fn texts_of_a_stranger_form_no_markup() {
    let hostile = "</summary><script>alert(1)</script> @everyone #1 https://example.com [a](b) `c` |";
    let case = Case::new(&[]);
    let text = fs::read_to_string(case.new_file("voice.ocstopo")).unwrap();
    fs::write(
        case.new_file("voice.ocstopo"),
        format!("{text}\nwaive OCS0512 {{ reason = '{hostile}'  ticket = '{hostile}' }}\n"),
    )
    .unwrap();
    let (_, markdown, _) = case.diff(&["--format", "markdown"]);
    for raw in ["<script", "</summary><", "@everyone", "#1", "https://", "[a](b)"] {
        assert!(!markdown.contains(raw), "{raw}: {markdown}");
    }
    let (_, html, _) = case.diff(&["--format", "html"]);
    assert!(!html.contains("<script") && html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn check_reports_only_what_a_change_brings() {
    let wrong = ("redmond.ocstopo", "10.10.0.[11..14] }", "10.10.0.[11..14]  wrong = 1 }");
    let case = Case::new(&[wrong]);
    let checked = |arguments: &[&str]| {
        let output = ocstopo(case.folder.path(), &[&["check", "new", "--format", "short"], arguments].concat());
        (output.status.code().unwrap(), both(&output))
    };
    let (code, text) = checked(&["--diff-base", "old"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("`wrong`"), "{text}");
    let (code, text) = checked(&["--diff-base", "new"]);
    assert_eq!(code, 0, "{text}");
    let (code, text) = checked(&["--diff-base", "nothing"]);
    assert_eq!(code, 2, "{text}");
}

fn compared(commit: &Commit) -> Diff {
    let sources = |files: &[(String, String)]| SourceMap::new(files.to_vec());
    let (old, new) = compile_both(sources(&commit.before), sources(&commit.after), &CompileOptions::default());
    let runbooks = [&old, &new].map(|side| runbook(side.plans().unwrap(), &[]));
    diff(version("old", &old, &runbooks[0]), version("new", &new, &runbooks[1]), None)
}

fn version<'a>(name: &'a str, compiled: &'a Compiled, runbook: &'a RunbookPlan) -> Version<'a> {
    Version { name, plans: compiled.plans().unwrap(), findings: &compiled.diags, whole: compiled.linted, runbook }
}

/// What the reviewer of each of ten commits reads.
#[test]
fn ten_commits_as_their_reviewer_reads_them() {
    let mut summaries = String::new();
    for commit in commits() {
        let found = compared(&commit);
        summaries += &format!("{}: {}\n", commit.name, answer::diff::summary(&found));
        let markdown = answer::diff::markdown(&found, None);
        assert!(markdown.chars().count() < answer::diff::MOST, "{}", commit.name);
        let name = commit.name.replace(' ', "_");
        insta::assert_snapshot!(format!("commit_{name}"), markdown);
        if matches!(commit.name, "server renamed" | "public IM on" | "waiver prolonged") {
            insta::assert_snapshot!(format!("commit_{name}_json"), answer::json(&found));
        }
        let html = answer::diff::html(&found, None);
        assert!(!html.contains("<script") && !html.contains("://"), "{}: a page fetches nothing", commit.name);
    }
    insta::assert_snapshot!(summaries);
}
