//! When certificates are issued, for the calendar of their renewal: a day, or the certificates themselves.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use super::args::date;
use super::exit::Failure;
use super::{certificates, load};
use crate::artifact::Team;
use crate::compile::{Compiled, Part};
use crate::io::{Out, certificate_paths};
use crate::lower::Date;
use crate::plan::renewal::{RenewalDates, undated};
use crate::query::cert_check::{self, CertificateFile, Checked};
use crate::report::{self, count};
use crate::text::FileId;

/// How many certificates without a date are named.
const NAMED: usize = 5;

#[derive(Debug, Args)]
pub(super) struct Renewal {
    /// Write the calendar of renewals for certificates that are all issued on this day; how long each is valid is the `lifetime` of
    /// its certification authority in the topology
    #[arg(long, value_name = "DATE", value_parser = date)]
    issued: Option<Date>,

    /// Write the calendar of renewals with the dates of these issued certificates: a file, or a folder with `.pem`, `.cer`, `.crt`
    /// and `.der` files. May be repeated; --issued applies to the others
    #[arg(long, value_name = "PATH")]
    certificates: Vec<PathBuf>,
}

impl Renewal {
    /// The dates, where any were passed and the topology has no errors. What is wrong with the files goes to standard error as `cert
    /// check` prints it; a file that cannot be read ends the build.
    pub(super) fn dates(
        &self,
        compiled: &Compiled,
        options: &Compared<'_>,
        out: &mut Out,
    ) -> Result<Option<RenewalDates>, Failure> {
        if self.issued.is_none() && self.certificates.is_empty() {
            return Ok(None);
        }
        let option = if self.issued.is_some() { "--issued" } else { "--certificates" };
        if !options.only.is_empty() && !options.only.contains(&Part::PKI) {
            return Err(format!("`{option}` writes files of the part `pki`, which `--only` leaves out").into());
        }
        if options.team.is_some_and(|team| team != Team::Pki) {
            return Err(format!("`{option}` writes files of the team `pki`, which `--team` leaves out").into());
        }
        let files = self.files()?;
        let Some(plans) = compiled.plans().filter(|_| !compiled.has_errors()) else { return Ok(None) };
        let texts = files.iter().map(|file| (file.name.clone(), file.text.clone())).collect();
        let (sources, ids) = compiled.sources.joined(texts);
        let files: Vec<(FileId, CertificateFile)> = ids.into_iter().zip(files).collect();
        let mut checked = cert_check::check(&files, plans, options.today);
        let handed_in = cert_check::handed_in(&files, &checked);
        let Checked { diags, more, .. } = &mut checked;
        options.config.levels.apply(diags);
        if !diags.is_empty() {
            out.say(&report::human(&sources, diags, load::style(out.message_canvas())));
        }
        if *more > 0 {
            out.say(&format!("and {} more\n", count(*more, "finding")));
        }
        let dates = RenewalDates { issued: self.issued, handed_in };
        let missing = undated(plans, &dates);
        if !missing.is_empty() && missing.len() == plans.certificates().certificates.len() {
            return Err(self.no_dates(missing.iter().map(|(_, why)| why.as_str()).collect()));
        }
        if !missing.is_empty() {
            let named: Vec<String> = missing.iter().take(NAMED).map(|(name, why)| format!("{name} ({why})")).collect();
            let more = if missing.len() > NAMED { ", …" } else { "" };
            let what = if missing.len() == 1 { "certificate has" } else { "certificates have" };
            out.note(&format!(
                "pki/renewal.csv: {} {what} no date, so the calendar has no entry: {}{more}\n",
                missing.len(),
                named.join(", ")
            ));
        }
        Ok(Some(dates))
    }

    /// The files; all that is wrong with them is said at once.
    fn files(&self) -> Result<Vec<CertificateFile>, Failure> {
        let mut paths: BTreeSet<PathBuf> = BTreeSet::new();
        let mut problems = Vec::new();
        for path in &self.certificates {
            match certificate_paths(path) {
                Ok(found) => paths.extend(found),
                Err(errors) => problems.extend(errors.iter().map(ToString::to_string)),
            }
        }
        let (files, unreadable) = certificates::read(&paths.into_iter().collect::<Vec<_>>());
        problems.extend(unreadable);
        if problems.is_empty() { Ok(files) } else { Err(Failure { problems }) }
    }

    /// What to do where no certificate has a date.
    fn no_dates(&self, why: BTreeSet<&str>) -> Failure {
        let why: Vec<&str> = why.into_iter().take(NAMED).collect();
        let help = match self.issued {
            Some(_) => {
                "write `lifetime = …d` in each `certification_authority`, or pass the issued certificates with `--certificates`"
            }
            None => {
                "none of the files is for a certificate of the topology; `ocstopo cert check --served` shows what each is for"
            }
        };
        format!("no certificate has a date for the calendar of renewals ({}): {help}", why.join("; ")).into()
    }
}

/// What else the command was told.
pub(super) struct Compared<'a> {
    /// The parts that are built; all if empty.
    pub(super) only: &'a [Part],
    /// The team whose files are built, if only those of one are.
    pub(super) team: Option<Team>,
    /// Levels of findings.
    pub(super) config: &'a crate::config::Config,
    /// The day for their validity.
    pub(super) today: Option<Date>,
}
