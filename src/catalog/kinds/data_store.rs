//! Where the product keeps what.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// Whether data must outlive a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Durability {
    /// It is backed up.
    BackUp,
    /// It can be made anew.
    Rebuilt,
    /// It ends with the sessions that it is about.
    Transient,
}

/// Some data and its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataStore {
    /// Stable name.
    pub id: String,
    /// What is kept.
    pub data: String,
    /// The database or share.
    pub store: String,
    /// Where it is for a Standard Edition server.
    pub standard_edition: String,
    /// Where it is for an Enterprise pool.
    pub enterprise_pool: String,
    /// Whether it must outlive a failure.
    pub keep: Durability,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(DataStore, "data_stores.toml", |row, checks| {
    for (field, text) in [
        ("data", &row.data),
        ("store", &row.store),
        ("standard_edition", &row.standard_edition),
        ("enterprise_pool", &row.enterprise_pool),
    ] {
        checks.text(&row.id, field, text);
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("data", &["data"]),
    column("store", &["store"]),
    column("Standard Edition", &["standard_edition"]),
    column("Enterprise pool", &["enterprise_pool"]),
    column("keep", &["keep"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<DataStore>(
    "data_stores",
    "Data stores",
    "The data that is stored, its place, and whether it is backed up.",
    COLUMNS,
);
