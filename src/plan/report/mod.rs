//! What a review reads: findings, waivers, traffic, servers, and the plans of the other teams, each row with its reason.
//! Input: the topology with its plans, and its findings as plain rows. Output: a [`ReportPlan`]. Knows nothing of pages.

mod servers;
mod traffic;

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use serde::Serialize;

use super::Plans;
use super::balancer::BalancerPlan;
use super::bill::{self, Bill};
use super::certificate::CertificatePlan;
use super::dns::DnsPlan;
use super::firewall::FirewallPlan;
use super::sizing::{self, Sheet};
use crate::catalog::{Confidence, Source};
use crate::product::{PortRange, Transport};

/// What the report is made from.
#[derive(Debug)]
pub struct Inputs<'a> {
    /// The topology and its plans.
    pub plans: Plans<'a>,
    /// Its findings.
    pub findings: Vec<Finding<'a>>,
    /// What is known of a rule by its code or name.
    pub rule: fn(&str) -> Option<Rule>,
}

/// A rule, as a page names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Its code.
    pub code: &'static str,
    /// Its name.
    pub name: &'static str,
    /// What it checks, in one paragraph.
    pub summary: String,
    /// The step of the Planning Guide.
    pub step: u8,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding<'a> {
    /// The code of its rule.
    pub code: &'static str,
    /// `error`, `warning` or `note`.
    pub severity: &'static str,
    /// What is wrong.
    pub message: &'a str,
    /// Why there; may be empty.
    pub label: &'a str,
    /// `file:line`.
    pub place: String,
    /// What to do.
    pub help: Option<&'a str>,
    /// The source of the rule.
    pub source: Option<&'a str>,
}

/// The whole report.
#[derive(Debug, Serialize)]
pub struct ReportPlan<'a> {
    /// The organization's name.
    pub organization: &'a str,
    /// The product.
    pub product: &'static str,
    /// The SIP domains.
    pub sip_domains: Vec<&'a str>,
    /// What is switched on, by word.
    pub features: Vec<&'static str>,
    /// The sites, by name.
    pub sites: Vec<SiteRow<'a>>,
    /// The rules that have findings, the worst first, with the number of their findings.
    pub rules: Vec<RuleCount>,
    /// The findings, the worst first, then by place.
    pub findings: Vec<Finding<'a>>,
    /// The waivers: those that end first, then those without an end.
    pub waivers: Vec<WaiverRow<'a>>,
    /// The traffic, by id.
    pub flows: Vec<FlowRow<'a>>,
    /// What the firewalls permit.
    pub firewalls: &'a [FirewallPlan],
    /// The names.
    pub dns: &'a DnsPlan,
    /// The certificates.
    pub certificates: &'a CertificatePlan,
    /// What the load balancers listen on.
    pub balancers: &'a [BalancerPlan],
    /// The servers, by path.
    pub servers: Vec<ServerRow<'a>>,
    /// The figures of capacity.
    pub sizing: Sheet,
    /// What is bought and ordered.
    pub bill: Bill,
    /// The pages that the rows rest on, by key.
    pub sources: BTreeMap<&'a str, &'a Source>,
}

/// A site.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SiteRow<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its users, where it says how many.
    pub users: Option<u64>,
}

/// How often a rule has found something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleCount {
    /// The worst severity of its findings.
    pub severity: &'static str,
    /// The rule.
    pub rule: Rule,
    /// How many findings it has.
    pub count: usize,
}

/// A waiver.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WaiverRow<'a> {
    /// The code or name of the rule, as written.
    pub written: &'a str,
    /// The rule.
    pub rule: Option<Rule>,
    /// The block that it is in; `None` at the top of a file.
    pub within: Option<String>,
    /// Why its findings are accepted.
    pub reason: Option<&'a str>,
    /// Where it was decided.
    pub ticket: Option<&'a str>,
    /// Its last day; without one it holds for ever.
    pub until: Option<String>,
}

