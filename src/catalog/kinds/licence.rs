//! The licences that a deployment needs, and for how many computers or users.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};
use crate::product::Feature;

/// What a licence is counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicensedBy {
    /// One for each computer of its roles.
    Computer,
    /// One for each user of a pool.
    User,
    /// It is needed, and no source says how to count it.
    Unstated,
    /// None is needed, which is worth saying.
    Nothing,
}

/// A licence.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// Stable name.
    pub id: String,
    /// The licence, for people.
    pub what: String,
    /// What it is counted by.
    pub by: LicensedBy,
    /// The roles of the computers that it is counted by: kinds of blocks, and `edge_server` for a server of an edge array.
    #[serde(default)]
    pub roles: Vec<String>,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// What a buyer must know.
    #[serde(default)]
    pub note: Option<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Licence, "licences.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    if (row.by == LicensedBy::Computer) == row.roles.is_empty() {
        checks.refuse(&row.id, "a licence for computers names their roles, another one none");
    }
    if row.by == LicensedBy::Unstated && row.note.is_none() {
        checks.refuse(&row.id, "what cannot be counted has a note");
    }
}, conflict: conflict, keeps_order: true);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("licence", &["what"]),
    column("by", &["by"]),
    column("roles", &["roles"]),
    column("note", &["note"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Licence>(
    "licences",
    "Licences",
    "The licences that a deployment needs, as blogs and price lists of the time state them. The terms of a contract count, not these rows.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[licences]]\nid = \"a\"\nwhat = \"b\"\nby = \"computer\"\nroles = [\"director\"]\nstep = 2\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Licence>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        let roles = "licences.toml: row `a`: a licence for computers names their roles, another one none";
        assert_eq!(faults("[\"director\"]", "[]"), roles);
        assert_eq!(faults("\"computer\"", "\"user\""), roles);
        assert_eq!(
            faults("by = \"computer\"\nroles = [\"director\"]", "by = \"unstated\""),
            "licences.toml: row `a`: what cannot be counted has a note"
        );
    }
}
