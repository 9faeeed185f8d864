//! How the product treats a dialled number and a call: one sentence a row. What no page says is a row of low confidence, so that
//! answers can name it as an assumption.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// One sentence about numbers and calls.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallRule {
    /// Stable name, such as `call.no_route`.
    pub id: String,
    /// The sentence.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(CallRule, "call_rules.toml", |row, checks| checks.text(&row.id, "what", &row.what), conflict: conflict);

const COLUMNS: &[Column] = &[column("id", &["id"]), column("what", &["what"]), STEP, CONFIDENCE, SOURCES];

pub(super) const KIND: Kind = Kind::of::<CallRule>(
    "call_rules",
    "Numbers and calls",
    "What the product does with a dialled number, a call, and a number of the directory.",
    COLUMNS,
);
