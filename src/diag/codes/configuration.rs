//! Codes of `ocstopo.toml`.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[&CONFIGURATION];

/// Something in `ocstopo.toml` that means nothing.
pub static CONFIGURATION: CodeRow = CodeRow {
    code: Code("OCS0099"),
    name: "configuration",
    doc: "`ocstopo.toml` configures how strictly topologies in its folder and below are checked. It has one table, `[lint]`, with the lists `error`, \
          `warn`, `note` and `ignore`, each of codes, prefixes of codes or names of rules, and with `deny`, which is \"errors\", \
          \"warnings\" or \"notes\". An unknown key, code or name is an error, because a misspelt rule would seem to be off. Rules that cannot be waived can be neither ignored nor made milder.",
    ..LANGUAGE
};
