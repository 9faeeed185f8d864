//! What the computers of an edge array carry, by the roles that run on them together.

use crate::catalog::EdgeCapacity;
use crate::lint::RuleContext;
use crate::model::{Endpoint, Group, Member};
use crate::product::{Role, Side};

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
    let on = |role: Role| {
        let mut there = group.endpoints.iter().map(|id| view.topology.endpoint(*id));
        there.any(|e| e.role == role && e.side == Side::Outside && e.members.iter().any(|m| m.server == member.server))
    };
    let layout = match (on(Role::AccessEdge), on(Role::WebConferencingEdge), on(Role::AvEdge)) {
        (true, false, false) => "access",
        (true, true, false) => "access_web_conferencing",
        (false, true, false) => "web_conferencing",
        (false, false, true) => "av",
        _ => "all",
    };
    view.fact::<EdgeCapacity>(layout)
}
