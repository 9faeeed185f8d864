//! What computers run: operating systems, databases and requirements of setup.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// A requirement of software.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Software {
    /// Stable name.
    pub id: String,
    /// What it is about: `component`, or what a topology states of a computer.
    pub of: String,
    /// The computers that need it, by what runs there: roles, kinds of blocks, or `recorded` for a server
    /// whose messages or calls are recorded; empty for each computer of the product.
    #[serde(default)]
    pub roles: Vec<String>,
    /// The words of the language that meet it; none for what a topology does not state.
    #[serde(default)]
    pub allowed: Vec<String>,
    /// The requirement, for people.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl Software {
    /// Whether a word of the language meets the requirement.
    pub fn allows(&self, word: &str) -> bool {
        self.allowed.iter().any(|allowed| allowed == word)
    }
}

fact_row!(Software, "software.toml", |row, checks| {
    checks.text(&row.id, "of", &row.of);
    checks.text(&row.id, "what", &row.what);
    if (row.of == "component") != row.allowed.is_empty() {
        checks.refuse(&row.id, "what a topology states has words that are allowed, a component has none");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("of", &["of"]),
    column("roles", &["roles"]),
    column("allowed", &["allowed"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Software>("software", "Software", "The software of computers.", COLUMNS);
