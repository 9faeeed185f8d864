//! The tested topology of a pool.

use std::collections::BTreeMap;

use crate::catalog::PoolCapacity;
use crate::lint::RuleContext;
use crate::model::{Detail, Group, GroupId};
use crate::plan::sizing::tested_row;
use crate::product::Relation;
use crate::text::{Span, Spanned};

/// Looks up tested topologies by configuration and class of the database.
pub(super) struct Tested<'v, 'a> {
    view: &'v RuleContext<'a>,
    mid_range: BTreeMap<GroupId, Span>,
}

impl<'v, 'a> Tested<'v, 'a> {
    pub(super) fn new(view: &'v RuleContext<'a>) -> Self {
        Self { view, mid_range: mid_range_databases(view) }
    }

    /// The users of a pool, and the topology that was tested for its configuration.
    pub(super) fn of(&self, group: &'a Group) -> Option<(&'a Spanned<u64>, &'static PoolCapacity)> {
        let Detail::Pool { configuration, users: Some(users), .. } = &group.detail else { return None };
        let mid_range = self.mid_range.contains_key(&group.id);
        let row = tested_row(self.view.organization().product, group.kind, *configuration, mid_range);
        Some((users, row?))
    }
}

/// The pools whose database is said to be a mid-range computer, with the place.
pub(super) fn mid_range_databases(view: &RuleContext) -> BTreeMap<GroupId, Span> {
    let databases = view.blocks_of("back_end").filter_map(|block| {
        let class = block.decl.choice("class").filter(|class| class.value == "mid_range")?;
        Some((view.group_of(block)?.id, class.span))
    });
    let places: BTreeMap<GroupId, Span> = databases.collect();
    let owners = places
        .iter()
        .flat_map(|(database, span)| view.dependants(Relation::BackEnd, *database).iter().map(|(owner, _)| (*owner, *span)));
    owners.collect()
}
