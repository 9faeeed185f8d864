//! `ocstopo cert`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::{Input, date, formats, levels};
use crate::cli::exit::{Exit, Failure};
use crate::cli::{certificates, load};
use crate::diag::{Family, Severity};
use crate::io::Out;
use crate::lower::Date;
use crate::query::cert_check::{self, CertificateFile, Checked};
use crate::report::{Format, Tally, answer, count};
use crate::text::FileId;

/// Compare certificates and requests with the planned ones
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo cert check sip.pem --topology examples/contoso\n  \
    ocstopo cert check *.cer --today 2027-04-01 --format short")]
pub(in crate::cli) struct Cert {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Check(Check),
}

/// Compare certificates, chains and requests with the plan: what is missing, extra or different
///
/// The planned certificate is found by the common name, else by the alternative names. Names, extended key usage, key and issuer
/// are compared, and with --today the dates. A certificate that matches prints nothing. Signatures are not verified; `openssl
/// verify` does that. Files are PEM with any number of certificates, or DER; a file with a private key is refused.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo cert check sip.pem --topology examples/contoso\n  \
    ocstopo cert check *.cer --today 2027-04-01 --format short\n  ocstopo cert check redmond-rp-listener.csr --served\n\n\
    Exit codes: 0 everything matches, 1 findings, 2 a file or the topology cannot be read, or the topology has errors.")]
struct Check {
    /// Certificates and requests, PEM or DER; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The topology: a file, or a folder with all `.ocstopo` files below it
    #[arg(long, value_name = "PATH", default_value = ".")]
    topology: PathBuf,

    /// The output format of findings
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    format: Format,

    /// The lowest severity that makes the exit code 1
    #[arg(long, value_name = "LEVEL", default_value = "notes", value_parser = levels())]
    deny: Severity,

    /// The date for checking validity; without it dates are not checked
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,

    /// List on standard error the entry of the topology that each certificate belongs to
    #[arg(long)]
    served: bool,
}

impl Cert {
    pub(in crate::cli) fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        match self.action {
            Action::Check(check) => check.run(out),
        }
    }
}

impl Check {
    fn run(self, out: &mut Out) -> Result<Exit, Failure> {
        let (files, problems) = certificates::read(&self.files);
        if files.is_empty() {
            return Err(Failure { problems });
        }
        let input = Input { path: self.topology.clone(), stdin_filename: "stdin".to_owned() };
        let topology = load::resolved(&input, out)?;
        let texts = files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
        let (sources, ids) = topology.sources.joined(texts);
        let files: Vec<(FileId, CertificateFile)> = ids.into_iter().zip(files).collect();
        let Checked { mut diags, more, served } = cert_check::check(&files, topology.plans(), self.today);
        topology.config.levels.apply(&mut diags);
        if self.served {
            served.iter().for_each(|served| out.say(&answer::cert_check::served(&sources, served)));
        }
        let tally = Tally::of(&diags);
        load::print_findings(out, self.format, (&sources, &diags), Family::Certificates, self.deny);
        if self.format == Format::Human && !diags.is_empty() && !out.quiet() {
            out.print(&format!("{tally} in {}\n", count(files.len(), "file")));
        }
        if more > 0 {
            out.say(&format!("and {} more\n", count(more, "finding")));
        }
        if !problems.is_empty() {
            return Err(Failure { problems });
        }
        Ok(Exit::found(tally.at_least(self.deny) > 0))
    }
}
