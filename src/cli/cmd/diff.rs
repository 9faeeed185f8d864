//! `ocstopo diff`

use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::args::date;
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::compile::{CompileOptions, Compiled, compile, runbook_plan};
use crate::config::{self, Config};
use crate::io::{Out, read_topology, read_upward};
use crate::lower::Date;
use crate::plan::runbook::RunbookPlan;
use crate::query::diff::{self, Version, diff};
use crate::report::answer;
use crate::report::answer::diff::Team;
use crate::report::count;

/// Show what a change does: what firewalls newly let pass and stop, records, certificates, listeners, steps, findings
///
/// OLD and NEW are compared in the terms of those who take the artifacts, not as text: comments, layout, order and the split of files
/// make no difference.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo diff before/ after/\n  ocstopo diff before/ after/ --team dns\n  \
    ocstopo diff before/ after/ --format markdown > comment.md\n\n\
    Exit codes: 0 no differences, 1 differences, 2 a side cannot be read or has no organization, or so much is removed that \
    --expect-mass-change must say so.")]
pub(in crate::cli) struct Diff {
    /// The version before: a file or folder
    old: PathBuf,

    /// The version after
    new: PathBuf,

    /// Only what one team takes, and waivers
    #[arg(long, value_name = "TEAM", value_parser = choice(Team::ALL.map(|team| (team.word(), "", team))))]
    team: Option<Team>,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = choice(Format::ALL))]
    format: Format,

    /// The day that waivers are compared with; without it none is too old
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,

    /// Accept that more than 30 % of the rules of a firewall or the records of a view (and at least ten) are removed; the reason is
    /// printed
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
        ("markdown", "For a comment on a pull request: counts first, details folded, below 60,000 characters", Format::Markdown),
        ("json", "For programs; docs/json.md describes the fields", Format::Json),
        ("html", "A page of its own", Format::Html),
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
        let (old, new) = (side(&self.old, &options, out), side(&self.new, &options, out));
        let (old, new) = (old?, new?);
        let runbooks = [&old, &new].map(|side| side.compiled.plans().and_then(|plans| runbook_plan(plans, &[])));
        let found = diff(version(&old, runbooks[0].as_ref())?, version(&new, runbooks[1].as_ref())?, self.today);
        self.print(&found, out);
        if !found.mass.is_empty() && self.expect_mass_change.is_none() {
            let removed: Vec<String> = found.mass.iter().map(mass).collect();
            return Err(format!("{}; if that is meant, say why: --expect-mass-change REASON", removed.join("; ")).into());
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
        if let Some(reason) = self.expect_mass_change.as_ref().filter(|_| !found.mass.is_empty()) {
            out.note(&format!("accepted: {}: {reason}\n", found.mass.iter().map(mass).collect::<Vec<_>>().join("; ")));
        }
    }
}

fn mass(mass: &diff::Mass) -> String {
    format!("{} of {} {} of `{}` are removed", mass.removed, mass.before, mass.what, mass.of)
}

fn side(path: &Path, options: &CompileOptions, out: &mut Out) -> Result<Side, Failure> {
    let sources = read_topology(path, "stdin")?;
    let config = match read_upward(path, config::FILE_NAME)? {
        Some(sources) => config::read(&sources).map_err(|diags| {
            out.say(&crate::report::human(&sources, &diags, crate::cli::load::style(out.message_canvas())));
            Failure { problems: Vec::new() }
        })?,
        None => Config::default(),
    };
    let mut compiled = compile(sources, options);
    compiled.regrade(|diags| config.levels.apply(diags));
    Ok(Side { name: path.display().to_string(), compiled })
}

fn version<'a>(side: &'a Side, runbook: Option<&'a RunbookPlan>) -> Result<Version<'a>, Failure> {
    let compiled = &side.compiled;
    let Some(plans) = compiled.plans() else {
        let errors = count(compiled.diags.len(), "finding");
        return Err(format!("{}: there is no organization to compare ({errors}: `ocstopo check` shows them)", side.name).into());
    };
    Ok(Version { name: &side.name, plans, findings: &compiled.diags, whole: compiled.linted, runbook })
}
