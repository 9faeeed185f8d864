//! What the guides require, advise, allow and do not support of edges, load balancers, federation and voice: one sentence a row.
//! Rules read the support level of the release, so that a later release changes a row and no code.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// The support level of something in a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportLevel {
    /// It does not work, or is not supported, without.
    Required,
    /// The guide recommends it.
    Advised,
    /// It may be so.
    Allowed,
    /// The guide recommends against it.
    Discouraged,
    /// It must not be so.
    Unsupported,
}

/// One thing and its support level in the release.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Support {
    /// Stable name, such as `edge.domain_member`.
    pub id: String,
    /// Its support level.
    pub standing: SupportLevel,
    /// The thing, as what follows the standing: "two network cards, one on each side".
    pub what: String,
    /// The listener whose traffic it is, where the row is about traffic between inside and outside.
    #[serde(default)]
    pub listener: Option<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Support, "support.toml", |row, checks| checks.text(&row.id, "what", &row.what), conflict: conflict);

const COLUMNS: &[Column] =
    &[column("id", &["id"]), column("standing", &["standing"]), column("what", &["what"]), STEP, CONFIDENCE, SOURCES];

pub(super) const KIND: Kind = Kind::of::<Support>(
    "support",
    "Support",
    "Configurations that are required, recommended, allowed or not supported.",
    COLUMNS,
);
