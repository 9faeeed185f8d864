//! The minimum requirements for a computer of each role.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// Figures for the computers of some roles; what is not stated is not required. Where the figures of one role differ in
/// confidence they are in separate rows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hardware {
    /// Stable name.
    pub id: String,
    /// The roles: kinds of blocks, and `edge_server` for a server of an edge array.
    pub roles: Vec<String>,
    /// Cores, of all processors together.
    #[serde(default)]
    pub cores: Option<u64>,
    /// The clock of a core, in MHz.
    #[serde(default)]
    pub megahertz: Option<u64>,
    /// Main memory, in GB.
    #[serde(default)]
    pub memory: Option<u64>,
    /// Free space on its own disks, in GB.
    #[serde(default)]
    pub disk: Option<u64>,
    /// How many disks.
    #[serde(default)]
    pub disks: Option<u64>,
    /// How many network cards.
    #[serde(default)]
    pub network_cards: Option<u64>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Hardware, "hardware.toml", |row, checks| {
    if row.roles.is_empty() {
        checks.refuse(&row.id, "figures of no role");
    }
    for role in &row.roles {
        checks.text(&row.id, "roles", role);
    }
    let figures = [row.cores, row.megahertz, row.memory, row.disk, row.disks, row.network_cards];
    if figures.iter().all(Option::is_none) || figures.contains(&Some(0)) {
        checks.refuse(&row.id, "a minimum has a figure, and none is nothing");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("roles", &["roles"]),
    column("cores", &["cores"]),
    column("MHz", &["megahertz"]),
    column("memory GB", &["memory"]),
    column("disk GB", &["disk"]),
    column("disks", &["disks"]),
    column("network cards", &["network_cards"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind =
    Kind::of::<Hardware>("hardware", "Hardware", "The minimum requirements for a computer of each role.", COLUMNS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[hardware]]\nid = \"a\"\nroles = [\"director\"]\nmemory = 4\nstep = 5\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Hardware>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("[\"director\"]", "[]"), "hardware.toml: row `a`: figures of no role");
        let none = "hardware.toml: row `a`: a minimum has a figure, and none is nothing";
        assert_eq!(faults("memory = 4\n", ""), none);
        assert_eq!(faults("memory = 4", "memory = 0"), none);
    }
}
