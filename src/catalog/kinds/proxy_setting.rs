//! What a rule that publishes a web site is set to, in the words of ISA Server 2006, which the guide describes.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// One setting.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProxySetting {
    /// Stable name, such as `delegation`.
    pub id: String,
    /// Its place: a page of the wizard or a tab of the rule.
    pub page: String,
    /// What it is called there.
    pub name: String,
    /// What it is set to.
    pub value: String,
    /// What that means, for people.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(ProxySetting, "proxy_settings.toml", |row, checks| {
    checks.text(&row.id, "page", &row.page);
    checks.text(&row.id, "name", &row.name);
    checks.text(&row.id, "value", &row.value);
    checks.text(&row.id, "what", &row.what);
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("page", &["page"]),
    column("name", &["name"]),
    column("value", &["value"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<ProxySetting>(
    "proxy_settings",
    "Settings of publishing rules",
    "The settings of a web publishing rule, in the words of ISA Server 2006.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[proxy_settings]]\nid = \"a\"\npage = \"A\"\nname = \"A\"\nvalue = \"a\"\nwhat = \"a\"\nstep = 6\n\
            source = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<ProxySetting>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("value = \"a\"", "value = \"\""), "`value` is empty");
        assert!(faults("page = \"A\"\n", "").contains("missing field `page`"));
    }
}
