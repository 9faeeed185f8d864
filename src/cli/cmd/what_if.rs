//! `ocstopo what-if`

use clap::Args;

use crate::cli::args::{Input, Rules};
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::cli::versions::{DiffFormat, Version, compared};
use crate::compile::{Compiled, compile_both};
use crate::diag::{Diag, Severity};
use crate::edit::{self, Change, ChangeError};
use crate::io::Out;
use crate::report::answer::diff::Team;
use crate::report::{self, count};
use crate::text::SourceMap;

/// Show what a change would do, for each team, without writing it
///
/// A change is `PATH.ATTRIBUTE = VALUE`, with the value as it would be written in the topology, or `feature +WORD` and
/// `feature -WORD`. A path names blocks from the outside inwards by name (`redmond.pool01`), by kind where there is one only
/// (`external_access`), or by both (`site.redmond`). Several changes are made one after the other, and their effects are shown
/// together, as `ocstopo diff` shows them. No file is changed.
#[derive(Debug, Args)]
#[command(
    override_usage = "ocstopo what-if [OPTIONS] <CHANGE>... [PATH]",
    after_help = "Examples:\n  ocstopo what-if 'external_access.federation = none' topology\n  \
    ocstopo what-if 'redmond.users = 30_000' 'redmond.pool01.users = 30_000' topology\n  \
    ocstopo what-if 'feature +web_access' topology --team pki\n\n\
    Exit codes: 0 the change has no effect, 1 it has one, 2 the topology cannot be read, or the change cannot be made."
)]
pub(in crate::cli) struct WhatIf {
    /// The changes; after them a file, a folder with all `.ocstopo` files below it, or - for standard input [default: .]
    #[arg(value_name = "CHANGE", required = true)]
    changes: Vec<String>,

    /// The name that messages show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    stdin_filename: String,

    /// Show only the part of one team
    #[arg(long, value_name = "TEAM", value_parser = choice(Team::ALL.map(|team| (team.word(), "", team))))]
    team: Option<Team>,

    /// The output format
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = choice(DiffFormat::ALL))]
    format: DiffFormat,

    #[command(flatten)]
    rules: Rules,
}

impl WhatIf {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let (input, changes) = self.split()?;
        let config = load::config(&input, out)?;
        let sources = load::sources(&input)?;
        let changed = edit::apply(&sources, &changes).map_err(|error| refused(error, out))?;
        load::compiling([&sources, &changed], out);
        let (before, after) = compile_both(sources, changed, &self.rules.options());
        let old = Version::new("today's topology".to_owned(), before, &config);
        let new = Version::new(self.title(), after, &config);
        let errors = new_errors(&old.compiled, &new.compiled);
        if !errors.is_empty() && !new.compiled.linted {
            print(&new.compiled.sources, &errors, out);
            return Err(format!("the change cannot be made: {}", count(errors.len(), "error")).into());
        }
        let mut found = compared(&old, &new, self.rules.today)?;
        // A question removes nothing.
        found.mass.clear();
        self.format.print(&found, self.team, out);
        if self.format == DiffFormat::Human && !errors.is_empty() {
            out.print("\n");
            let style = load::style(out.output_canvas());
            out.print(&report::human(&new.compiled.sources, &errors, style));
        }
        Ok(Exit::found(!found.is_empty()))
    }

    /// The changes, and the topology behind them.
    fn split(&self) -> Result<(Input, Vec<Change>), Failure> {
        let (changes, path) = match self.changes.split_last() {
            Some((last, changes)) if !changes.is_empty() && !Change::is_meant(last) => (changes, last.as_str()),
            _ => (&self.changes[..], "."),
        };
        let changes = changes.iter().map(|text| Change::read(text)).collect::<Result<Vec<_>, String>>()?;
        Ok((Input { path: path.into(), stdin_filename: self.stdin_filename.clone() }, changes))
    }

    fn title(&self) -> String {
        let meant: Vec<&str> = self.changes.iter().map(String::as_str).filter(|text| Change::is_meant(text)).collect();
        format!("what if {}", meant.join(", "))
    }
}

/// The errors that a change brings.
fn new_errors(old: &Compiled, new: &Compiled) -> Vec<Diag> {
    let is_old = |diag: &&Diag| old.diags.iter().any(|other| (other.code, &other.message) == (diag.code, &diag.message));
    new.diags.iter().filter(|diag| diag.severity == Severity::Error && !is_old(diag)).cloned().collect()
}

fn refused(error: ChangeError, out: &mut Out) -> Failure {
    match error {
        ChangeError::Words(words) => words.into(),
        ChangeError::Syntax(sources, diags) => {
            print(&sources, &diags, out);
            Failure { problems: Vec::new() }
        }
    }
}

fn print(sources: &SourceMap, diags: &[Diag], out: &mut Out) {
    let style = load::style(out.message_canvas());
    out.say(&report::human(sources, diags, style));
}
