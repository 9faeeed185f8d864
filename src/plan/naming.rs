//! What fills the holes of the catalogue's name patterns, and which rows a topology needs.
//! Shared by the plans of names and certificates, so that both read one name in one way.

use rustc_hash::FxHashMap;

use crate::catalog::Hole;
use crate::lower::Fqdn;
use crate::model::{Detail, Endpoint, Group, GroupId, Organization, ServerId, Topology};
use crate::product::{Feature, Relation, Role, Side};
use crate::text::Span;

/// A name that fills a hole, and the place that says so.
pub(super) type Filled<'t> = (&'t Fqdn, Span);

/// Look-ups over a topology that are made once.
pub(super) struct Names<'t> {
    pub(super) topology: &'t Topology,
    /// The group where clients sign in by DNS; a second one is an error, so nothing is built where the first by path is not the
    /// only one.
    pub(super) sign_in: Option<&'t Group>,
    publishers: FxHashMap<GroupId, Vec<GroupId>>,
    endpoints: FxHashMap<(Role, Side), Vec<&'t Endpoint>>,
}

impl<'t> Names<'t> {
    pub(super) fn new(topology: &'t Topology) -> Self {
        let mut publishers: FxHashMap<GroupId, Vec<GroupId>> = FxHashMap::default();
        for group in &topology.groups {
            for published in group.related(Relation::Publishes) {
                publishers.entry(published).or_default().push(group.id);
            }
        }
        let mut endpoints: FxHashMap<(Role, Side), Vec<&Endpoint>> = FxHashMap::default();
        for endpoint in &topology.endpoints {
            endpoints.entry((endpoint.role, endpoint.side)).or_default().push(endpoint);
        }
        let sign_in = topology.groups.iter().find(|group| group.automatic_sign_in.is_some());
        Self { topology, sign_in, publishers, endpoints }
    }

    /// The endpoints of a role on a side, by path.
    pub(super) fn endpoints(&self, role: Role, side: Side) -> &[&'t Endpoint] {
        self.endpoints.get(&(role, side)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The groups that publish this one.
    pub(super) fn publishers(&self, group: GroupId) -> impl Iterator<Item = &'t Group> {
        self.publishers.get(&group).into_iter().flatten().map(|id| self.topology.group(*id))
    }

    /// The name of an endpoint: its own, its group's, or that of its only server.
    pub(super) fn endpoint_name(&self, endpoint: &'t Endpoint) -> Option<Filled<'t>> {
        if let Some(name) = &endpoint.fqdn {
            return Some((&name.value, name.span));
        }
        let group = self.topology.group(endpoint.group);
        match (&group.fqdn, endpoint.members.as_slice()) {
            (Some(name), _) if endpoint.side == Side::Inside => Some((&name.value, name.span)),
            (_, [only]) if endpoint.side == Side::Inside => self.server_name(only.server),
            _ => None,
        }
    }

    /// The own name of a server.
    pub(super) fn server_name(&self, id: ServerId) -> Option<Filled<'t>> {
        let server = self.topology.server(id);
        let group = self.topology.group(server.group);
        // The only server of a group without a name of its own is known by the group's.
        let only = || group.fqdn.as_ref().filter(|_| group.servers.len() == 1).map(|name| (&name.value, name.span));
        server.fqdn.as_ref().map(|name| (name, server.span)).or_else(only)
    }

    /// The names that a group gives to a hole; holes of endpoints, servers and SIP domains are the caller's.
    pub(super) fn group_names(&self, hole: Hole, group: &'t Group) -> Vec<Filled<'t>> {
        let published = || group.related(Relation::Publishes).map(|id| self.topology.group(id));
        match hole {
            Hole::InternalWebFarm => internal_web_farm(group).into_iter().collect(),
            Hole::WebFarm => internal_web_farm(group).or(name_of(group)).into_iter().collect(),
            Hole::ExternalWebFarm => {
                external_web_farm(group).into_iter().chain(published().filter_map(external_web_farm)).collect()
            }
            Hole::ExternalFqdn => external_fqdn(group).into_iter().chain(published().filter_map(external_fqdn)).collect(),
            Hole::Fqdn | Hole::ServerFqdn | Hole::SipDomain | Hole::ClientDomain => Vec::new(),
        }
    }
}

/// The features that require a row: `None` when it is not needed, empty when it always is.
pub(super) fn needed(when: &[Vec<Feature>], organization: &Organization) -> Option<Vec<&'static str>> {
    let features = organization.features_meeting(when)?;
    Some(features.into_iter().map(|(feature, _)| feature.word()).collect())
}

fn name_of(group: &Group) -> Option<Filled<'_>> {
    group.fqdn.as_ref().map(|name| (&name.value, name.span))
}

fn internal_web_farm(group: &Group) -> Option<Filled<'_>> {
    match &group.detail {
        Detail::Pool { internal_web_farm, .. } => internal_web_farm.as_ref().map(|name| (&name.value, name.span)),
        _ => None,
    }
}

fn external_web_farm(group: &Group) -> Option<Filled<'_>> {
    match &group.detail {
        Detail::Pool { external_web_farm: name, .. } | Detail::UpdateServer { external_fqdn: name } => {
            name.as_ref().map(|name| (&name.value, name.span))
        }
        _ => None,
    }
}

fn external_fqdn(group: &Group) -> Option<Filled<'_>> {
    match &group.detail {
        Detail::WebAccess { external_fqdn, .. } => external_fqdn.as_ref().map(|name| (&name.value, name.span)),
        _ => None,
    }
}
