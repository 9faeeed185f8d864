//! The shapes of edge arrays that a release knows: how many computers run which roles together.

use serde::{Deserialize, Serialize};

use super::support::SupportLevel;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};
use crate::product::Role;

/// A shape.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeShapeRow {
    /// The word of `shape`, such as `consolidated`.
    pub id: String,
    /// What it is made of, for people.
    pub what: String,
    /// Its computers; no others belong to it.
    pub computers: Vec<EdgeComputers>,
    /// Roles that its computers may lack where no feature needs them.
    #[serde(default)]
    pub may_lack: Vec<Role>,
    /// The support level of virtual addresses in front of it.
    pub balanced: SupportLevel,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// Computers that run the same roles.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeComputers {
    /// The roles of each, in the order of the guide.
    pub roles: Vec<Role>,
    /// How many there are at least.
    pub at_least: usize,
    /// How many there are at most; any number where it is absent.
    #[serde(default)]
    pub at_most: Option<usize>,
}

fact_row!(EdgeShapeRow, "edge_shapes.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    let sound = |computers: &EdgeComputers| {
        let edges = [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge];
        let roles = !computers.roles.is_empty() && computers.roles.iter().all(|role| edges.contains(role));
        roles && computers.at_most.is_none_or(|most| most >= computers.at_least) && computers.roles.is_sorted()
    };
    let known = |role: &Role| row.computers.iter().any(|computers| computers.roles.contains(role));
    if !row.may_lack.iter().all(known) {
        checks.refuse(&row.id, "a shape may lack roles only that its computers run");
    }
    if row.computers.is_empty() || !row.computers.iter().all(sound) {
        checks.refuse(&row.id, "a shape has computers, each with edge roles in the order of the guide");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("shape", &["id"]),
    column("made of", &["what"]),
    column("may lack", &["may_lack"]),
    column("load balancer", &["balanced"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind =
    Kind::of::<EdgeShapeRow>("edge_shapes", "Edge shapes", "The shapes that an edge array may have.", COLUMNS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[edge_shapes]]\nid = \"s\"\nwhat = \"one\"\nbalanced = \"allowed\"\nstep = 6\nsource = [\"memory\"]\n\
            confidence = \"low\"\ncomputers = [{ roles = [\"access_edge\", \"av_edge\"], at_least = 1, at_most = 2 }]\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<EdgeShapeRow>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<String>()
        };
        assert_eq!(faults("", ""), "");
        let refusal = "edge_shapes.toml: row `s`: a shape has computers, each with edge roles in the order of the guide";
        assert_eq!(faults("at_least = 1", "at_least = 3"), refusal);
        assert_eq!(faults("\"access_edge\", \"av_edge\"", "\"av_edge\", \"access_edge\""), refusal);
        assert_eq!(faults("\"access_edge\"", "\"director\""), refusal);
        let lacking = "a shape may lack roles only that its computers run";
        assert!(faults("step = 6", "may_lack = [\"web_conferencing_edge\"]\nstep = 6").ends_with(lacking));
        assert_eq!(faults("step = 6", "may_lack = [\"av_edge\"]\nstep = 6"), "");
        assert_eq!(faults("[{ roles = [\"access_edge\", \"av_edge\"], at_least = 1, at_most = 2 }]", "[]"), refusal);
    }
}
