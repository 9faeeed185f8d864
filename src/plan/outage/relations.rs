//! Who speaks to whom: the endpoints that a flow of one group ends at, for users of one home.

use rustc_hash::FxHashMap;

use crate::catalog::{FlowRelation, FlowRow};
use crate::model::{Endpoint, EndpointId, GroupId, SiteId, Topology};
use crate::product::{Relation, Role, Side};

/// Look-ups made once.
pub(super) struct Relations<'a> {
    topology: &'a Topology,
    by_role: FxHashMap<(Role, Side), Vec<EndpointId>>,
    by_site: FxHashMap<(Role, Side, SiteId), Vec<EndpointId>>,
    /// The groups that have a relation to a group.
    dependants: FxHashMap<GroupId, Vec<(Relation, GroupId)>>,
}

impl<'a> Relations<'a> {
    pub(super) fn new(topology: &'a Topology) -> Self {
        let mut by_role: FxHashMap<(Role, Side), Vec<EndpointId>> = FxHashMap::default();
        let mut by_site: FxHashMap<(Role, Side, SiteId), Vec<EndpointId>> = FxHashMap::default();
        for endpoint in topology.endpoints.iter().filter(|endpoint| !endpoint.members.is_empty()) {
            by_role.entry((endpoint.role, endpoint.side)).or_default().push(endpoint.id);
            let site = topology.group(endpoint.group).site;
            by_site.entry((endpoint.role, endpoint.side, site)).or_default().push(endpoint.id);
        }
        let mut dependants: FxHashMap<GroupId, Vec<(Relation, GroupId)>> = FxHashMap::default();
        for group in &topology.groups {
            for (relation, other, _) in &group.relations {
                dependants.entry(*other).or_default().push((*relation, group.id));
            }
        }
        Self { topology, by_role, by_site, dependants }
    }

    /// The endpoints that a row leads to from a group, or from people where there is none.
    pub(super) fn ends(&self, row: &FlowRow, from: Option<GroupId>, home: GroupId) -> Vec<EndpointId> {
        match (row.relation, from) {
            // Servers of one role that speak to each other need no other one for it.
            (FlowRelation::Own, Some(_)) if row.from.contains(&row.to) => Vec::new(),
            (FlowRelation::Own, Some(group)) => self.of_groups(row, [group].into_iter(), home),
            (FlowRelation::To(relation), Some(group)) => self.of_groups(row, self.topology.group(group).related(relation), home),
            (FlowRelation::From(relation), Some(group)) => {
                let dependants = self.dependants.get(&group).into_iter().flatten();
                self.of_groups(row, dependants.filter(|(own, _)| *own == relation).map(|(_, other)| *other), home)
            }
            (FlowRelation::Any | FlowRelation::Other, _) => self.nearest(row, from, home),
            (FlowRelation::Own | FlowRelation::To(_) | FlowRelation::From(_), None) => Vec::new(),
        }
    }

    /// The endpoints of a hop to another group of one role, for a row that only some of them have: those that its far ends name.
    pub(super) fn handing_on(&self, row: &FlowRow, hop: &FlowRow) -> Vec<EndpointId> {
        let FlowRelation::From(relation) = row.relation else { return Vec::new() };
        let far = self.by_role.get(&(row.to, row.to_side)).into_iter().flatten().map(|end| self.topology.endpoint(*end).group);
        let named = far.flat_map(|group| self.topology.group(group).related(relation));
        let mut ends: Vec<EndpointId> = named.filter_map(|group| self.endpoint(hop, group)).map(|end| end.id).collect();
        ends.sort_unstable();
        ends.dedup();
        ends
    }

    /// The endpoints of some groups; of the home alone, if it is among them.
    fn of_groups(&self, row: &FlowRow, groups: impl Iterator<Item = GroupId>, home: GroupId) -> Vec<EndpointId> {
        let endpoints: Vec<&Endpoint> = groups.filter_map(|group| self.endpoint(row, group)).collect();
        match endpoints.iter().find(|endpoint| endpoint.group == home) {
            Some(own) => vec![own.id],
            None => endpoints.into_iter().map(|endpoint| endpoint.id).collect(),
        }
    }

    /// Where any would do: the home itself, else what the home names, what names the home, what is at its site, or all.
    fn nearest(&self, row: &FlowRow, from: Option<GroupId>, home: GroupId) -> Vec<EndpointId> {
        if let Some(own) = self.endpoint(row, home) {
            return if from == Some(home) { Vec::new() } else { vec![own.id] };
        }
        let group = self.topology.group(home);
        let named: Vec<EndpointId> = self.of_groups(row, group.relations.iter().map(|(_, other, _)| *other), home);
        let naming = || {
            let dependants = self.dependants.get(&home).into_iter().flatten();
            self.of_groups(row, dependants.map(|(_, other)| *other), home)
        };
        let beside = || self.by_site.get(&(row.to, row.to_side, group.site)).cloned().unwrap_or_default();
        let all = || self.by_role.get(&(row.to, row.to_side)).cloned().unwrap_or_default();
        let mut found = named;
        for next in [&naming as &dyn Fn() -> Vec<EndpointId>, &beside, &all] {
            if found.is_empty() {
                found = next();
            }
        }
        found
    }

    fn endpoint(&self, row: &FlowRow, group: GroupId) -> Option<&'a Endpoint> {
        self.topology.met_endpoint(group, row.to, row.to_side).filter(|endpoint| !endpoint.members.is_empty())
    }
}
