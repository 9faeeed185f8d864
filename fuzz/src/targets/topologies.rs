//! Topologies: any text, and changed examples.

use std::sync::OnceLock;

use ocstopo::compile::{BuildError, BuildOptions, CompileOptions, Compiled, Since, runbook};
use ocstopo::diag::Severity;
use ocstopo::emit::Templates;
use ocstopo::emit::firewall::dialects;
use ocstopo::plan::runbook::StepSource;
use ocstopo::query::diff::{Diff, Version};
use ocstopo::report::{Findings, Format, Style};
use ocstopo::text::FileId;
use ocstopo::{compile, fmt, query, syntax};

use super::super::draft::{self, Choices};
use super::{compiled, one_file};

/// Any text: it has a tree, and the layout of a text without errors stays as it is and has none.
pub(super) fn text(data: &[u8]) {
    let parsed = syntax::parse(FileId(0), String::from_utf8_lossy(data).into());
    let laid_out = fmt::format(&parsed);
    if parsed.diags.is_empty() {
        let again = syntax::parse(FileId(0), laid_out.as_str().into());
        assert!(again.diags.is_empty(), "the layout has errors: {laid_out}");
        assert_eq!(fmt::format(&again), laid_out, "the layout is not stable");
    }
}

/// Any text as a topology, with its findings in every form.
pub(super) fn topology(data: &[u8]) {
    let compiled = compiled(one_file("a.ocstopo", data));
    let findings = Findings {
        sources: &compiled.sources,
        diags: &compiled.diags,
        rules: &Vec::new,
        deny: Severity::Warning,
        style: Style { color: false, width: 80 },
    };
    for format in Format::ALL {
        format.write(&findings);
    }
}

/// A changed example.
pub(super) fn check(data: &[u8]) {
    compiled(draft::topology(&mut Choices::new(data)));
}

/// A changed example, with all artifacts if there are no errors.
pub(super) fn build(data: &[u8]) {
    built(&compiled(draft::topology(&mut Choices::new(data))), None);
}

/// A changed example in place of another one, with the files for devices of every dialect.
pub(super) fn change(data: &[u8]) {
    let mut choices = Choices::new(data);
    let [old, new] = [draft::topology(&mut choices), draft::topology(&mut choices)].map(compiled);
    if old.resolved.is_some() && !old.has_errors() && !new.has_errors() {
        built(&new, Some(Since { name: "old", compiled: &old }));
    }
}

fn built(compiled: &Compiled, since: Option<Since<'_>>) {
    static TEMPLATES: OnceLock<Templates> = OnceLock::new();
    let dialects: Vec<&str> = dialects().filter(|_| since.is_some()).collect();
    let options = BuildOptions {
        only: &[],
        dialects: &dialects,
        serial: None,
        lines: false,
        templates: TEMPLATES.get_or_init(Templates::shipped),
        since,
        renewal: None,
        team: None,
    };
    match compile::build(compiled, &options) {
        Ok(artifacts) => assert!(!artifacts.is_empty()),
        Err(BuildError::Template(error)) => panic!("{error:?}"),
        Err(_) => {}
    }
}

/// Any text or a changed example, by the first byte: no correction breaks its text.
pub(super) fn fix(data: &[u8]) {
    let (first, rest) = data.split_first().unwrap_or((&0, &[]));
    let sources = match first {
        b'#' => one_file("a.ocstopo", rest),
        _ => draft::topology(&mut Choices::new(data)),
    };
    let fixed = compile::fix(sources, &CompileOptions::default());
    fixed.unwrap_or_else(|broken| panic!("{broken:?}"));
}

/// Two changed examples: nothing is between a version and itself, and what is between two is so from both sides.
pub(super) fn diff(data: &[u8]) {
    let mut choices = Choices::new(data);
    let [old, new] = [draft::topology(&mut choices), draft::topology(&mut choices)].map(compiled);
    if old.resolved.is_none() || new.resolved.is_none() || old.has_errors() || new.has_errors() {
        return;
    }
    assert!(between(&old, &old).is_empty());
    assert_eq!(between(&old, &new).is_empty(), between(&new, &old).is_empty());
}

fn between(old: &Compiled, new: &Compiled) -> Diff {
    let runbooks = [old, new].map(|version| runbook(version.plans().expect("it has an organization"), &[]));
    query::diff::diff(of("old", old, &runbooks[0]), of("new", new, &runbooks[1]), None)
}

fn of<'a>(name: &'a str, compiled: &'a Compiled, runbook: &'a dyn StepSource) -> Version<'a> {
    let plans = compiled.plans().expect("it has an organization");
    Version { name, plans, findings: &compiled.diags, whole: compiled.linted, runbook }
}
