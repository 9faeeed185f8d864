//! `ocstopo diff`

use std::path::Path;

use clap::Args;

use crate::cli::args::date;
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::compile::{CompileOptions, Compiled, compile_both, runbook_inputs};
use crate::config::Config;
use crate::io::{self, Out};
use crate::lower::Date;
use crate::plan::Plans;
use crate::plan::runbook::{RunbookDraft, StepSource};
use crate::query::diff::{self, Version, diff};
use crate::report::answer;
use crate::report::answer::diff::Team;
use crate::report::count;

/// Show the effects of a change: packets newly allowed and blocked, records, certificates, listeners, runbook steps, findings
///
/// OLD and NEW are compared by meaning, not as text: comments, layout, order and the division into files are ignored.
/// A revision is read from the git repository without a checkout. An argument that exists on disk is a path, not a revision.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo diff main...HEAD\n  ocstopo diff HEAD~1:topology topology --team dns\n  \
    ocstopo diff before after --format markdown > comment.md\n\n\
    Exit codes: 0 no differences, 1 differences, 2 a version cannot be read or has no organization, or the change \
    removes so much that --expect-mass-change is required.")]
pub(in crate::cli) struct Diff {
    /// The old version: a folder, a file, or a git revision such as main or HEAD~1:topology; main...HEAD gives both versions
    old: String,

    /// The new version; the working folder if OLD is one version and NEW is omitted
    new: Option<String>,

    /// Show only the part of one team, and waivers
    #[arg(long, value_name = "TEAM", value_parser = choice(Team::ALL.map(|team| (team.word(), "", team))))]
    team: Option<Team>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = choice(Format::ALL))]
    format: Format,

    /// The date for checking the end of waivers; without it no waiver expires
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,

    /// Accept the removal of more than 30 % of the rules of a firewall or the records of a view (at least ten); the reason is printed
    #[arg(long, value_name = "REASON")]
    expect_mass_change: Option<String>,
}

/// How the answer is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Human,
    Markdown,
    Json,
    Html,
}

impl Format {
    const ALL: [(&'static str, &'static str, Format); 4] = [
        ("human", "For people", Format::Human),
        (
            "markdown",
            "For a comment on a pull request: counts first, details folded, less than 60,000 characters",
            Format::Markdown,
        ),
        ("json", "For programs; docs/json.md describes the fields", Format::Json),
        ("html", "A self-contained page", Format::Html),
    ];
}

/// A version that is read and compiled.
struct Side {
    name: String,
    compiled: Compiled,
}

impl Diff {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let options = CompileOptions { today: self.today, waivers: true };
        let (old, new) = io::Side::pair(&self.old, self.new.as_deref(), Path::new("."))?;
        let (old, new) = (load::version(&old, out)?, load::version(&new, out)?);
        let (before, after) = compile_both(old.sources, new.sources, &options);
        let old = Side { name: old.name, compiled: graded(before, &old.config) };
        let new = Side { name: new.name, compiled: graded(after, &new.config) };
        let (before, after) = (plans(&old)?, plans(&new)?);
        let inputs = [before, after].map(|plans| runbook_inputs(plans, &[]));
        let runbooks = [RunbookDraft::new(&inputs[0]), RunbookDraft::new(&inputs[1])];
        let mut found = diff(version(&old, before, &runbooks[0]), version(&new, after, &runbooks[1]), self.today);
        found.accepted = self.expect_mass_change.clone().filter(|_| !found.mass.is_empty());
        self.print(&found, out);
        if !found.mass.is_empty() && found.accepted.is_none() {
            let removed: Vec<String> = found.mass.iter().map(mass).collect();
            return Err(
                format!("{}; if this is intended, give the reason: --expect-mass-change REASON", removed.join("; ")).into()
            );
        }
        Ok(if found.is_empty() { Exit::Fine } else { Exit::Findings })
    }

    fn print(&self, found: &diff::Diff, out: &mut Out) {
        match self.format {
            Format::Human => out.print(&answer::diff::human(found, self.team, out.output_canvas().width)),
            Format::Markdown => out.print(&answer::diff::markdown(found, self.team)),
            Format::Json => out.print(&answer::json(found)),
            Format::Html => out.print(&answer::diff::html(found, self.team)),
        }
    }
}

fn mass(mass: &diff::Mass) -> String {
    format!("{} of {} {} of `{}` are removed", mass.removed, mass.before, mass.what, mass.of)
}

fn graded(mut compiled: Compiled, config: &Config) -> Compiled {
    compiled.regrade(|diags| config.levels.apply(diags));
    compiled
}

fn plans(side: &Side) -> Result<Plans<'_>, Failure> {
    let findings = count(side.compiled.diags.len(), "finding");
    let nothing = || format!("{}: there is no organization to compare ({findings}: `ocstopo check` shows them)", side.name);
    side.compiled.plans().ok_or_else(|| nothing().into())
}

fn version<'a>(side: &'a Side, plans: Plans<'a>, runbook: &'a dyn StepSource) -> Version<'a> {
    Version { name: &side.name, plans, findings: &side.compiled.diags, whole: side.compiled.linted, runbook }
}
