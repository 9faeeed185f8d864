//! The forms of findings: the only list of them, which every command that has findings reads.

use super::{RuleInfo, Style, github, human, json, junit, sarif, short};
use crate::diag::{Diag, Severity};
use crate::text::SourceMap;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Human,
    /// A line each.
    Short,
    /// For programs.
    Json,
    /// For code scanning.
    Sarif,
    /// For a workflow of GitHub.
    Github,
    /// For servers that draw test results.
    Junit,
}

/// Findings, and the other content of their formats.
pub struct Findings<'a> {
    /// The files that they are in.
    pub sources: &'a SourceMap,
    /// The findings, sorted.
    pub diags: &'a [Diag],
    /// All codes that could have been found, for formats that list them.
    pub rules: &'a dyn Fn() -> Vec<RuleInfo>,
    /// The lowest severity that counts as a failure.
    pub deny: Severity,
    /// How text is drawn.
    pub style: Style,
}

impl Format {
    /// All of them, in the order of the help.
    pub const ALL: [Format; 6] = [Format::Human, Format::Short, Format::Json, Format::Sarif, Format::Github, Format::Junit];

    /// What `--format` calls it.
    pub fn word(self) -> &'static str {
        match self {
            Format::Human => "human",
            Format::Short => "short",
            Format::Json => "json",
            Format::Sarif => "sarif",
            Format::Github => "github",
            Format::Junit => "junit",
        }
    }

    /// What it is for.
    pub fn help(self) -> &'static str {
        match self {
            Format::Human => "With the source around each finding",
            Format::Short => "A line for each finding: file:line:col: error[CODE]: message",
            Format::Json => "For programs",
            Format::Sarif => "SARIF 2.1.0, for code scanning services",
            Format::Github => "Annotations on the lines of a pull request, written by a GitHub workflow",
            Format::Junit => "Test results; a finding that ends with exit code 1 is a failure",
        }
    }

    /// The findings in this form.
    pub fn write(self, findings: &Findings<'_>) -> String {
        let Findings { sources, diags, rules, deny, style } = findings;
        match self {
            Format::Human => human(sources, diags, *style),
            Format::Short => short(sources, diags),
            Format::Json => json(sources, diags),
            Format::Sarif => sarif(sources, diags, &rules(), env!("CARGO_PKG_VERSION")),
            Format::Github => github(sources, diags, &rules()),
            Format::Junit => junit(sources, diags, &rules(), *deny),
        }
    }
}
