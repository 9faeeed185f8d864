//! What is down, and what that takes away, for those who look for what is left.

use std::collections::BTreeSet;

use super::unit::Unit;
use crate::model::{Group, ServerId};
use crate::plan::Plans;
use crate::product::{GroupKind, Role};

/// An outage while it is looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    /// What is down.
    pub(super) units: &'a [Unit],
    /// The servers that are down with it.
    pub(super) down: &'a BTreeSet<ServerId>,
    /// The roles of the services that are lost to anybody.
    pub(super) lost_roles: &'a BTreeSet<Role>,
}

/// Kinds of which several servers do the same, each with a name of its own.
const ALIKE: [GroupKind; 5] = [
    GroupKind::MediationServer,
    GroupKind::MediaGateway,
    GroupKind::DomainController,
    GroupKind::ReverseProxy,
    GroupKind::WebAccess,
];

impl Case<'_> {
    /// The groups of a site that do the same as a group, itself included; empty where its kind has none, and where those that are
    /// left do not carry a service that is lost.
    pub(super) fn alike<'t>(&self, plans: Plans<'t>, group: &Group) -> Vec<&'t Group> {
        let roles = group.endpoints.iter().map(|id| plans.topology.endpoint(*id).role);
        if !ALIKE.contains(&group.kind) || roles.into_iter().any(|role| self.lost_roles.contains(&role)) {
            return Vec::new();
        }
        let same = |other: &&Group| other.kind == group.kind && other.site == group.site;
        plans.topology.groups.iter().filter(same).collect()
    }

    /// Whether a server of a group is not down.
    pub(super) fn stands(&self, group: &Group) -> bool {
        group.servers.iter().any(|server| !self.down.contains(server))
    }
}
