//! Look-ups over a topology and its plans that are made once, so that no step scans them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Inputs;
use super::probes::{GroupProbes, probes};
use super::value::{Item, Value};
use crate::catalog::{DnsView, FlowRow};
use crate::lower::Fqdn;
use crate::model::{
    Detail, Endpoint, EndpointId, FirewallId, Group, GroupId, LoadBalancerId, Named, NetworkId, Server, ServerId, SiteId,
};
use crate::plan::certificate::Certificate;
use crate::plan::dns::{HostsFile, Zone as DnsZone};
use crate::plan::firewall::FirewallPlan;
use crate::plan::naming::Names;
use crate::product::{GroupKind, Relation, Role, Side, Zone};

/// What all instances of steps are computed from.
pub(super) struct Facts<'a> {
    pub(super) inputs: &'a Inputs<'a>,
    pub(super) names: Names<'a>,
    /// Domains that host servers or users, sorted.
    pub(super) hosting: Vec<Fqdn>,
    /// The names inside that servers of the perimeter need, by the paths of the servers.
    pub(super) hosts: FxHashMap<&'a str, &'a HostsFile>,
    /// All zones with their views.
    pub(super) zones: Vec<(DnsView, &'a DnsZone)>,
    pub(super) by_kind: BTreeMap<GroupKind, Vec<GroupId>>,
    pub(super) by_site: Vec<Vec<GroupId>>,
    /// The endpoints that have a virtual address on a balancer.
    pub(super) balanced: BTreeMap<LoadBalancerId, Vec<EndpointId>>,
    /// The certificates of each group, as positions in the plan.
    certificates: Vec<Vec<usize>>,
    /// The groups whose traffic crosses each firewall.
    crossing: BTreeMap<FirewallId, Vec<GroupId>>,
    /// The rows that open nothing, by the firewalls that their traffic would cross.
    withheld: BTreeMap<FirewallId, Vec<&'a FlowRow>>,
    /// The groups that have a relation to a group.
    reverse: FxHashMap<(GroupId, Relation), Vec<GroupId>>,
    /// The TCP ports to test, per group.
    pub(super) probes: Vec<GroupProbes>,
    /// The values of the organization, which all steps share.
    pub(super) organization: BTreeMap<&'static str, Value>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(inputs: &'a Inputs<'a>) -> Self {
        let topology = inputs.plans.topology;
        let mut by_kind: BTreeMap<GroupKind, Vec<GroupId>> = BTreeMap::new();
        let mut by_site = vec![Vec::new(); topology.sites.len()];
        let mut reverse: FxHashMap<(GroupId, Relation), Vec<GroupId>> = FxHashMap::default();
        for group in &topology.groups {
            by_kind.entry(group.kind).or_default().push(group.id);
            by_site[group.site.index()].push(group.id);
            for (relation, other, _) in &group.relations {
                reverse.entry((*other, *relation)).or_default().push(group.id);
            }
        }
        let mut balanced: BTreeMap<LoadBalancerId, Vec<EndpointId>> = BTreeMap::new();
        for endpoint in &topology.endpoints {
            if let Some(vip) = &endpoint.vip {
                balanced.entry(vip.load_balancer).or_default().push(endpoint.id);
            }
        }
        let mut certificates = vec![Vec::new(); topology.groups.len()];
        for (at, certificate) in inputs.plans.certificates().certificates.iter().enumerate() {
            if let Some(Named::Group(group)) = topology.by_path.get(&certificate.group) {
                certificates[group.index()].push(at);
            }
        }
        let zones = inputs.plans.dns().views.iter().flat_map(|view| view.zones.iter().map(|zone| (view.view, zone))).collect();
        let names = Names::new(topology);
        let probes = probes(inputs, &names);
        let (hosting, crossing) = (hosting(inputs), crossing(inputs));
        let organization = BTreeMap::new();
        let mut facts = Self {
            inputs,
            names,
            hosting,
            hosts: inputs.plans.hosts().iter().map(|file| (file.path.as_str(), file)).collect(),
            zones,
            by_kind,
            by_site,
            balanced,
            certificates,
            crossing,
            withheld: withheld(inputs),
            reverse,
            probes,
            organization,
        };
        facts.organization = facts.organization_values();
        facts
    }

    pub(super) fn group(&self, id: GroupId) -> &'a Group {
        self.inputs.plans.topology.group(id)
    }

    pub(super) fn server(&self, id: ServerId) -> &'a Server {
        self.inputs.plans.topology.server(id)
    }

    pub(super) fn endpoint(&self, id: EndpointId) -> &'a Endpoint {
        self.inputs.plans.topology.endpoint(id)
    }

    pub(super) fn certificate(&self, at: usize) -> &'a Certificate {
        &self.inputs.plans.certificates().certificates[at]
    }

    pub(super) fn firewall(&self, at: usize) -> &'a FirewallPlan {
        &self.inputs.plans.firewalls()[at]
    }

    /// The certificates of a group, as positions in the plan.
    pub(super) fn certificates_of(&self, group: GroupId) -> &[usize] {
        &self.certificates[group.index()]
    }

    /// The group that a certificate is for.
    pub(super) fn group_of_certificate(&self, at: usize) -> Option<GroupId> {
        match self.inputs.plans.topology.by_path.get(&self.certificate(at).group) {
            Some(Named::Group(group)) => Some(*group),
            _ => None,
        }
    }

    /// The groups whose traffic crosses a firewall.
    pub(super) fn groups_behind(&self, at: usize) -> &[GroupId] {
        self.firewall_id(at).and_then(|id| self.crossing.get(&id)).map(Vec::as_slice).unwrap_or_default()
    }

    /// A firewall of the plan in the topology.
    pub(super) fn firewall_id(&self, at: usize) -> Option<FirewallId> {
        match self.inputs.plans.topology.by_path.get(&self.firewall(at).path) {
            Some(Named::Firewall(id)) => Some(*id),
            _ => None,
        }
    }

    /// The groups that have a relation to this one, by path.
    pub(super) fn related_from(&self, group: GroupId, relation: Relation) -> &[GroupId] {
        self.reverse.get(&(group, relation)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The first group that this one has a relation to.
    pub(super) fn partner(&self, group: &Group, relation: Relation) -> Option<&'a Group> {
        group.related(relation).next().map(|id| self.group(id))
    }

    /// A group's endpoint of one role on one side.
    pub(super) fn endpoint_of(&self, group: &Group, role: Role, side: Side) -> Option<&'a Endpoint> {
        self.inputs.plans.topology.group_endpoint(group.id, role, side)
    }

    /// A group's first endpoint on a side.
    pub(super) fn first_endpoint(&self, group: &Group, side: Side) -> Option<&'a Endpoint> {
        group.endpoints.iter().map(|id| self.endpoint(*id)).find(|endpoint| endpoint.side == side)
    }

    /// The name that others use for a group.
    pub(super) fn group_name(&self, group: &'a Group) -> Option<&'a Fqdn> {
        let first = || self.first_endpoint(group, Side::Inside).and_then(|endpoint| self.names.endpoint_name(endpoint));
        group.fqdn.as_ref().map(|name| &name.value).or_else(|| first().map(|(name, _)| name))
    }

    /// The address behind an endpoint's name: its virtual address, or that of its first server.
    pub(super) fn endpoint_address(&self, endpoint: &Endpoint) -> Option<std::net::Ipv4Addr> {
        let vip = endpoint.vip.as_ref().map(|vip| vip.address.value);
        vip.or_else(|| endpoint.members.first().map(|member| member.address.value))
    }

    /// The address behind a group's name.
    pub(super) fn group_address(&self, group: &Group) -> Option<std::net::Ipv4Addr> {
        self.first_endpoint(group, Side::Inside).and_then(|endpoint| self.endpoint_address(endpoint))
    }

    /// What people call a server: its full name, or its path.
    pub(super) fn host(&self, server: ServerId) -> String {
        let named = self.names.server_name(server);
        named.map_or_else(|| self.server(server).path.clone(), |(name, _)| name.as_str().to_owned())
    }

    /// The domain that a group's servers are members of.
    pub(super) fn domain_of(&self, group: &Group) -> Option<&'a Fqdn> {
        self.inputs.plans.topology.site(group.site).domain.as_ref().map(|domain| &domain.value)
    }

    /// The roles on a server, each once, in the order of the guide.
    pub(super) fn roles_on(&self, server: &Server) -> Vec<Role> {
        let endpoints = self.group(server.group).endpoints.iter().map(|id| self.endpoint(*id));
        let held = endpoints.filter(|endpoint| endpoint.members.iter().any(|member| member.server == server.id));
        let mut roles: Vec<Role> = held.map(|endpoint| endpoint.role).collect();
        roles.sort();
        roles.dedup();
        roles
    }

    /// A server's address of one role on one side.
    pub(super) fn address_on(&self, server: &Server, role: Role, side: Side) -> Option<std::net::Ipv4Addr> {
        let endpoint = self.endpoint_of(self.group(server.group), role, side)?;
        endpoint.members.iter().find(|member| member.server == server.id).map(|member| member.address.value)
    }

    /// What people call a role in this release.
    pub(super) fn title(&self, role: Role) -> &'static str {
        role.title_in(self.inputs.plans.topology.organization.product)
    }

    /// The traffic that a firewall stays closed for because the catalogue is not sure of it, a row each.
    pub(super) fn withheld_at(&self, at: usize) -> Vec<Item> {
        let rows = self.firewall_id(at).and_then(|id| self.withheld.get(&id));
        rows.into_iter().flatten().map(|row| self.withheld_item(row)).collect()
    }

    fn withheld_item(&self, row: &FlowRow) -> Item {
        let ports = row.transport.iter().flat_map(|transport| {
            let word = transport.word();
            row.ports.iter().map(move |range| format!("{word}/{range}"))
        });
        let product = self.inputs.plans.topology.organization.product;
        let from: Vec<&str> = row.from.iter().map(|role| role.noun_in(product)).collect();
        vec![
            ("row", Value::Code(row.id.clone())),
            ("application", Value::Text(row.application.clone())),
            ("ports", Value::codes(ports)),
            ("from", Value::Text(from.join(", "))),
            ("to", Value::Text(row.to.noun_in(product).to_owned())),
            ("purpose", Value::Text(row.purpose.clone())),
        ]
    }

    /// The sites in order.
    pub(super) fn sites(&self) -> impl Iterator<Item = SiteId> {
        self.inputs.plans.topology.sites.iter().map(|site| site.id)
    }

    /// The zone of a network.
    pub(super) fn zone_of(&self, network: NetworkId) -> Zone {
        self.inputs.plans.topology.network(network).zone
    }
}

