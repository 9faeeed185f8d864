//! Step 9, Address Book Server.

mod address_book_on_director;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[&address_book_on_director::RULE];
