//! The volumes that a database or file server needs, by what is on them.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::Feature;

/// A volume.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volume {
    /// Stable name.
    pub id: String,
    /// The kinds of blocks that need it.
    pub kinds: Vec<String>,
    /// The word of the language for what is on it.
    pub holds: String,
    /// What is on it, for people.
    pub what: String,
    /// How its disks may be combined, the advised way first.
    pub raid: Vec<String>,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Volume, "volumes.toml", |row, checks| {
    checks.text(&row.id, "holds", &row.holds);
    checks.text(&row.id, "what", &row.what);
    if row.kinds.is_empty() || row.raid.is_empty() {
        checks.refuse(&row.id, "a volume is of some kind of server, and its disks are combined in some way");
    }
}, keeps_order: true);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("of", &["kinds"]),
    column("holds", &["what"]),
    column("RAID", &["raid"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Volume>(
    "volumes",
    "Volumes",
    "The volumes that databases and file servers need, and how their disks are combined.",
    COLUMNS,
);
