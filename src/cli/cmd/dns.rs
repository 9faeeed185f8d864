//! `ocstopo dns`

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::catalog;
use crate::cli::args::Input;
use crate::cli::compared::{self, Format};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{load, rules};
use crate::compile::{CompileOptions, Compiled};
use crate::diag::Diag;
use crate::io::{Out, read_zone_files};
use crate::lower::Fqdn;
use crate::query::dns_check::{self, Comparison, NotGiven, Planned};
use crate::report::count;
use crate::text::{SourceMap, printable};

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
    #[arg(long, value_name = "VIEW")]
    view: View,

    /// The topology: a file, a folder with all `.ocstopo` files below it, or - for standard input
    #[arg(long, value_name = "PATH", default_value = ".")]
    topology: PathBuf,

    /// The zone that the only file holds, for names without a dot at their end
    #[arg(long, value_name = "ZONE", value_parser = Fqdn::parse)]
    origin: Option<Fqdn>,

    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum View {
    /// Computers inside
    Internal,
    /// The internet
    External,
}

impl From<View> for catalog::View {
    fn from(view: View) -> Self {
        match view {
            View::Internal => catalog::View::Internal,
            View::External => catalog::View::External,
        }
    }
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
        let (compiled, tally) = load::compiled(&input, &CompileOptions::default(), out)?;
        let Some(plan) = compiled.dns.as_ref().filter(|_| tally.errors == 0) else {
            return Ok(compared::nothing(out, &tally));
        };
        let (sources, numbers) = compiled.sources.joined(files);
        let zones = match dns_check::read(&sources, &numbers, self.origin.as_ref()) {
            Ok(zones) => zones,
            Err(diags) => {
                self.report(out, &compiled, &sources, &diags);
                return Ok(Exit::Failed);
            }
        };
        let product = compiled.topology.as_ref().map(|topology| topology.organization.product);
        let services = product.map(catalog::service_names).unwrap_or_default();
        let planned = Planned { plan, services: &services, view: self.view.into() };
        let comparison = dns_check::compare(&planned, &zones);
        self.report(out, &compiled, &sources, &comparison.diags);
        for NotGiven { zone, records } in &comparison.not_given {
            let zone = printable(zone);
            out.say(&format!(
                "not compared: {} planned in the zone `{zone}`, whose file is not given\n",
                count(*records, "record")
            ));
        }
        if self.format == Format::Human && !comparison.diags.is_empty() && !out.quiet() {
            out.print(&summary(&comparison));
        }
        Ok(Exit::found(!comparison.diags.is_empty()))
    }

    fn report(&self, out: &mut Out, compiled: &Compiled, sources: &SourceMap, diags: &[Diag]) {
        self.format.write(out, sources, diags, || rules::told_of(compiled));
    }
}

fn summary(comparison: &Comparison) -> String {
    let Comparison { present, missing, wrong, extra, .. } = comparison;
    format!("{present} present, {missing} missing, {wrong} wrong, {extra} extra\n")
}
