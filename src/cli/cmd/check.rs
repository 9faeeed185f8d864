//! `ocstopo check`

use clap::{Args, ValueEnum};

use crate::cli::args::{Deny, Input, Rules};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{load, rules};
use crate::compile::compile;
use crate::diag::Severity;
use crate::io::Out;
use crate::report::{self, Tally, count};

/// Check a topology and report what is wrong with it
///
/// Reads the files, resolves all names and addresses, derives all flows and runs the rules of the Planning Guide.
/// Each finding has a code; `ocstopo explain CODE` tells more.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo check examples/contoso\n  ocstopo check --deny warnings --today 2027-04-01\n  \
    git show main:site.ocstopo | ocstopo check - --format short")]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    input: Input,

    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,

    /// The mildest findings that end with exit code 1; errors, if `ocstopo.toml` does not say otherwise
    #[arg(long, value_name = "LEVEL")]
    deny: Option<Deny>,

    #[command(flatten)]
    rules: Rules,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// With the source around each finding
    Human,
    /// A line for each finding: file:line:col: error[CODE]: message
    Short,
    /// For programs
    Json,
    /// SARIF 2.1.0, for code scanning services
    Sarif,
    /// Annotations on the lines of a pull request, written by a GitHub workflow
    Github,
    /// Test results; a finding that ends with exit code 1 is a failure
    Junit,
}

impl Check {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let config = load::config(&self.input, out)?;
        let mut compiled = compile(load::sources(&self.input)?, &self.rules.options());
        config.levels.apply(&mut compiled.diags);
        let deny = self.deny.map(Severity::from).or(config.deny).unwrap_or(Severity::Error);
        let (sources, diags) = (&compiled.sources, &compiled.diags);
        let tally = Tally::of(diags);
        match self.format {
            Format::Human => {
                out.print(&report::human(sources, diags, load::style(out.output_canvas())));
                let rest =
                    if compiled.linted { "" } else { "; rules about what is missing are checked once these errors are gone" };
                let summary = format!("{tally} in {}{rest}\n", count(sources.files().count(), "file"));
                if !out.quiet() {
                    out.print(&summary);
                }
            }
            Format::Short => out.print(&report::short(sources, diags)),
            Format::Json => out.print(&report::json(sources, diags)),
            Format::Sarif => {
                out.print(&report::sarif(sources, diags, &rules::told_of(&compiled), env!("CARGO_PKG_VERSION")));
            }
            Format::Github => out.print(&report::github(sources, diags, &rules::told_of(&compiled))),
            Format::Junit => out.print(&report::junit(sources, diags, &rules::told_of(&compiled), deny)),
        }
        Ok(Exit::found(tally.at_least(deny) > 0))
    }
}
