//! Which roles may share a computer.

use serde::{Deserialize, Serialize};

use super::facts::{Kind, fact_row};
use super::show::{CONFIDENCE, Column, SOURCES, STEP, column};
use super::{Conflict, Provenance};

/// What is said of two roles on one computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They may.
    Allowed,
    /// They may, and should not.
    NotRecommended,
    /// They may not.
    Unsupported,
}

/// Two roles on one computer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collocation {
    /// Stable name.
    pub id: String,
    /// One role, in the words of the table.
    pub role: String,
    /// The other.
    pub with: String,
    /// What is said of them.
    pub verdict: Verdict,
    /// What it depends on, or costs.
    #[serde(default)]
    pub note: Option<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    #[serde(flatten)]
    pub provenance: Provenance,
}

fact_row!(Collocation, "collocation.toml", |row, checks| {
    for (field, text) in [("role", Some(&row.role)), ("with", Some(&row.with)), ("note", row.note.as_ref())] {
        if let Some(text) = text {
            checks.text(&row.id, field, text);
        }
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role"]),
    column("with", &["with"]),
    column("verdict", &["verdict"]),
    column("note", &["note"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Collocation>(
    "collocation",
    "Roles on one computer",
    "Which roles may share a computer. What is not listed is untested and unsupported.",
    COLUMNS,
);
