//! What Edge Servers carry, by the roles that run on them together.

use crate::catalog::{EdgeCapacity, fact};
use crate::model::{Group, Member, Topology};
use crate::product::{Role, Side};

/// The row of a computer; where the table has no such pair of roles, the one with all three.
pub fn capacity_row(topology: &Topology, group: &Group, member: &Member) -> Option<&'static EdgeCapacity> {
    let on = |role: Role| {
        let mut there = group.endpoints.iter().map(|id| topology.endpoint(*id));
        there.any(|end| {
            end.role == role && end.side == Side::Outside && end.members.iter().any(|other| other.server == member.server)
        })
    };
    let layout = match (on(Role::AccessEdge), on(Role::WebConferencingEdge), on(Role::AvEdge)) {
        (true, false, false) => "access",
        (true, true, false) => "access_web_conferencing",
        (false, true, false) => "web_conferencing",
        (false, false, true) => "av",
        _ => "all",
    };
    fact::<EdgeCapacity>(topology.organization.product, layout)
}
