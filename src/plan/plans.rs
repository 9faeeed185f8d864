//! A resolved topology and everything that is planned from it, in one place: each plan is made once, at its first use.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::Lines;
use super::balancer::{self, BalancerPlan};
use super::certificate::{self, CertificatePlan};
use super::dns::{self, DnsPlan, HostsFile};
use super::firewall::{self, FirewallPlan};
use super::host::{self, HostsPlan};
use super::outage::{self, OutagePlan};
use super::publishing::{self, PublishingPlan};
use super::sizing::{self, SizingPlan};
use super::voice::{self, CompanyRules};
use crate::catalog::{Catalog, catalog};
use crate::flow::{self, Flows};
use crate::model::Topology;
use crate::text::SourceMap;

/// A topology whose references are resolved, with the facts of its release and its traffic.
#[derive(Debug)]
pub struct Resolved {
    /// The topology; it holds the declarations.
    pub topology: Topology,
    /// The facts of its release.
    pub catalog: &'static Catalog,
    /// Its traffic.
    pub flows: Flows<'static>,
    made: PlanCache,
}

/// The plans made so far. Making one uses no other thread: a thread that waits for a plan could be the one that is to make it.
#[derive(Debug, Clone, Default)]
pub struct PlanCache {
    serial: Option<u32>,
    dns: OnceLock<DnsPlan>,
    hosts: OnceLock<Vec<HostsFile>>,
    certificates: OnceLock<CertificatePlan>,
    firewalls: OnceLock<Vec<FirewallPlan>>,
    balancers: OnceLock<Vec<BalancerPlan>>,
    on_servers: OnceLock<HostsPlan>,
    publishing: OnceLock<PublishingPlan>,
    outages: OnceLock<OutagePlan>,
    sizing: OnceLock<SizingPlan>,
    company_rules: OnceLock<Vec<CompanyRules>>,
}

/// What rules, questions and builds read: the topology and its plans.
#[derive(Debug, Clone, Copy)]
pub struct Plans<'a> {
    /// The topology.
    pub topology: &'a Topology,
    /// The facts of its release.
    pub catalog: &'static Catalog,
    /// Its traffic.
    pub flows: &'a Flows<'a>,
    /// How reasons name places.
    pub lines: Lines<'a>,
    made: &'a PlanCache,
}

impl Resolved {
    /// Computes the traffic.
    pub fn new(topology: Topology) -> Self {
        let flows = Self::traffic(&topology);
        Self::from_parts(topology, flows, PlanCache::default())
    }

    /// The traffic of a topology.
    pub fn traffic(topology: &Topology) -> Flows<'static> {
        flow::build(topology, catalog(topology.organization.product))
    }

    /// A topology with its traffic and some of its plans.
    pub fn from_parts(topology: Topology, flows: Flows<'static>, made: PlanCache) -> Self {
        Self { catalog: catalog(topology.organization.product), topology, flows, made }
    }

    /// The plans, without a serial number.
    pub fn plans<'a>(&'a self, sources: &'a SourceMap) -> Plans<'a> {
        self.plans_in(&self.made, Lines { sources, show: false })
    }

    /// Where the plans of a build are kept. Those that are made already serve a build that shows no lines.
    pub fn made(&self, lines: bool, serial: Option<u32>) -> Cow<'_, PlanCache> {
        match (lines, serial) {
            (false, None) => Cow::Borrowed(&self.made),
            (false, Some(number)) => {
                let mut made = PlanCache { serial, ..self.made.clone() };
                made.dns = made.dns.take().map_or_else(OnceLock::new, |dns| dns.with_serial(number).into());
                Cow::Owned(made)
            }
            (true, serial) => Cow::Owned(PlanCache { serial, ..PlanCache::default() }),
        }
    }

    /// The plans of a build, kept in `made`.
    pub fn plans_in<'a>(&'a self, made: &'a PlanCache, lines: Lines<'a>) -> Plans<'a> {
        Plans { topology: &self.topology, catalog: self.catalog, flows: &self.flows, lines, made }
    }
}

impl PlanCache {
    /// The plans that every check asks for and that do not follow from the traffic.
    pub fn without_traffic(topology: &Topology, lines: &Lines<'_>) -> Self {
        let made = Self::default();
        made.sizing(topology, lines);
        made.dns(topology, lines);
        made.certificates(topology, lines);
        made
    }

    fn dns(&self, topology: &Topology, lines: &Lines<'_>) -> &DnsPlan {
        self.dns.get_or_init(|| dns::plan(topology, self.serial, lines))
    }

    fn certificates(&self, topology: &Topology, lines: &Lines<'_>) -> &CertificatePlan {
        self.certificates.get_or_init(|| certificate::plan(topology, lines))
    }

    fn sizing(&self, topology: &Topology, lines: &Lines<'_>) -> &SizingPlan {
        self.sizing.get_or_init(|| sizing::plan(topology, lines))
    }
}

impl<'a> Plans<'a> {
    /// The names.
    pub fn dns(self) -> &'a DnsPlan {
        self.made.dns(self.topology, &self.lines)
    }

    /// The names inside that servers of the perimeter need.
    pub fn hosts(self) -> &'a [HostsFile] {
        self.made.hosts.get_or_init(|| dns::hosts(self.topology, self.flows, &self.lines))
    }

    /// The certificates.
    pub fn certificates(self) -> &'a CertificatePlan {
        self.made.certificates(self.topology, &self.lines)
    }

    /// What the firewalls permit.
    pub fn firewalls(self) -> &'a [FirewallPlan] {
        self.made.firewalls.get_or_init(|| firewall::plan(self.topology, self.flows, &self.lines))
    }

    /// What the load balancers listen on.
    pub fn balancers(self) -> &'a [BalancerPlan] {
        self.made.balancers.get_or_init(|| balancer::plan(self.topology, self.flows, self.catalog, &self.lines))
    }

    /// What the firewalls on the servers permit.
    pub fn on_servers(self) -> &'a HostsPlan {
        self.made.on_servers.get_or_init(|| host::plan(self.topology, self.flows, self.balancers(), &self.lines))
    }

    /// What the reverse proxies publish.
    pub fn publishing(self) -> &'a PublishingPlan {
        self.made.publishing.get_or_init(|| publishing::plan(self.topology, self.flows, self.certificates(), &self.lines))
    }

    /// What users have and what it needs.
    pub fn outages(self) -> &'a OutagePlan {
        self.made.outages.get_or_init(|| outage::plan(self.topology, self.catalog, self.certificates()))
    }

    /// The figures.
    pub fn sizing(self) -> &'a SizingPlan {
        self.made.sizing(self.topology, &self.lines)
    }

    /// The company rules of the Address Book Servers, by path of the pool.
    pub fn company_rules(self) -> &'a [CompanyRules] {
        self.made.company_rules.get_or_init(|| voice::company_rules(self.topology, &self.lines))
    }
}