/// A flow.
#[derive(Debug, Clone, Serialize)]
pub struct FlowRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// The sites of both its ends.
    pub sites: BTreeSet<&'a str>,
    /// Who opens the connection: groups and networks by path.
    pub from: BTreeSet<&'a str>,
    /// Who listens.
    pub to: BTreeSet<&'a str>,
    /// TCP, UDP or both.
    pub transports: &'a [Transport],
    /// The ports that sources speak from; `None` for any.
    pub source_ports: Option<&'a [PortRange]>,
    /// The ports that destinations listen on.
    pub ports: &'a [PortRange],
    /// What is spoken.
    pub application: &'a str,
    /// The firewalls that it crosses, by path.
    pub firewalls: BTreeSet<&'a str>,
    /// What it is for.
    pub purpose: &'a str,
    /// What stops working without it.
    pub breaks: &'a str,
    /// The features that need it.
    pub features: Vec<&'static str>,
    /// The row of the catalogue.
    pub row: &'a str,
    /// The step of the Planning Guide.
    pub step: u8,
    /// The pages that state it, by key.
    pub source: &'a [String],
    /// How sure it is.
    pub confidence: Confidence,
}

/// A server.
#[derive(Debug, Clone, Serialize)]
pub struct ServerRow<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its site.
    pub site: &'a str,
    /// Its full name, where it has one.
    pub name: Option<&'a str>,
    /// The path of its group.
    pub group: &'a str,
    /// The kind of its group.
    pub kind: &'static str,
    /// The titles of its roles.
    pub roles: Vec<&'static str>,
    /// Its addresses.
    pub addresses: Vec<Ipv4Addr>,
    /// The networks of its addresses, by path.
    pub networks: Vec<&'a str>,
    /// The zones of its networks.
    pub zones: Vec<&'static str>,
    /// Its operating system, where the topology says which.
    pub operating_system: Option<&'static str>,
    /// Where it is declared.
    pub declared: String,
}

/// Plans the report of a topology.
pub fn plan(inputs: Inputs<'_>) -> ReportPlan<'_> {
    let Inputs { plans, mut findings, rule } = inputs;
    let topology = plans.topology;
    let organization = &topology.organization;
    findings.sort_by_key(|finding| rank(finding.severity));
    let waivers = waivers(plans, rule);
    ReportPlan {
        organization: &organization.name,
        product: organization.product.title(),
        sip_domains: organization.sip_domains.iter().map(|domain| domain.value.as_str()).collect(),
        features: organization.features.iter().map(|(feature, _)| feature.word()).collect(),
        sites: topology
            .sites
            .iter()
            .map(|site| SiteRow { name: &site.name, users: site.users.as_ref().map(|users| users.value) })
            .collect(),
        rules: counts(&findings, rule),
        findings,
        waivers,
        flows: traffic::flows(plans),
        firewalls: plans.firewalls(),
        dns: plans.dns(),
        certificates: plans.certificates(),
        balancers: plans.balancers(),
        servers: servers::servers(plans),
        sizing: sizing::sheet(plans.sizing(), sizing::Places::Always),
        bill: bill::bill(plans, sizing::Places::Always),
        sources: plans.catalog.sources().iter().map(|(key, source)| (key.as_str(), source)).collect(),
    }
}

/// The worst first.
fn rank(severity: &str) -> u8 {
    match severity {
        "error" => 0,
        "warning" => 1,
        _ => 2,
    }
}

/// How often each rule has found something; findings are sorted by severity.
fn counts(findings: &[Finding<'_>], rule: fn(&str) -> Option<Rule>) -> Vec<RuleCount> {
    let mut counts: Vec<RuleCount> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        if let Some(at) = places.get(finding.code) {
            counts[*at].count += 1;
        } else if let Some(rule) = rule(finding.code) {
            places.insert(finding.code, counts.len());
            counts.push(RuleCount { severity: finding.severity, rule, count: 1 });
        }
    }
    counts
}

fn waivers<'a>(plans: Plans<'a>, rule: fn(&str) -> Option<Rule>) -> Vec<WaiverRow<'a>> {
    let rows = plans.topology.decls.waivers().into_iter().map(|waiver| {
        let text = |name| waiver.decl.text(name).map(|text| text.value);
        WaiverRow {
            written: &waiver.decl.name,
            rule: rule(&waiver.decl.name),
            reason: text("reason"),
            ticket: text("ticket"),
            until: waiver.decl.date("until").map(|until| until.value.to_string()),
            within: waiver.within,
        }
    });
    let mut rows: Vec<WaiverRow<'_>> = rows.collect();
    rows.sort_by(|a, b| {
        (a.until.is_none(), &a.until, a.written, &a.within).cmp(&(b.until.is_none(), &b.until, b.written, &b.within))
    });
    rows
}

#[cfg(test)]
mod tests;
