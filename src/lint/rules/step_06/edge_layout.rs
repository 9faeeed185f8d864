//! What the computers of an edge array carry, by the roles that run on them together.

use crate::catalog::EdgeCapacity;
use crate::lint::RuleContext;
use crate::model::{Endpoint, Group, Member};
use crate::plan::sizing::capacity_row;

/// What the servers of an outside endpoint carry together: the sum of a figure of their rows; none where one of them has none.
pub(in crate::lint::rules) fn carried(
    view: &RuleContext,
    group: &Group,
    endpoint: &Endpoint,
    figure: impl Fn(&EdgeCapacity) -> Option<u64>,
) -> Option<u64> {
    let rows: Option<Vec<u64>> = endpoint.members.iter().map(|member| figure(row(view, group, member)?)).collect();
    Some(rows.filter(|rows| !rows.is_empty())?.iter().sum())
}

/// The row of a computer; where the table has no such pair of roles, the one with all three.
pub(in crate::lint::rules) fn row(view: &RuleContext, group: &Group, member: &Member) -> Option<&'static EdgeCapacity> {
    capacity_row(view.topology, group, member)
}
