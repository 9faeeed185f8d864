//! The tested topology of a pool.

use crate::catalog::PoolCapacity;
use crate::lint::RuleContext;
use crate::model::{Detail, Group};
use crate::plan::sizing::tested_row;
use crate::text::Spanned;

/// The users of a pool, and the topology that was tested for its configuration and database.
pub(super) fn tested<'a>(view: &RuleContext<'a>, group: &'a Group) -> Option<(&'a Spanned<u64>, &'static PoolCapacity)> {
    let Detail::Pool { users: Some(users), .. } = &group.detail else { return None };
    Some((users, tested_row(view.topology, group)?))
}
