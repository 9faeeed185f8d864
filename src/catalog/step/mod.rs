//! Rows about work: the deployment path of a release, step by step, as data.
//! Each row says who does what, where, after which other steps, how to verify it and how to undo it.
//! Knows the model's words (kinds, roles, features), nothing of any topology; `plan::runbook` puts real names in.

#[cfg(test)]
mod check;
mod pattern;
mod row;
mod system;
#[cfg(test)]
mod variant;
mod vocabulary;

use serde::{Deserialize, Serialize};

pub use pattern::{Pattern, Piece};
pub use row::{After, LineRow, PhaseRow, Scope, StepRow, TimeRow, TypedRow, VerifyRow, Within};
pub use system::System;
pub use vocabulary::{Kind, Placeholder, find, vocabulary};

use super::files::{self, PerProduct};
use super::{Software, fact};
use crate::product::Product;

/// The deployment path of a release, or the way of a change.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct StepCatalog {
    /// The phases in their order.
    pub phases: Vec<PhaseRow>,
    /// The steps, in the order in which they are done when nothing else decides.
    pub steps: Vec<StepRow>,
}

impl StepCatalog {
    /// The position of a phase.
    pub fn phase(&self, id: &str) -> Option<usize> {
        self.phases.iter().position(|phase| phase.id == id)
    }
}

/// The deployment.
pub(super) const STEPS: &str = "steps.toml";

/// A change to it.
pub(super) const CHANGE_STEPS: &str = "change_steps.toml";

/// The operating systems that a release runs on, as families.
pub fn systems(product: Product) -> Vec<System> {
    let allowed = fact::<Software>(product, "operating_system").map(|row| row.allowed.as_slice()).unwrap_or_default();
    let mut systems: Vec<System> = allowed.iter().filter_map(|word| System::of(word)).collect();
    systems.sort();
    systems.dedup();
    systems
}

/// The deployment path of a release, read at its first use.
pub fn step_catalog(product: Product) -> &'static StepCatalog {
    static LOADED: PerProduct<StepCatalog> = PerProduct::new();
    LOADED.get(product, || files::part(product, STEPS).unwrap_or_default())
}

/// The steps of a change to a release, read at their first use.
pub fn change_catalog(product: Product) -> &'static StepCatalog {
    static LOADED: PerProduct<StepCatalog> = PerProduct::new();
    LOADED.get(product, || files::part(product, CHANGE_STEPS).unwrap_or_default())
}

/// The steps of a release.
pub fn step_rows(product: Product) -> &'static [StepRow] {
    &step_catalog(product).steps
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn all_rows(product: Product) -> impl Iterator<Item = &'static StepRow> {
        step_rows(product).iter().chain(&change_catalog(product).steps)
    }

    #[test]
    fn the_shipped_steps_are_sound() {
        for product in Product::ALL {
            for (file, catalog) in [(STEPS, step_catalog(product)), (CHANGE_STEPS, change_catalog(product))] {
                if let Err(error) = check::check(file, catalog, super::super::catalog(product).sources(), &systems(product)) {
                    panic!("{}: {error}", product.word());
                }
            }
            assert!(step_rows(product).len() > 60);
        }
    }

    #[test]
    fn the_own_sources_are_named_by_steps() {
        let own =
            crate::catalog::written::table("sources_steps.toml", include_str!("../ocs_2007/sources_steps.toml")).expect("sound");
        let steps = Product::ALL.into_iter().flat_map(all_rows);
        let named: BTreeSet<&String> = steps.flat_map(|step| &step.provenance.source).collect();
        let unnamed: Vec<&String> = own.keys().filter(|key| !named.contains(key)).collect();
        assert!(unnamed.is_empty(), "{unnamed:?}");
    }

    #[test]
    fn every_value_of_the_vocabulary_is_used() {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for row in Product::ALL.into_iter().flat_map(all_rows) {
            used.extend(row.needs.iter().chain(&row.lacks).map(String::as_str));
            for pattern in [&row.title, &row.who, &row.place, &row.rollback].into_iter().chain(&row.tool).chain(&row.wait) {
                used.extend(pattern.names());
            }
            used.extend(row.time.each.as_deref());
            for line in row.lines() {
                used.extend(line.needs.iter().chain(&line.lacks).chain(&line.each).map(String::as_str));
                used.extend([&line.item, &line.item_command, &line.item_expect].into_iter().flatten().flat_map(Pattern::names));
                used.extend(line.text.names());
                for typed in line.values.iter().chain(&line.commands) {
                    used.extend(typed.needs.iter().chain(&typed.lacks).chain(&typed.each).map(String::as_str));
                    used.extend(typed.text.names());
                }
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
            Scope::FirewallStage,
            Scope::BalancerStage,
            Scope::RecordStage,
            Scope::ZoneHead,
            Scope::CertificateChange,
            Scope::ChangedStep,
        ];
        let unused: BTreeSet<&str> =
            scopes.into_iter().flat_map(vocabulary).map(|known| known.name).filter(|name| !used.contains(name)).collect();
        assert!(unused.is_empty(), "{unused:?}");
    }
}
