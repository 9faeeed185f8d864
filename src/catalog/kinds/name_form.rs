//! Which names the product, or one that it works with, takes: how long they may be and which characters they may not hold.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// A kind of name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameForm {
    /// Stable name, such as `um_dial_plan`.
    pub id: String,
    /// What is named so, for people.
    pub what: String,
    /// The most characters.
    pub characters: usize,
    /// Characters that it may not hold.
    #[serde(default)]
    pub refused: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(NameForm, "name_forms.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    if row.characters == 0 {
        checks.refuse(&row.id, "a name of no characters names nothing");
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("what", &["what"]),
    column("characters", &["characters"]),
    column("refused", &["refused"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<NameForm>(
    "name_forms",
    "Forms of names",
    "The maximum length of names, and the characters that they may not have.",
    COLUMNS,
);
