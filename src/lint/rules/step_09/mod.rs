//! Step 9, Address Book Server.

mod address_book_on_director;
mod address_book_retention;
mod address_book_run_time;
mod address_book_share_host;
mod address_book_without_share;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &address_book_on_director::RULE,
    &address_book_without_share::RULE,
    &address_book_share_host::RULE,
    &address_book_run_time::RULE,
    &address_book_retention::RULE,
];
