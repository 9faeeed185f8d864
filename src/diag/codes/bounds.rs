//! Codes of inputs that exceed a bound.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[&TOO_MANY];

/// Findings without end.
pub static TOO_MANY: CodeRow = CodeRow {
    code: Code("OCS0072"),
    name: "too-many-findings",
    doc: "There are too many findings, so the mildest ones are not shown, and the rest of a text with very many mistakes is not checked. Most findings follow from a few mistakes, or the text is not a topology.\n\n\
          Correct the findings shown, and check again.",
    ..LANGUAGE
};
