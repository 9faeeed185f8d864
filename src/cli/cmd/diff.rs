//! `ocstopo diff`

use std::path::Path;

use clap::Args;

use crate::cli::args::date;
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::cli::versions::{DiffFormat, Version, compared};
use crate::compile::{CompileOptions, compile_both};
use crate::io::{self, Out};
use crate::lower::Date;
use crate::query::diff;
use crate::report::answer::diff::Team;

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
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = choice(DiffFormat::ALL))]
    format: DiffFormat,

    /// The date for checking the end of waivers; without it no waiver expires
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,

    /// Accept the removal of more than 30 % of the rules of a firewall or the records of a view (at least ten); the reason is printed
    #[arg(long, value_name = "REASON")]
    expect_mass_change: Option<String>,
}

impl Diff {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let options = CompileOptions { today: self.today, waivers: true };
        let (old, new) = io::Side::pair(&self.old, self.new.as_deref(), Path::new("."))?;
        let (old, new) = (load::version(&old, out)?, load::version(&new, out)?);
        load::compiling([&old.sources, &new.sources], out);
        let (before, after) = compile_both(old.sources, new.sources, &options);
        let (old, new) = (Version::new(old.name, before, &old.config), Version::new(new.name, after, &new.config));
        let mut found = compared(&old, &new, self.today)?;
        found.accepted = self.expect_mass_change.clone().filter(|_| !found.mass.is_empty());
        self.format.print(&found, self.team, out);
        if !found.mass.is_empty() && found.accepted.is_none() {
            let removed: Vec<String> = found.mass.iter().map(mass).collect();
            return Err(
                format!("{}; if this is intended, give the reason: --expect-mass-change REASON", removed.join("; ")).into()
            );
        }
        Ok(if found.is_empty() { Exit::Fine } else { Exit::Findings })
    }
}

fn mass(mass: &diff::Mass) -> String {
    format!("{} of {} {} of `{}` are removed", mass.removed, mass.before, mass.what, mass.of)
}
