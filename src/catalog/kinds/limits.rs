//! Figures of a product release that rules compare with: capacities, counts, defaults. Rows, not code.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// One figure.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Stable name, such as `standard_edition.users`.
    pub id: String,
    /// The figure.
    pub value: u64,
    /// What is counted.
    pub unit: String,
    /// What it limits, for people.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Limit, "limits.toml", |row, checks| {
    checks.text(&row.id, "unit", &row.unit);
    checks.text(&row.id, "what", &row.what);
    if row.value == 0 {
        checks.refuse(&row.id, "a limit of nothing limits nothing");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("value", &["value"]),
    column("unit", &["unit"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Limit>("limits", "Limits", "Figures that rules compare with.", COLUMNS);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[limits]]\nid = \"a.users\"\nvalue = 5\nunit = \"users\"\nwhat = \"users\"\nstep = 2\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Limit>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("value = 5", "value = 0"), "limits.toml: row `a.users`: a limit of nothing limits nothing");
        assert_eq!(faults("\"low\"", "\"high\""), "limits.toml: row `a.users`: what was only recalled is of low confidence");
        assert_eq!(faults("[[limits]]", "[[limit]]"), "limits.toml: it has no rows [[limits]]");
        assert_eq!(
            faults("step = 2", "step = 0"),
            "limits.toml: row `a.users`: the Planning Guide has the steps 1 to 12, no step 0"
        );
        assert!(faults("unit = \"users\"\n", "").contains("missing field `unit`"));
    }
}
