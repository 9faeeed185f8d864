//! The parts of a build: what each is called, where its files are, and who writes them. The only list of them.

use super::{Since, change};
use crate::catalog::step_catalog;
use crate::diag::Diag;
use crate::emit::{self, Artifact, EmitContext, EmitError};
use crate::plan::Plans;
use crate::plan::host::HostsPlan;
use crate::plan::runbook::{self, Files, Inputs, RunbookPlan};

/// A part of the output that can be built alone.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// What `--only` calls it.
    pub word: &'static str,
    /// What it holds, in few words.
    pub title: &'static str,
    /// What the paths of its artifacts begin with.
    pub folder: &'static str,
    /// Writes it.
    pub(super) emit: Emit,
}

/// How a part is written.
type Emit = fn(&PartInputs<'_>, &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError>;

/// What parts are written from.
#[derive(Debug, Clone, Copy)]
pub(super) struct PartInputs<'a> {
    /// The topology and its plans.
    pub(super) plans: Plans<'a>,
    /// Its findings.
    pub(super) findings: &'a [Diag],
    /// The version that runs, where its change is wanted.
    pub(super) since: Option<Since<'a>>,
    /// The dialects of firewalls and load balancers that each of them is written in, beside its own.
    pub(super) dialects: &'a [&'a str],
}

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Part {
    /// Firewall rules.
    pub const FIREWALL: Part =
        Part { word: "firewall", title: "Rules for each firewall", folder: "network/firewall/", emit: firewall };

    /// Configurations of load balancers.
    pub const LOAD_BALANCER: Part = Part {
        word: "load-balancer",
        title: "The configuration of each load balancer",
        folder: "network/load-balancer/",
        emit: |inputs, cx| emit::balancer::emit(inputs.plans.balancers(), inputs.dialects, cx),
    };

    /// Zones, and the hosts files of servers in the perimeter.
    pub const DNS: Part = Part { word: "dns", title: "Zones for each view", folder: "dns/", emit: dns };

    /// Certificate requests.
    pub const PKI: Part = Part {
        word: "pki",
        title: "Certificate requests",
        folder: "pki/",
        emit: |inputs, cx| emit::pki::emit(inputs.plans.certificates(), cx),
    };

    /// What reverse proxies publish.
    pub const PUBLISHING: Part = Part {
        word: "publishing",
        title: "What reverse proxies publish",
        folder: "network/publishing/",
        emit: |inputs, cx| emit::publishing::emit(inputs.plans.publishing(), cx),
    };

    /// The runbook.
    pub const RUNBOOK: Part =
        Part { word: "runbook", title: "The steps of the deployment", folder: "runbook/", emit: runbook_page };

    /// The work since another version.
    pub const CHANGE: Part = Part {
        word: "change",
        title: "The work since the version of --since",
        folder: "change/",
        emit: |inputs, cx| inputs.since.map_or_else(|| Ok(Vec::new()), |since| change::emit(inputs, since, cx)),
    };

    /// All parts, in the order of the help.
    pub const ALL: [Part; 7] =
        [Part::FIREWALL, Part::LOAD_BALANCER, Part::DNS, Part::PKI, Part::PUBLISHING, Part::RUNBOOK, Part::CHANGE];
}

fn firewall(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let PartInputs { plans, dialects, .. } = *inputs;
    let mut artifacts = emit::firewall::emit(plans.firewalls(), dialects, cx)?;
    if let Some(plan) = on_servers(plans, dialects) {
        artifacts.extend(emit::firewall::emit_hosts(plan, cx)?);
    }
    Ok(artifacts)
}

/// The firewalls on the servers, where they are requested.
fn on_servers<'a>(plans: Plans<'a>, dialects: &[&str]) -> Option<&'a HostsPlan> {
    let word = emit::firewall::HOSTS;
    let declared = || plans.topology.firewalls.iter().any(|firewall| firewall.dialect.word() == word);
    (dialects.contains(&word) || declared()).then(|| plans.on_servers())
}

fn dns(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = emit::dns::emit(inputs.plans.dns(), cx)?;
    artifacts.extend(emit::dns::emit_hosts(inputs.plans.hosts(), cx)?);
    Ok(artifacts)
}

fn runbook_page(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    emit::runbook::emit(&runbook(inputs.plans, inputs.dialects), cx)
}

/// The plan of the runbook of a build, with what it calls the files of the build.
pub fn runbook(plans: Plans<'_>, dialects: &[&str]) -> RunbookPlan {
    let steps = step_catalog(plans.topology.organization.product);
    let inputs = Inputs { plans, steps, on_servers: on_servers(plans, dialects), files: FILES, dialects };
    runbook::plan(&inputs)
}

/// What the runbook calls the files of the other parts.
const FILES: Files = Files {
    zone: emit::dns::path,
    hosts: emit::dns::hosts_path,
    host_table: emit::firewall::HOST_TABLE,
    host_firewall: emit::firewall::host_path,
    firewall_table: emit::firewall::table_path,
    firewall_rules: emit::firewall::rules_paths,
    firewall_values: |plan| emit::firewall::device_values(plan, plan.dialect),
    listeners: emit::balancer::table_path,
    load_balancer: emit::balancer::path,
    balancer_values: |plan| emit::balancer::device_values(plan.dialect),
    publishing_nginx: emit::publishing::nginx_path,
    publishing_isa: emit::publishing::isa_path,
    publishing_table: emit::publishing::isa_table_path,
    records: emit::dns::RECORDS,
    certificates: emit::pki::TABLE,
    zone_forms: emit::dns::forms,
    request_forms: emit::pki::forms,
    request_of: emit::pki::request_of,
    firewall_forms: emit::firewall::forms,
    balancer_forms: emit::balancer::forms,
};
