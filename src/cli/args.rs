//! The arguments that commands share.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::compile::CompileOptions;
use crate::diag::Severity;
use crate::io::ColorChoice;
use crate::lower::Date;

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

impl From<When> for ColorChoice {
    fn from(when: When) -> Self {
        match when {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }
}

/// Which topology.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// A file, a folder with all `.ocstopo` files below it, or - for standard input
    #[arg(value_name = "PATH", default_value = ".")]
    pub(super) path: PathBuf,

    /// The name that messages show for standard input
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub(super) stdin_filename: String,
}

/// How strictly it is looked at.
#[derive(Debug, Args)]
pub(super) struct Rules {
    /// The day that waivers are compared with; without it none is too old
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) today: Option<Date>,

    /// Let findings count that are waived
    #[arg(long)]
    pub(super) no_waivers: bool,
}

impl Rules {
    pub(super) fn options(&self) -> CompileOptions {
        CompileOptions { today: self.today, waivers: !self.no_waivers }
    }
}

/// The mildest finding that ends with exit code 1.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum Deny {
    Errors,
    Warnings,
    Notes,
}

impl From<Deny> for Severity {
    fn from(deny: Deny) -> Self {
        match deny {
            Deny::Errors => Severity::Error,
            Deny::Warnings => Severity::Warning,
            Deny::Notes => Severity::Note,
        }
    }
}

pub(super) fn date(text: &str) -> Result<Date, String> {
    let parse = || {
        let mut parts = text.split('-');
        let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
        let mut number = |length: usize| parts.next().filter(|part| part.len() == length).filter(digits)?.parse::<u16>().ok();
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        if parts.next().is_some() {
            return None;
        }
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        time::Date::from_calendar_date(year.into(), time::Month::try_from(month).ok()?, day).ok()?;
        Some(Date { year: year.into(), month, day })
    };
    parse().ok_or_else(|| "expected a date such as 2027-03-31".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_of_the_calendar() {
        assert_eq!(date("2024-02-29"), Ok(Date { year: 2024, month: 2, day: 29 }));
        for text in ["2023-02-29", "2024-2-29", "2024-13-01", "24-01-01", "2024-01-01-", "today", "2024-01-+1"] {
            assert!(date(text).is_err(), "{text}");
        }
    }
}
