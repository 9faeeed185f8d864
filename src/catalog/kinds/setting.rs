//! Settings of the product that a deployment depends on: the place and the default of each.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// Where a setting is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A choice of Setup.
    Setup,
    /// The registry of Windows, mostly through policies.
    Registry,
    /// A property of a WMI class.
    Wmi,
}

/// One setting.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Setting {
    /// Stable name, such as `global_settings`.
    pub id: String,
    /// Where it is stored.
    pub place: Place,
    /// What it is called there.
    pub name: String,
    /// Its default; absent where there is none.
    #[serde(default)]
    pub default: Option<String>,
    /// What it decides, for people.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Setting, "settings.toml", |row, checks| {
    checks.text(&row.id, "name", &row.name);
    checks.text(&row.id, "what", &row.what);
    if let Some(default) = &row.default {
        checks.text(&row.id, "default", default);
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("place", &["place"]),
    column("name", &["name"]),
    column("default", &["default"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Setting>(
    "settings",
    "Settings",
    "Settings of the product that a deployment depends on: where each is set, and its default.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog;
    use crate::catalog::fact::{fact, facts};
    use crate::catalog::fact_file::read_rows;
    use crate::product::{PortRange, Product};

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[settings]]\nid = \"a\"\nplace = \"wmi\"\nname = \"A\"\ndefault = \"1\"\nwhat = \"a\"\nstep = 6\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Setting>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("default = \"1\"", "default = \"\""), "`default` is empty");
        assert!(faults("\"wmi\"", "\"ini\"").contains("unknown variant `ini`"));
    }

    /// The defaults of the edge's interfaces are the ports that flows open.
    #[test]
    fn ports_of_settings_are_ports_of_listeners() {
        for product in Product::ALL {
            let rows = &catalog(product).listeners;
            let listening =
                |port: &PortRange| rows.iter().any(|row| row.role.word().ends_with("_edge") && row.ports.contains(port));
            let edge = facts::<Setting>(product).iter().filter(|row| row.id.starts_with("edge."));
            let ports: Vec<PortRange> = edge.filter_map(|row| row.default.as_deref()?.parse().ok()).collect();
            assert_eq!(ports.len(), 11);
            assert!(ports.iter().all(listening), "{ports:?}");
        }
    }

    #[test]
    fn each_release_keeps_its_global_settings_elsewhere() {
        let default = |product| fact::<Setting>(product, "global_settings").and_then(|row| row.default.as_deref());
        assert_eq!(default(Product::Ocs2007), Some("system_container"));
        assert_eq!(default(Product::Ocs2007R2), Some("configuration_container"));
    }
}
