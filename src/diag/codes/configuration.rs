//! Codes of `ocstopo.toml`.

use super::{CodeRow, LANGUAGE};
use crate::diag::Code;

/// The rows, by number.
pub static CODES: &[&CodeRow] = &[&CONFIGURATION];

/// Something in `ocstopo.toml` that means nothing.
pub static CONFIGURATION: CodeRow = CodeRow {
    code: Code("OCS0099"),
    name: "configuration",
    doc: "`ocstopo.toml` says how strictly topologies below it are looked at. It holds one table, `[lint]`, with the lists `error`, \
          `warn`, `note` and `ignore`, each of codes, beginnings of codes or names of rules, and with `deny`, which is \"errors\", \
          \"warnings\" or \"notes\". A key, a code or a name that does not exist is refused, because a rule that is misspelt would \
          be thought to be off. What cannot be waived can be neither ignored nor made milder.",
    ..LANGUAGE
};
