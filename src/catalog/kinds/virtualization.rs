//! Which roles may run on virtual machines.

use serde::{Deserialize, Serialize};

use super::collocation::Verdict;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// What is said of a role on a virtual machine.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Virtualization {
    /// Stable name.
    pub id: String,
    /// The role: a kind of block, `edge_server` for a server of an edge array, or `any` for the roles that no other row names.
    pub role: String,
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
    pub provenance: Provenance,
}

fact_row!(Virtualization, "virtualization.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    checks.text(&row.id, "role", &row.role);
    if row.verdict == Verdict::Unsupported && !row.without.is_empty() {
        checks.refuse(&row.id, "what is unsupported is so whatever the computer carries");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role"]),
    column("verdict, not with", &["verdict", "without"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind =
    Kind::of::<Virtualization>("virtualization", "Virtual machines", "Which roles may run on virtual machines.", COLUMNS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[virtualization]]\nid = \"a\"\nrole = \"any\"\nverdict = \"unsupported\"\nwhat = \"any role\"\nstep = 5\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Virtualization>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("\"any\"", "\" \""), "virtualization.toml: row `a`: `role` is empty");
        assert_eq!(
            faults("what =", "without = [\"av_edge\"]\nwhat ="),
            "virtualization.toml: row `a`: what is unsupported is so whatever the computer carries"
        );
    }
}
