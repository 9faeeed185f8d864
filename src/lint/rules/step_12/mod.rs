//! Step 12, compliance and usage: archiving.

mod archive_purge;
mod archiving_purge_together;
mod archiving_retention;
mod archiving_users;
mod archiving_without_message_queuing;
mod critical_archiving_with_one_server;
mod records_database;
mod unarchived_pool;
mod unused_archiving_server;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &archiving_users::RULE,
    &unused_archiving_server::RULE,
    &unarchived_pool::RULE,
    &archiving_without_message_queuing::RULE,
    &critical_archiving_with_one_server::RULE,
    &archiving_retention::RULE,
    &archive_purge::RULE,
    &archiving_purge_together::RULE,
    &records_database::RULE,
];
