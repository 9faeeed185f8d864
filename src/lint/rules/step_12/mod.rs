//! Step 12, compliance and usage: archiving.

mod archiving_users;
mod unarchived_pool;
mod unused_archiving_server;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[&archiving_users::RULE, &unused_archiving_server::RULE, &unarchived_pool::RULE];
