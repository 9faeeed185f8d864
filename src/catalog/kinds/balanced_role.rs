//! Which roles are behind a load balancer when there are several of them, and which addresses it may translate there.

use serde::{Deserialize, Serialize};

use super::support::SupportLevel;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};
use crate::product::{NatMode, Role, Side};

/// A role on one side.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BalancedRole {
    /// Stable name, such as `front_end`.
    pub id: String,
    /// The role.
    pub role: Role,
    /// The side of its servers.
    pub side: Side,
    /// The support level of a load balancer in front of several servers.
    pub several: SupportLevel,
    /// What the load balancer may translate; empty where nothing is said.
    #[serde(default)]
    pub translation: Vec<NatMode>,
    /// More to know, for people.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(BalancedRole, "balanced_roles.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    if row.several == SupportLevel::Unsupported && !row.translation.is_empty() {
        checks.refuse(&row.id, "there is nothing to translate where a load balancer is not allowed");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role", "side"]),
    column("several servers", &["several"]),
    column("translation", &["translation"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<BalancedRole>(
    "balanced_roles",
    "Roles behind load balancers",
    "Whether the release requires, allows or forbids a load balancer in front of several servers of a role.",
    COLUMNS,
);
