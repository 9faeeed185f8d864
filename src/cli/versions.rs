//! Two versions of a topology beside each other, and how the answer is written: for the commands that compare.

use super::exit::Failure;
use crate::compile::{Compiled, runbook_inputs};
use crate::config::Config;
use crate::io::Out;
use crate::lower::Date;
use crate::plan::Plans;
use crate::plan::runbook::{RunbookDraft, StepSource};
use crate::query::diff::{self, Diff, diff};
use crate::report::answer;
use crate::report::answer::diff::Team;
use crate::report::count;

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DiffFormat {
    Human,
    Markdown,
    Json,
    Html,
}

impl DiffFormat {
    pub(super) const ALL: [(&'static str, &'static str, DiffFormat); 4] = [
        ("human", "For people", DiffFormat::Human),
        (
            "markdown",
            "For a comment on a pull request: counts first, details folded, fewer than 60,000 characters",
            DiffFormat::Markdown,
        ),
        ("json", "For programs; docs/json.md describes the fields", DiffFormat::Json),
        ("html", "A self-contained page", DiffFormat::Html),
    ];

    /// Prints the part of one team, or all.
    pub(super) fn print(self, found: &Diff, team: Option<Team>, out: &mut Out) {
        match self {
            DiffFormat::Human => out.print(&answer::diff::human(found, team, out.output_canvas().width)),
            DiffFormat::Markdown => out.print(&answer::diff::markdown(found, team)),
            DiffFormat::Json => out.print(&answer::json(found)),
            DiffFormat::Html => out.print(&answer::diff::html(found, team)),
        }
    }
}

/// A version that is read and compiled.
pub(super) struct Version {
    pub(super) name: String,
    pub(super) compiled: Compiled,
}

impl Version {
    /// A compiled version, whose findings have the levels of its configuration.
    pub(super) fn new(name: String, mut compiled: Compiled, config: &Config) -> Self {
        compiled.regrade(|diags| config.levels.apply(diags));
        Self { name, compiled }
    }

    fn plans(&self) -> Result<Plans<'_>, Failure> {
        let findings = count(self.compiled.diags.len(), "finding");
        let nothing = || format!("{}: there is no organization to compare ({findings}: `ocstopo check` shows them)", self.name);
        self.compiled.plans().ok_or_else(|| nothing().into())
    }

    fn side<'a>(&'a self, plans: Plans<'a>, runbook: &'a dyn StepSource) -> diff::Version<'a> {
        let compiled = &self.compiled;
        diff::Version { name: &self.name, plans, findings: &compiled.diags, whole: compiled.linted, runbook }
    }
}

/// What differs between two versions.
pub(super) fn compared(old: &Version, new: &Version, today: Option<Date>) -> Result<Diff, Failure> {
    let (before, after) = (old.plans()?, new.plans()?);
    let inputs = [before, after].map(|plans| runbook_inputs(plans, &[]));
    let runbooks = [RunbookDraft::new(&inputs[0]), RunbookDraft::new(&inputs[1])];
    Ok(diff(old.side(before, &runbooks[0]), new.side(after, &runbooks[1]), today))
}
