//! `ocstopo cert`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::args::{Input, date, formats, levels};
use crate::cli::exit::{Exit, Failure};
use crate::cli::load;
use crate::diag::{Family, Severity};
use crate::io::{Out, read_bytes};
use crate::lower::Date;
use crate::query::cert_check::{self, CertificateFile, Checked, Unreadable};
use crate::report::{Format, Tally, answer, count};
use crate::text::FileId;

/// Compare certificates and requests with what the topology wants
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

/// Say what a certificate, a chain or a request lacks, has too much or has otherwise than the topology wants
///
/// Each certificate is found by its common name, else by its alternative names, and compared with the plan: names, extended key
/// usage, key, issuer, with --today its dates. What is as it should be prints nothing. Names are compared, not signatures: `openssl
/// verify` does that. Files are PEM with any number of certificates, or DER; one that holds a private key is refused.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  ocstopo cert check sip.pem --topology examples/contoso\n  \
    ocstopo cert check *.cer --today 2027-04-01 --format short\n  ocstopo cert check redmond-rp-listener.csr --served\n\n\
    Exit codes: 0 all as wanted, 1 findings, 2 a file or the topology cannot be read, or the topology has errors.")]
struct Check {
    /// Certificates and requests, PEM or DER; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// The topology: a file, or a folder with all `.ocstopo` files below it
    #[arg(long, value_name = "PATH", default_value = ".")]
    topology: PathBuf,

    /// How findings are written
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = formats())]
    format: Format,

    /// The mildest findings that end with exit code 1; all if nothing is said
    #[arg(long, value_name = "LEVEL", default_value = "notes", value_parser = levels())]
    deny: Severity,

    /// The day that dates are compared with; without it none is looked at
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,

    /// Say on standard error which entry of the topology each certificate serves
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
        let (files, problems) = self.read();
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

    /// All files that can be read, and what is wrong with the others.
    fn read(&self) -> (Vec<CertificateFile>, Vec<String>) {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        for path in &self.files {
            match read_bytes(path, "stdin") {
                Ok((name, bytes)) => match cert_check::read(&name, &bytes) {
                    Ok(file) => files.push(file),
                    Err(errors) => problems.extend(unreadable(&name, &errors)),
                },
                Err(error) => problems.push(error.to_string()),
            }
        }
        (files, problems)
    }
}

/// What is wrong with a file: the first problems, and how many more there are.
fn unreadable(name: &str, errors: &[Unreadable]) -> Vec<String> {
    const SHOWN: usize = 100;
    let problems = errors.iter().take(SHOWN).map(|error| format!("{}: {}", error.name, error.problem));
    let more = errors.len().saturating_sub(SHOWN);
    problems.chain((more > 0).then(|| format!("{name}: {more} more blocks cannot be read"))).collect()
}
