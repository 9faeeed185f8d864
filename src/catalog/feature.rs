//! Rows about features: which roles a deployment needs for them, alone and together.

use serde::{Deserialize, Serialize};

use super::Provenance;
use crate::product::{Feature, Role};

/// What a feature cannot do without.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeatureRow {
    /// The feature.
    pub feature: Feature,
    /// Roles that must exist somewhere in the topology.
    pub requires: Vec<Role>,
    /// Roles that the guide advises.
    #[serde(default)]
    pub recommends: Vec<Role>,
    /// Why, for people.
    pub why: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// What features cannot do without when they are on together: remote users alone need no A/V Edge, remote users with conferences do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CombinationRow {
    /// Stable name, such as `remote_web_conferencing`.
    pub id: String,
    /// It holds when all features of one inner list are on.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Roles that must exist somewhere in the topology.
    pub requires: Vec<Role>,
    /// Roles that the guide advises.
    #[serde(default)]
    pub recommends: Vec<Role>,
    /// Why, for people.
    pub why: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}