/// Domains of sites, and those with the accounts of users; all that are declared where no site says.
fn hosting(inputs: &Inputs<'_>) -> Vec<Fqdn> {
    let organization = &inputs.plans.topology.organization;
    let mut hosting: Vec<Fqdn> =
        inputs.plans.topology.sites.iter().filter_map(|site| Some(site.domain.as_ref()?.value.clone())).collect();
    let nothing_said = hosting.is_empty();
    let hosts = organization.domains.iter().filter(|domain| nothing_said || domain.user_accounts);
    hosting.extend(hosts.map(|domain| domain.fqdn.value.clone()));
    hosting.sort();
    hosting.dedup();
    hosting
}

fn crossing(inputs: &Inputs<'_>) -> BTreeMap<FirewallId, Vec<GroupId>> {
    let mut crossing: BTreeMap<FirewallId, Vec<GroupId>> = BTreeMap::new();
    for flow in &inputs.plans.flows.flows {
        for leg in &flow.legs {
            let from = leg.from.iter().filter_map(|at| flow.from.get(*at)?.group);
            let groups: Vec<GroupId> = from.chain(leg.to.iter().filter_map(|at| flow.to.get(*at)?.group)).collect();
            for passed in &leg.crossings {
                crossing.entry(passed.firewall).or_default().extend(&groups);
            }
        }
    }
    for groups in crossing.values_mut() {
        groups.sort();
        groups.dedup();
    }
    crossing
}

/// The rows that open nothing, in their order, by the firewalls that their traffic would cross.
fn withheld<'a>(inputs: &Inputs<'a>) -> BTreeMap<FirewallId, Vec<&'a FlowRow>> {
    let mut withheld: BTreeMap<FirewallId, Vec<&FlowRow>> = BTreeMap::new();
    for row in &inputs.plans.flows.withheld {
        for firewall in &row.firewalls {
            withheld.entry(*firewall).or_default().push(row.row);
        }
    }
    withheld
}

/// Whether a group is a pool in the sense of the guide: a home for users.
pub(super) fn is_pool(group: &Group) -> bool {
    matches!(group.detail, Detail::Pool { .. })
}
