//! Normalization rules as the guide prints them, with the number that each is said to make: people copy them, mistakes and all.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// A rule of the guide's tables.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrintedRule {
    /// Its name in the guide.
    pub id: String,
    /// The pattern.
    pub pattern: String,
    /// The translation.
    pub translation: String,
    /// The number that the guide dials.
    pub dialled: String,
    /// What the guide says becomes of it.
    pub printed: String,
    /// The translation that makes the number which is printed, where the guide's own does not.
    #[serde(default)]
    pub corrected: Option<String>,
    /// Where the guide contradicts itself.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(PrintedRule, "printed_rules.toml", |row, checks| {
    for (field, text) in [("pattern", &row.pattern), ("translation", &row.translation), ("dialled", &row.dialled)] {
        checks.text(&row.id, field, text);
    }
    if !row.printed.starts_with('+') {
        checks.refuse(&row.id, "a number is printed in E.164 form");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("rule", &["id"]),
    column("match", &["pattern"]),
    column("translate", &["translation"]),
    column("dialled", &["dialled"]),
    column("as printed", &["printed"]),
    column("corrected", &["corrected"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<PrintedRule>(
    "printed_rules",
    "Normalization rules of the guide",
    "Rules as the guide prints them, with the numbers that the guide shows as their result.",
    COLUMNS,
);
