//! Codes of inputs that exceed a bound, or that cannot be read.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[&TOO_MANY, &UNREADABLE];

/// Findings without end.
pub static TOO_MANY: CodeRow = CodeRow {
    code: Code("OCS0072"),
    name: "too-many-findings",
    doc: "There are too many findings, so the mildest ones are not shown, and the rest of a text with very many mistakes is not checked. Most findings follow from a few mistakes, or the text is not a topology.\n\n\
          Correct the findings shown, and check again.",
    ..LANGUAGE
};

/// A file of a topology that is not there as text.
pub static UNREADABLE: CodeRow = CodeRow {
    code: Code("OCS0073"),
    name: "unreadable-file",
    doc: "A file of the topology cannot be read: the system refuses it, it is larger than 16 MiB, or it is not UTF-8, for example because a Windows \
          editor saved it as \"Unicode\". The other files are checked; what this one declares is missing, so names that no file declares are not \
          reported, and rules about missing parts wait.\n\n\
          Save the file as UTF-8, or give yourself the right to read it.",
    ..LANGUAGE
};
