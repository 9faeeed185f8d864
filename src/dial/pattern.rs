//! A pattern that numbers can be tried with.

use std::sync::OnceLock;

use fancy_regex::{CaptureMatches, Error, Regex, RegexBuilder};

use super::dotnet::{ascii_digits, read_otherwise};
use super::undecided::{BACKTRACKS, Undecided};

/// The most memory that a compiled expression may take.
const REGEX_BYTES: usize = 1 << 20;

/// `\d` of all scripts takes this much more of it at most.
const SCRIPTS: usize = 64;

/// A pattern as .NET would try it.
///
/// `\d` is a digit of any script there, which makes a large program, and nearly all numbers are ASCII: what a pattern needs for
/// others is compiled when one comes.
#[derive(Debug)]
pub struct Pattern {
    text: String,
    ascii: Regex,
    whole: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that can be tried; none where it does not compile, or where .NET reads it differently.
    pub fn new(text: &str) -> Option<Self> {
        if read_otherwise(text) {
            return None;
        }
        let ascii = compiled(&ascii_digits(text), REGEX_BYTES).ok()?;
        Some(Self { text: text.to_owned(), ascii, whole: OnceLock::new() })
    }

    /// Whether it matches a part of a number.
    pub fn is_match(&self, number: &str) -> Result<bool, Undecided> {
        self.of(number)?.is_match(number).map_err(|_| Undecided::Search)
    }

    /// The names of its groups, in the order of the engine.
    pub(super) fn names(&self) -> Vec<Option<&str>> {
        self.ascii.capture_names().collect()
    }

    /// The places of a number that it matches.
    pub(super) fn places<'r, 't>(&'r self, number: &'t str) -> Result<CaptureMatches<'r, 't, str>, Undecided> {
        Ok(self.of(number)?.captures_iter(number))
    }

    fn of(&self, number: &str) -> Result<&Regex, Undecided> {
        if number.is_ascii() {
            return Ok(&self.ascii);
        }
        let whole = self.whole.get_or_init(|| compiled(&self.text, REGEX_BYTES * SCRIPTS).ok());
        whole.as_ref().ok_or(Undecided::Engine)
    }
}

fn compiled(text: &str, bytes: usize) -> Result<Regex, Error> {
    RegexBuilder::new(text).backtrack_limit(BACKTRACKS).delegate_size_limit(bytes).build()
}

/// Why a regular expression cannot be tried; none where it can.
pub fn refused(text: &str) -> Option<String> {
    // What is wrong is told of the text as it is written.
    compiled(&ascii_digits(text), REGEX_BYTES).err()?;
    Some(match compiled(text, REGEX_BYTES) {
        Err(Error::ParseError(_, why)) => why.to_string(),
        _ => "it is too large".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_other_scripts_are_digits() {
        let pattern = Pattern::new(r"^(\d{4})[\d-]$").expect("a pattern");
        for (number, matches) in [("12345", true), ("1234-", true), ("123x5", false), ("١٢٣٤٥", true), ("١٢٣٤x", false)]
        {
            assert_eq!(pattern.is_match(number), Ok(matches), "{number}");
        }
    }

    #[test]
    fn what_cannot_be_tried_says_why() {
        assert_eq!(refused(r"^(\d{4})$"), None);
        assert_eq!(refused(r"^(\d{40}){40}$"), None);
        assert_eq!(refused(r"^(\d{400}){400}$").as_deref(), Some("it is too large"));
        assert!(refused(r"^(\d{4}$").is_some_and(|why| !why.is_empty()));
    }
}
