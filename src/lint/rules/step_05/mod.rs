//! Step 5, system requirements: what computers run.

mod pool_on_sql_express;
mod sql_server_release;
mod virtual_computer;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[&virtual_computer::RULE, &pool_on_sql_express::RULE, &sql_server_release::RULE];
