//! The language itself: assertions, which `check` proves over the flows.

mod assertion_of_unknown_name;
mod assertion_unmet;
mod assertion_violated;

use crate::lint::Rule;

/// The rules of assertions, by code.
pub(super) const RULES: &[&Rule] = &[&assertion_violated::RULE, &assertion_unmet::RULE, &assertion_of_unknown_name::RULE];
