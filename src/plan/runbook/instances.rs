//! What each row of the catalogue is done for: one instance per thing in its scope.

use super::facts::Facts;
use super::value::Value;
use crate::catalog::StepRow;
use crate::catalog::step::{Scope, Within};
use crate::model::{GroupId, LoadBalancerId, ServerId, SiteId};
use crate::plan::SourceRef;
use crate::plan::naming::needed;
use crate::text::Span;

/// What an instance is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Organization,
    /// A position in [`Facts::hosting`].
    Domain(usize),
    Site(SiteId),
    /// A position in [`Facts::zones`].
    Zone(usize),
    /// A position in the firewall plans.
    Firewall(usize),
    LoadBalancer(LoadBalancerId),
    /// A position in the certificate plan.
    Certificate(usize),
    Group(GroupId),
    Server(ServerId),
}

/// One step to be done.
pub(super) struct Instance {
    pub(super) row: &'static StepRow,
    /// The position of the row.
    pub(super) at: usize,
    /// The position of its phase.
    pub(super) phase: usize,
    pub(super) subject: Subject,
    /// The features that require it.
    pub(super) features: Vec<&'static str>,
}

/// A set of instances of one row that others can wait for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bucket {
    All,
    Domain(usize),
    Site(SiteId),
    Group(GroupId),
    Server(ServerId),
}

/// All instances, by row and subject.
pub(super) fn all(facts: &Facts<'_>) -> Vec<Instance> {
    let catalog = facts.inputs.steps;
    let mut instances = Vec::new();
    for (at, row) in catalog.steps.iter().enumerate() {
        let Some(features) = needed(&row.when, &facts.inputs.plans.topology.organization) else { continue };
        // The loader has proved that the phase is there.
        let phase = catalog.phase(&row.phase).unwrap_or(0);
        for subject in subjects(facts, row) {
            let there = |name: &String| facts.has(subject, name);
            if row.needs.iter().all(there) && !row.lacks.iter().any(there) {
                instances.push(Instance { row, at, phase, subject, features: features.clone() });
            }
        }
    }
    instances
}

fn subjects(facts: &Facts<'_>, row: &StepRow) -> Vec<Subject> {
    match row.scope {
        Scope::Group => groups(facts, row).map(Subject::Group).collect(),
        Scope::Server => {
            let servers = groups(facts, row).flat_map(|group| &facts.group(group).servers).copied();
            let plays = |server: &ServerId| {
                row.roles.is_empty() || facts.roles_on(facts.server(*server)).iter().any(|role| row.roles.contains(role))
            };
            servers.filter(plays).map(Subject::Server).collect()
        }
        other => of_scope(facts, other),
    }
}

/// Everything in a scope; of groups and servers, all.
pub(super) fn of_scope(facts: &Facts<'_>, scope: Scope) -> Vec<Subject> {
    let topology = facts.inputs.plans.topology;
    match scope {
        Scope::Organization => vec![Subject::Organization],
        Scope::Domain => (0..facts.hosting.len()).map(Subject::Domain).collect(),
        Scope::Site => facts.sites().map(Subject::Site).collect(),
        Scope::Zone => (0..facts.zones.len()).map(Subject::Zone).collect(),
        Scope::Firewall => (0..facts.inputs.plans.firewalls().len()).map(Subject::Firewall).collect(),
        Scope::LoadBalancer => facts.balanced.keys().copied().map(Subject::LoadBalancer).collect(),
        Scope::Certificate => (0..facts.inputs.plans.certificates().certificates.len()).map(Subject::Certificate).collect(),
        Scope::Group => topology.groups.iter().map(|group| Subject::Group(group.id)).collect(),
        Scope::Server => topology.servers.iter().map(|server| Subject::Server(server.id)).collect(),
        Scope::FirewallStage
        | Scope::BalancerStage
        | Scope::RecordStage
        | Scope::ZoneHead
        | Scope::CertificateChange
        | Scope::ChangedStep => Vec::new(),
    }
}

fn groups<'f>(facts: &'f Facts<'_>, row: &'f StepRow) -> impl Iterator<Item = GroupId> + 'f {
    let kinds = row.kinds.iter().filter_map(|kind| facts.by_kind.get(kind)).flatten().copied();
    kinds.filter(|id| {
        let mut held = facts.group(*id).endpoints.iter().map(|id| facts.endpoint(*id)).filter(|e| !e.members.is_empty());
        row.roles.is_empty() || held.any(|endpoint| row.roles.contains(&endpoint.role))
    })
}

impl Instance {
    /// What the step is called.
    pub(super) fn id(&self, facts: &Facts<'_>) -> String {
        format!("{}.{}", self.row.id, self.subject.thing(facts))
    }
}

impl Bucket {
    /// The path that all of it is below; `None` for everything.
    pub(super) fn path(self, facts: &Facts<'_>) -> Option<String> {
        match self {
            Bucket::All => None,
            Bucket::Domain(at) => Some(facts.hosting[at].to_string()),
            Bucket::Site(site) => Some(facts.inputs.plans.topology.site(site).name.clone()),
            Bucket::Group(group) => Some(facts.group(group).path.clone()),
            Bucket::Server(server) => Some(facts.server(server).path.clone()),
        }
    }
}

impl Subject {
    /// What it is called in ids of steps: no other thing of its kind is called so.
    pub(super) fn thing(self, facts: &Facts<'_>) -> String {
        match self {
            Subject::Zone(at) => {
                let (view, zone) = &facts.zones[at];
                format!("{}.{}", view.word(), zone.name)
            }
            Subject::Certificate(at) => facts.certificate(at).thing(),
            other => other.declared(facts).path,
        }
    }

