//! Rows about work: the deployment path of a release, step by step, as data.
//! Each row says who does what, where, after which other steps, how to see that it worked and how to go back.
//! Knows the model's words (kinds, roles, features), nothing of any topology; `plan::runbook` puts real names in.

mod check;
mod pattern;
mod row;
mod vocabulary;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

pub use pattern::{Pattern, Piece};
pub use row::{After, LineRow, PhaseRow, Scope, StepRow, VerifyRow, Within};
pub use vocabulary::{Kind, Placeholder, find, vocabulary};

use super::CatalogError;
use crate::schema::Product;

/// A page that states facts, as reasons name it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepSource {
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: String,
}

/// The deployment path of a release.
#[derive(Debug)]
pub struct StepCatalog {
    /// The phases in their order.
    pub phases: Vec<PhaseRow>,
    /// The steps, in the order in which they are done when nothing else decides.
    pub steps: Vec<StepRow>,
    /// The pages that steps name, by key.
    pub sources: BTreeMap<String, StepSource>,
}

impl StepCatalog {
    /// Reads and checks a catalogue; the error names the row.
    pub fn parse(steps: &str, sources: &str) -> Result<Self, CatalogError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            phase: Vec<PhaseRow>,
            step: Vec<StepRow>,
        }
        let File { phase, step } = toml::from_str(steps).map_err(|error| CatalogError(error.to_string()))?;
        let sources = toml::from_str(sources).map_err(|error| CatalogError(error.to_string()))?;
        let catalog = Self { phases: phase, steps: step, sources };
        check::check(&catalog).map_err(CatalogError)?;
        Ok(catalog)
    }

    /// The position of a phase.
    pub fn phase(&self, id: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.id == id)
    }
}

/// The deployment path of a release; `None` where its catalogue has none yet.
pub fn step_catalog(product: Product) -> Option<&'static StepCatalog> {
    static OCS_2007: LazyLock<Result<StepCatalog, CatalogError>> = LazyLock::new(|| {
        StepCatalog::parse(include_str!("../ocs_2007/steps.toml"), include_str!("../ocs_2007/sources_steps.toml"))
    });
    match product {
        // A bad row is a bug of the release, which `the_shipped_steps_are_sound` below finds before anybody else does.
        Product::Ocs2007 => OCS_2007.as_ref().ok(),
        Product::Ocs2007R2 => None,
    }
}

/// The steps of a release.
pub fn step_rows(product: Product) -> Option<&'static [StepRow]> {
    step_catalog(product).map(|catalog| catalog.steps.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_steps_are_sound() {
        let parsed = StepCatalog::parse(include_str!("../ocs_2007/steps.toml"), include_str!("../ocs_2007/sources_steps.toml"));
        if let Err(CatalogError(message)) = &parsed {
            panic!("{message}");
        }
        assert!(step_rows(Product::Ocs2007).is_some_and(|rows| rows.len() > 60));
    }

    #[test]
    fn every_source_is_named_by_a_step() {
        let catalog = step_catalog(Product::Ocs2007).expect("sound");
        let named: std::collections::BTreeSet<&String> = catalog.steps.iter().flat_map(|s| &s.provenance.source).collect();
        let unnamed: Vec<&String> = catalog.sources.keys().filter(|key| !named.contains(key)).collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }
}
