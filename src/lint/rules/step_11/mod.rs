//! Step 11, database storage.

mod data_and_log_together;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[&data_and_log_together::RULE];
