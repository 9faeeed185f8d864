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

use super::check::parse;
use super::load::occasions;
use super::raw::resolve;
use super::{CatalogError, Source};
use crate::schema::Product;

/// The deployment path of a release.
#[derive(Debug)]
pub struct StepCatalog {
    /// The phases in their order.
    pub phases: Vec<PhaseRow>,
    /// The steps, in the order in which they are done when nothing else decides.
    pub steps: Vec<StepRow>,
    /// The pages that steps name, by key.
    pub sources: BTreeMap<String, Source>,
}

impl StepCatalog {
    /// Reads and checks a catalogue of steps, with the files of sources that it may name.
    pub fn load(steps: &str, sources: &[(&str, &str)]) -> Result<Self, CatalogError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct File {
            phase: Vec<PhaseRow>,
            step: Vec<StepRow>,
        }
        let File { phase, mut step } = parse(STEPS, steps)?;
        let occasions = occasions()?;
        for row in &mut step {
            let (when, problem) = resolve(&mut row.when, row.occasion.take().as_deref(), &occasions);
            if let Some(problem) = problem {
                return Err(CatalogError { file: STEPS.into(), row: Some(row.id.clone()), problem });
            }
            row.when = when;
        }
        let mut pages: BTreeMap<String, Source> = BTreeMap::new();
        for (file, text) in sources {
            for (key, page) in parse::<BTreeMap<String, Source>>(file, text)? {
                if pages.insert(key.clone(), page).is_some() {
                    return Err(CatalogError { file: (*file).into(), row: Some(key), problem: "stands twice".into() });
                }
            }
        }
        let catalog = Self { phases: phase, steps: step, sources: pages };
        check::check(&catalog)?;
        Ok(catalog)
    }

    /// The position of a phase.
    pub fn phase(&self, id: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.id == id)
    }
}

const STEPS: &str = "steps.toml";

const OCS_2007: (&str, &[(&str, &str)]) = (
    include_str!("../ocs_2007/steps.toml"),
    &[
        ("sources.toml", include_str!("../ocs_2007/sources.toml")),
        ("sources_steps.toml", include_str!("../ocs_2007/sources_steps.toml")),
    ],
);

/// The deployment path of a release; `None` where its catalogue has none yet.
pub fn step_catalog(product: Product) -> Option<&'static StepCatalog> {
    // A test loads it, so that what is refused never leaves the house.
    static LOADED: LazyLock<Option<StepCatalog>> = LazyLock::new(|| StepCatalog::load(OCS_2007.0, OCS_2007.1).ok());
    match product {
        Product::Ocs2007 => LOADED.as_ref(),
        Product::Ocs2007R2 => None,
    }
}

/// The steps of a release.
pub fn step_rows(product: Product) -> Option<&'static [StepRow]> {
    step_catalog(product).map(|catalog| catalog.steps.as_slice())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_shipped_steps_are_sound() {
        if let Err(error) = StepCatalog::load(OCS_2007.0, OCS_2007.1) {
            panic!("{error}");
        }
        assert!(step_rows(Product::Ocs2007).is_some_and(|rows| rows.len() > 60));
    }

    #[test]
    fn the_own_sources_are_named_by_steps() {
        let catalog = step_catalog(Product::Ocs2007).expect("sound");
        let own: BTreeMap<String, Source> = toml::from_str(OCS_2007.1[1].1).expect("sound");
        let named: BTreeSet<&String> = catalog.steps.iter().flat_map(|step| &step.provenance.source).collect();
        let unnamed: Vec<&String> = own.keys().filter(|key| !named.contains(key)).collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }

    #[test]
    fn every_value_of_the_vocabulary_is_used() {
        let catalog = step_catalog(Product::Ocs2007).expect("sound");
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for row in &catalog.steps {
            used.extend(row.needs.iter().chain(&row.lacks).map(String::as_str));
            for pattern in [&row.title, &row.who, &row.place, &row.rollback].into_iter().chain(&row.tool).chain(&row.wait) {
                used.extend(pattern.names());
            }
            for line in row.instructions.iter().chain(&row.values).chain(&row.commands) {
                used.extend(line.needs.iter().chain(&line.lacks).chain(&line.each).map(String::as_str));
                used.extend(line.text.names());
                used.extend(line.item.iter().flat_map(Pattern::names));
            }
            for verify in &row.verify {
                used.extend(verify.needs.iter().chain(&verify.lacks).chain(&verify.each).map(String::as_str));
                used.extend(verify.check.iter().chain(&verify.command).chain([&verify.expect]).flat_map(Pattern::names));
            }
        }
        let scopes = [
            Scope::Organization,
            Scope::Domain,
            Scope::Site,
            Scope::Zone,
            Scope::Firewall,
            Scope::LoadBalancer,
            Scope::Certificate,
            Scope::Server,
        ];
        let unused: BTreeSet<&str> =
            scopes.into_iter().flat_map(vocabulary).map(|known| known.name).filter(|name| !used.contains(name)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
