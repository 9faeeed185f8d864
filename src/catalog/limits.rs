//! Figures of a product release that rules compare with: capacities, counts, defaults. Rows, not code.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Provenance;
use crate::schema::Product;

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
    /// Step, source, confidence.
    #[serde(flatten)]
    pub provenance: Provenance,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    limit: Vec<Limit>,
}

const OCS_2007: &str = include_str!("ocs_2007/limits.toml");

/// All figures of a release, by id. A release without figures of its own has those of 2007.
pub fn limits(_product: Product) -> &'static BTreeMap<String, Limit> {
    static LIMITS: OnceLock<BTreeMap<String, Limit>> = OnceLock::new();
    LIMITS.get_or_init(|| {
        let file: File = toml::from_str(OCS_2007).expect("limits.toml is checked by a test");
        file.limit.into_iter().map(|limit| (limit.id.clone(), limit)).collect()
    })
}

/// One figure. Rules name ids of the file; a test of each rule proves that they exist.
pub fn limit(product: Product, id: &str) -> &'static Limit {
    limits(product).get(id).unwrap_or_else(|| panic!("limits.toml has no row `{id}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::catalog;

    #[test]
    fn rows_are_complete_and_distinct() {
        let file: File = toml::from_str(OCS_2007).unwrap();
        assert_eq!(file.limit.len(), limits(Product::Ocs2007).len(), "an id stands twice");
        for limit in &file.limit {
            assert!(limit.value > 0 && !limit.unit.is_empty() && !limit.what.is_empty(), "{}", limit.id);
            assert!((1..=12).contains(&limit.provenance.step), "{}", limit.id);
            assert!(!limit.provenance.source.is_empty(), "{}", limit.id);
            for key in &limit.provenance.source {
                assert!(catalog(Product::Ocs2007).is_some_and(|catalog| catalog.source_title(key).is_some()), "{key}");
            }
        }
    }
}
