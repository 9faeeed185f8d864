//! Codes of the model: references, addresses, networks.

use super::LanguageCode;

/// The rows, by number.
pub static CODES: &[&LanguageCode] = &[];
