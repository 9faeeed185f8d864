//! What rules see: the topology, its flows, the catalogue, and look-ups that several rules share, each built once.

use std::sync::OnceLock;

use super::assertion_index::AssertionIndex;
use crate::catalog::{Catalog, Fact, Limit, fact, facts};
use crate::flow::Flows;
use crate::lower::{Date, Decl};
use crate::model::{Detail, Endpoint, Firewall, Group, GroupId, LoadBalancer, Named, Organization, Topology};
use crate::plan::Plans;
use crate::plan::certificate::CertificatePlan;
use crate::plan::dns::DnsPlan;
use crate::plan::outage::OutagePlan;
use crate::plan::sizing::SizingPlan;
use crate::product::{GroupKind, Relation, Role, Side};
use crate::text::Span;

/// The read-only world of a check.
#[derive(Debug)]
pub struct RuleContext<'a> {
    /// The topology.
    pub topology: &'a Topology,
    /// Its flows.
    pub flows: &'a Flows<'a>,
    /// The product's facts.
    pub catalog: &'a Catalog,
    /// The plan of names, with what cannot be.
    pub dns: &'a DnsPlan,
    /// The plan of certificates, likewise.
    pub certificates: &'a CertificatePlan,
    /// The day of the check, where one is given.
    pub today: Option<Date>,
    plans: Plans<'a>,
    blocks: OnceLock<Vec<Block<'a>>>,
    assertions: OnceLock<AssertionIndex>,
}

/// A declaration with its place in the tree.
#[derive(Debug, Clone)]
pub struct Block<'a> {
    /// The declaration.
    pub decl: &'a Decl,
    /// Names from the top, joined by dots; blocks without a name add nothing.
    pub path: String,
    /// The block around it.
    pub parent: Option<&'a Decl>,
}

impl<'a> RuleContext<'a> {
    /// The world of a run.
    pub(super) fn new(plans: Plans<'a>, today: Option<Date>) -> Self {
        Self {
            topology: plans.topology,
            flows: plans.flows,
            catalog: plans.catalog,
            dns: plans.dns(),
            certificates: plans.certificates(),
            today,
            plans,
            blocks: OnceLock::new(),
            assertions: OnceLock::new(),
        }
    }

    /// What users have and what it needs.
    pub fn outages(&self) -> &'a OutagePlan {
        self.plans.outages()
    }

    /// The organization.
    pub fn organization(&self) -> &'a Organization {
        &self.topology.organization
    }

    /// The figures of capacity.
    pub fn sizing(&self) -> &'a SizingPlan {
        self.plans.sizing()
    }

    /// The groups of one kind, by path.
    pub fn groups(&self, kind: GroupKind) -> impl Iterator<Item = &'a Group> {
        self.topology.groups.iter().filter(move |group| group.kind == kind)
    }

    /// Homes for users, by path.
    pub fn pools(&self) -> impl Iterator<Item = &'a Group> {
        self.topology.groups.iter().filter(|group| matches!(group.detail, Detail::Pool { .. }))
    }

    /// A group's endpoints.
    pub fn endpoints(&self, group: &'a Group) -> impl Iterator<Item = &'a Endpoint> {
        let topology = self.topology;
        group.endpoints.iter().map(move |id| topology.endpoint(*id))
    }

    /// Whether the role is played by any server.
    pub fn has_role(&self, role: Role) -> bool {
        self.topology.endpoints.iter().any(|endpoint| endpoint.role == role)
    }

    /// The groups that play a role inside, by path, with the endpoint.
    pub fn endpoints_of(&self, role: Role) -> impl Iterator<Item = (&'a Group, &'a Endpoint)> {
        let topology = self.topology;
        topology.endpoints_of(role, Side::Inside).map(move |endpoint| (topology.group(endpoint.group), endpoint))
    }

    /// Edge groups that hold the Access Edge role outside, by path.
    pub fn access_edges(&self) -> impl Iterator<Item = (&'a Group, &'a Endpoint)> {
        let topology = self.topology;
        topology.endpoints_of(Role::AccessEdge, Side::Outside).map(move |endpoint| (topology.group(endpoint.group), endpoint))
    }

    /// A figure of the product, by its id in `limits.toml`; none where the release has no such limit.
    pub fn limit(&self, id: &str) -> Option<&'static Limit> {
        self.fact(id)
    }

    /// A row of the product's catalogue, by its id.
    pub fn fact<T: Fact>(&self, id: &str) -> Option<&'static T> {
        fact(self.organization().product, id)
    }

    /// All rows of a kind of the product's catalogue, by id.
    pub fn facts<T: Fact>(&self) -> &'static [T] {
        facts(self.organization().product)
    }

    /// The groups with a relation to a group, with the place that states it.
    pub fn dependants(&self, relation: Relation, group: GroupId) -> &[(GroupId, Span)] {
        self.topology.dependants(relation, group)
    }

    /// Every declaration of the topology, parents before children.
    pub fn blocks(&self) -> &[Block<'a>] {
        self.blocks.get_or_init(|| {
            let mut blocks = Vec::new();
            let mut waiting: Vec<Block<'a>> = self
                .topology
                .decls
                .blocks
                .iter()
                .rev()
                .map(|decl| Block { decl, path: decl.name.clone(), parent: None })
                .collect();
            while let Some(block) = waiting.pop() {
                waiting.extend(block.decl.children.iter().rev().map(|child| Block {
                    decl: child,
                    path: join(&block.path, &child.name),
                    parent: Some(block.decl),
                }));
                blocks.push(block);
            }
            blocks
        })
    }

    /// The declarations of one kind.
    pub fn blocks_of(&self, kind: &'static str) -> impl Iterator<Item = &Block<'a>> {
        self.blocks().iter().filter(move |block| block.decl.kind() == kind)
    }

    /// The group that a block declares.
    pub fn group_of(&self, block: &Block) -> Option<&'a Group> {
        match self.topology.by_path.get(&block.path) {
            Some(Named::Group(id)) => Some(self.topology.group(*id)),
            _ => None,
        }
    }

    /// The firewall that a block declares.
    pub fn firewall_of(&self, block: &Block) -> Option<&'a Firewall> {
        match self.topology.by_path.get(&block.path) {
            Some(Named::Firewall(id)) => Some(self.topology.firewall(*id)),
            _ => None,
        }
    }

    /// The load balancer that a block declares.
    pub fn balancer_of(&self, block: &Block) -> Option<&'a LoadBalancer> {
        match self.topology.by_path.get(&block.path) {
            Some(Named::LoadBalancer(id)) => Some(self.topology.load_balancer(*id)),
            _ => None,
        }
    }

    /// The look-ups of assertions.
    pub(super) fn assertion_index(&self) -> &AssertionIndex {
        self.assertions.get_or_init(|| AssertionIndex::new(self.topology, self.flows))
    }
}

fn join(path: &str, name: &str) -> String {
    match (path.is_empty(), name.is_empty()) {
        (_, true) => path.to_owned(),
        (true, false) => name.to_owned(),
        (false, false) => format!("{path}.{name}"),
    }
}
