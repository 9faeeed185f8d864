//! Which roles may run on virtual machines.

use serde::{Deserialize, Serialize};

use super::facts::{Kind, fact_row};
use super::show::{CONFIDENCE, Column, SOURCES, STEP, column};
use super::{Conflict, Provenance, Verdict};

/// What is said of a role on a virtual machine.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Virtualization {
    /// Stable name; `any` is for the roles that no other row names.
    pub id: String,
    /// The role: a kind of block, or `edge_server` for a server of an edge array.
    #[serde(default)]
    pub role: Option<String>,
    /// What is said.
    pub verdict: Verdict,
    /// What the computer must not carry: features that are on, or outside addresses of an edge server.
    #[serde(default)]
    pub without: Vec<String>,
    /// For people.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    #[serde(flatten)]
    pub provenance: Provenance,
}

fact_row!(Virtualization, "virtualization.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    if row.role.is_none() != (row.id == "any") {
        checks.refuse(&row.id, "`any` alone names no role");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role"]),
    column("verdict", &["verdict"]),
    column("without", &["without"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind =
    Kind::of::<Virtualization>("virtualization", "Virtual machines", "Which roles may run on virtual machines.", COLUMNS);
