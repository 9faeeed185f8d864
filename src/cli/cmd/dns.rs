//! `ocstopo dns`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::catalog::DnsView;
use crate::cli::args::{Input, formats, levels};
use crate::cli::choice::choice;
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::diag::{self, Diag, Family, Severity};
use crate::io::{Out, read_zone_files};
use crate::lower::Fqdn;
use crate::query::dns_check;
use crate::report::{Format, Tally, answer};
use crate::text::SourceMap;

/// Hold names that exist against those that the topology calls for
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo dns check contoso.com.zone --view external --topology examples/contoso")]
pub(in crate::cli) struct Dns {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Check(Check),
}

/// Hold zone files that exist against the records that the topology calls for
///
/// Reads zone files in the form of RFC 1035, as BIND has them: each file is one zone, or is included by one. Reports what is missing,
/// what says something else than planned, and what is extra, each with its place and with the declaration that calls for the record;
/// says nothing where all is as planned. Extra are records that would compete with planned ones: another address, service record or
/// alias under the same name, and names that look like planned ones. All other names of a zone are its owner's, and are not looked at.
/// Planned names of a zone below that is not among the files are not missed; standard error names that zone. Times to live, name
/// servers and heads are not compared.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo dns check contoso.com.zone --view external --topology examples/contoso\n  \
    ocstopo dns check db.contoso.com db.corp.contoso.com --view internal --format short\n\n\
    Exit codes: 0 all is as planned, 1 findings, 2 a zone file or the topology cannot be read, or the topology has errors.")]
struct Check {
    /// Zone files; the name of a file, such as contoso.com.zone or db.contoso.com, says which zone it holds where its head does not
    #[arg(value_name = "ZONEFILE", required = true)]
    files: Vec<PathBuf>,

    /// Who asks the server that has these zones
    #[arg(long, value_name = "VIEW", value_parser = choice(DnsView::ALL.map(|view| (view.word(), view.title(), view))))]
    view: DnsView,

    /// The topology: a file, a folder with all `.ocstopo` files below it, or - for standard input
    #[arg(long, value_name = "PATH", default_value = ".")]
    topology: PathBuf,

    /// The zone that the only file holds, for names without a dot at their end
    #[arg(long, value_name = "ZONE", value_parser = Fqdn::parse)]
    origin: Option<Fqdn>,

    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    format: Format,

    /// The mildest findings that end with exit code 1; all if nothing is said
    #[arg(long, value_name = "LEVEL", default_value = "notes", value_parser = levels())]
    deny: Severity,
}

impl Dns {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        match self.action {
            Action::Check(check) => check.run(out),
        }
    }
}

impl Check {
    fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        if self.origin.is_some() && self.files.len() > 1 {
            return Err("`--origin` says which zone one file holds: give one file".to_owned().into());
        }
        let files = read_zone_files(&self.files)?;
        let input = Input { path: self.topology.clone(), stdin_filename: "stdin".to_owned() };
        let topology = load::resolved(&input, out)?;
        let (sources, numbers) = topology.sources.joined(files);
        let zones = match dns_check::read(&sources, &numbers, self.origin.as_ref()) {
            Ok(zones) => zones,
            Err(diags) => {
                self.report(out, &sources, &diags);
                return Ok(Exit::Failed);
            }
        };
        let mut comparison = dns_check::compare(topology.plans(), self.view, &zones);
        topology.config.levels.apply(&mut comparison.diags);
        let tally = Tally::of(&comparison.diags);
        self.report(out, &sources, &comparison.diags);
        out.say(&answer::dns_check::not_given(&comparison));
        if self.format == Format::Human && !comparison.diags.is_empty() && !out.quiet() {
            out.print(&answer::dns_check::summary(&comparison));
        }
        Ok(Exit::found(tally.at_least(self.deny) > 0))
    }

    /// Writes findings; more than anybody reads are cut down.
    fn report(&self, out: &mut Out, sources: &SourceMap, diags: &[Diag]) {
        let mut diags = diags.to_vec();
        diag::bound(&mut diags);
        load::print_findings(out, self.format, (sources, &diags), Family::Zones, self.deny);
    }
}
