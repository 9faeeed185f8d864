//! Codes of lowering: values, names, ranges and the schema.

use super::LanguageCode;

/// The rows, by number.
pub static CODES: &[&LanguageCode] = &[];
