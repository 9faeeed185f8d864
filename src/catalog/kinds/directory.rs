//! What Active Directory must be, and the groups that Prep Forest makes in it.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// The releases or levels that something of the directory may have, in the words of the language.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryRequirement {
    /// The attribute that states it: `domain_controllers`, `functional_level`, `forest_functional_level`, `global_settings`.
    pub id: String,
    /// The words that are supported.
    pub allowed: Vec<String>,
    /// What happens with any other.
    pub why: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(DirectoryRequirement, "directory_requirements.toml", |row, checks| {
    checks.text(&row.id, "why", &row.why);
    if row.allowed.is_empty() {
        checks.refuse(&row.id, "nothing is allowed");
    }
});

const REQUIREMENT_COLUMNS: &[Column] =
    &[column("id", &["id"]), column("allowed", &["allowed"]), column("otherwise", &["why"]), STEP, CONFIDENCE, SOURCES];

pub(super) const REQUIREMENTS: Kind = Kind::of::<DirectoryRequirement>(
    "directory_requirements",
    "Requirements of Active Directory",
    "The releases of domain controllers and the levels of domains and forests that are supported.",
    REQUIREMENT_COLUMNS,
);

/// A group that Prep Forest makes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DirectoryGroup {
    /// Its name.
    pub id: String,
    /// `service`, `administration` or `infrastructure`.
    pub kind: String,
    /// What its members are or may do.
    pub purpose: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(DirectoryGroup, "directory_groups.toml", |row, checks| {
    checks.text(&row.id, "purpose", &row.purpose);
    if !["service", "administration", "infrastructure"].contains(&row.kind.as_str()) {
        checks.refuse(&row.id, format!("`{}` is not a kind of group", row.kind));
    }
});

const GROUP_COLUMNS: &[Column] =
    &[column("group", &["id"]), column("kind", &["kind"]), column("purpose", &["purpose"]), STEP, CONFIDENCE, SOURCES];

pub(super) const GROUPS: Kind = Kind::of::<DirectoryGroup>(
    "directory_groups",
    "Groups of Active Directory",
    "The universal groups that Prep Forest creates in the domain chosen for them.",
    GROUP_COLUMNS,
);
