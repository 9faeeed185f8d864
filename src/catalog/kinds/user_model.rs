//! What an average user does, as capacities and sizes assume it. Rows, not code.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// One assumption.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Assumption {
    /// Stable name, such as `messages.sessions`.
    pub id: String,
    /// The figure.
    pub value: u64,
    /// What is counted; `%` is a share.
    pub unit: String,
    /// What it is the figure of, for people.
    pub what: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Assumption, "user_model.toml", |row, checks| {
    checks.text(&row.id, "unit", &row.unit);
    checks.text(&row.id, "what", &row.what);
    if row.value == 0 {
        checks.refuse(&row.id, "who does nothing needs no capacity");
    }
    if row.unit == "%" && row.value > 100 {
        checks.refuse(&row.id, "a share is at most the whole");
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

pub(super) const KIND: Kind = Kind::of::<Assumption>(
    "user_model",
    "User model",
    "The activity of an average user that the tested capacities assume. More active users need more capacity.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact::facts;
    use crate::catalog::fact_file::read_rows;
    use crate::product::Product;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[user_model]]\nid = \"outside\"\nvalue = 10\nunit = \"%\"\nwhat = \"users\"\nstep = 2\nsource = [\"topology:T32\"]\nconfidence = \"high\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Assumption>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("10", "0"), "user_model.toml: row `outside`: who does nothing needs no capacity");
        assert_eq!(faults("10", "101"), "user_model.toml: row `outside`: a share is at most the whole");
        assert!(faults("what = \"users\"\n", "").contains("missing field `what`"));
    }

    #[test]
    fn shares_of_a_mix_add_up_to_100() {
        for mix in ["contacts.mix.", "meetings.start."] {
            let rows = facts::<Assumption>(Product::Ocs2007R2).iter().filter(|row| row.id.starts_with(mix));
            assert_eq!(rows.map(|row| row.value).sum::<u64>(), 100, "{mix}");
        }
    }
}
