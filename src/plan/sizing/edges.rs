//! What Edge Servers carry, by the roles that run on them together.

use crate::catalog::{EdgeCapacity, fact};
use crate::model::{Group, Member, Topology};
use crate::product::{Role, Side};

/// The load that a topology can state for each role: the block, its attribute, and the input of figures.
pub const LOADS: [(&str, &str, &str); 3] = [
    ("access_edge", "connections", "connections_outside"),
    ("web_conferencing_edge", "connections", "web_conferences_outside"),
    ("av_edge", "sessions", "av_sessions_outside"),
];

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
