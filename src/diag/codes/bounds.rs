//! Codes of inputs that exceed a bound.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[&TOO_MANY];

/// Findings without end.
pub static TOO_MANY: CodeRow = CodeRow {
    code: Code("OCS0072"),
    name: "too-many-findings",
    doc: "There are more findings than anybody reads, so some of them are left out, the mildest first, and where a text has very many \
          mistakes the rest of it is not looked at. Most follow from a few mistakes, or the text is no topology.\n\n\
          Correct the findings that are shown, and look again.",
    ..LANGUAGE
};
