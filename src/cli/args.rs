//! The arguments that commands share.

use std::path::PathBuf;

use clap::builder::TypedValueParser;
use clap::{Args, ValueEnum};

use super::choice::choice;
use crate::compile::CompileOptions;
use crate::config::DENY;
use crate::diag::Severity;
use crate::lower::Date;
use crate::report::Format;

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
    /// The date for checking the end of waivers; without it no waiver expires
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(super) today: Option<Date>,

    /// Report waived findings too
    #[arg(long)]
    pub(super) no_waivers: bool,
}

impl Rules {
    pub(super) fn options(&self) -> CompileOptions {
        CompileOptions { today: self.today, waivers: !self.no_waivers }
    }
}

/// How an answer is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum AnswerFormat {
    /// For people
    Human,
    /// For programs; docs/json.md describes the fields
    Json,
}

/// What `--format` of findings takes.
pub(super) fn formats() -> impl TypedValueParser<Value = Format> {
    choice(Format::ALL.map(|format| (format.word(), format.help(), format)))
}

/// What `--deny` takes: the mildest finding that ends with exit code 1.
pub(super) fn levels() -> impl TypedValueParser<Value = Severity> {
    choice(DENY.map(|(word, severity)| (word, "", severity)))
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