    /// The group that has the steps about this.
    pub(super) fn group(self, facts: &Facts<'_>) -> Option<GroupId> {
        match self {
            Subject::Group(group) => Some(group),
            Subject::Server(server) => Some(facts.server(server).group),
            Subject::Certificate(at) => facts.group_of_certificate(at),
            _ => None,
        }
    }

    /// All groups that it concerns.
    fn groups(self, facts: &Facts<'_>) -> Vec<GroupId> {
        match self {
            Subject::Firewall(at) => facts.groups_behind(at).to_vec(),
            Subject::LoadBalancer(id) => {
                let mut groups: Vec<GroupId> =
                    facts.balanced.get(&id).into_iter().flatten().map(|endpoint| facts.endpoint(*endpoint).group).collect();
                groups.dedup();
                groups
            }
            other => other.group(facts).into_iter().collect(),
        }
    }

    fn site(self, facts: &Facts<'_>) -> Option<SiteId> {
        match self {
            Subject::Site(site) => Some(site),
            Subject::Group(group) => Some(facts.group(group).site),
            Subject::Server(server) => Some(facts.server(server).site),
            _ => None,
        }
    }

    fn domain(self, facts: &Facts<'_>) -> Option<usize> {
        match self {
            Subject::Domain(at) => Some(at),
            other => {
                let domain = &facts.inputs.plans.topology.site(other.site(facts)?).domain.as_ref()?.value;
                facts.hosting.binary_search(domain).ok()
            }
        }
    }

    /// The sets that it belongs to.
    pub(super) fn buckets(self, facts: &Facts<'_>) -> Vec<Bucket> {
        let mut buckets = vec![Bucket::All];
        buckets.extend(self.groups(facts).into_iter().map(Bucket::Group));
        buckets.extend(self.site(facts).map(Bucket::Site));
        buckets.extend(self.domain(facts).map(Bucket::Domain));
        if let Subject::Server(server) = self {
            buckets.push(Bucket::Server(server));
        }
        buckets
    }

    /// The sets that a relation leads to from here.
    pub(super) fn related(self, facts: &Facts<'_>, within: Within) -> Vec<Bucket> {
        let own = || self.groups(facts);
        match within {
            Within::Organization => vec![Bucket::All],
            Within::Domain => self.domain(facts).map(Bucket::Domain).into_iter().collect(),
            Within::Site => self.site(facts).map(Bucket::Site).into_iter().collect(),
            Within::Group => own().into_iter().map(Bucket::Group).collect(),
            Within::Server => match self {
                Subject::Server(server) => vec![Bucket::Server(server)],
                _ => Vec::new(),
            },
            Within::To(relation) => {
                let to = own().into_iter().flat_map(|group| facts.group(group).related(relation).collect::<Vec<_>>());
                to.map(Bucket::Group).collect()
            }
            Within::From(relation) => {
                own().into_iter().flat_map(|group| facts.related_from(group, relation).to_vec()).map(Bucket::Group).collect()
            }
        }
    }

    /// Its path, and where it is declared.
    pub(super) fn declared(self, facts: &Facts<'_>) -> SourceRef {
        let topology = facts.inputs.plans.topology;
        let named = |path: &str, span: Option<Span>| facts.inputs.plans.lines.source_ref(path, span);
        let organization = &topology.organization;
        match self {
            Subject::Organization => named(&organization.name, Some(organization.span)),
            Subject::Domain(at) => {
                let declared = organization.domains.iter().find(|domain| domain.fqdn.value == facts.hosting[at]);
                named(facts.hosting[at].as_str(), declared.map(|domain| domain.fqdn.span))
            }
            Subject::Site(site) => named(&topology.site(site).name, Some(topology.site(site).span)),
            Subject::Zone(at) => named(facts.zones[at].1.name.as_str(), organization.dns.span),
            Subject::Firewall(at) => facts.firewall(at).declared.clone(),
            Subject::LoadBalancer(id) => named(&topology.load_balancer(id).path, Some(topology.load_balancer(id).span)),
            Subject::Certificate(at) => {
                let span = facts.group_of_certificate(at).map(|group| facts.group(group).span);
                named(&facts.certificate(at).group, span)
            }
            Subject::Group(group) => named(&facts.group(group).path, Some(facts.group(group).span)),
            Subject::Server(server) => named(&facts.server(server).path, Some(facts.server(server).span)),
        }
    }
}

impl Facts<'_> {
    /// A value of the vocabulary: the subject's own, then those of the wider scopes.
    pub(super) fn value(&self, subject: Subject, name: &str) -> Option<Value> {
        self.own_value(subject, name).or_else(|| self.organization.get(name).cloned())
    }

    /// Whether a value is there.
    pub(super) fn has(&self, subject: Subject, name: &str) -> bool {
        self.organization.contains_key(name) || self.own_value(subject, name).is_some()
    }

    fn own_value(&self, subject: Subject, name: &str) -> Option<Value> {
        match subject {
            Subject::Organization => None,
            Subject::Domain(at) => self.domain_value(at, name),
            Subject::Site(site) => self.site_value(site, name),
            Subject::Zone(at) => self.zone_value(at, name),
            Subject::Firewall(at) => self.firewall_value(at, name),
            Subject::LoadBalancer(id) => self.load_balancer_value(id, name),
            Subject::Certificate(at) => self.certificate_value(at, name),
            Subject::Group(group) => self.group_value(self.group(group), name),
            Subject::Server(server) => {
                let server = self.server(server);
                self.server_value(server, name).or_else(|| self.group_value(self.group(server.group), name))
            }
        }
    }
}
