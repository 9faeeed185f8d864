//! Codes of the syntax: text that is not in the language.

use super::LanguageCode;

/// The rows, by number.
pub static CODES: &[&LanguageCode] = &[];
