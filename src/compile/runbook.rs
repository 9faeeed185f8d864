//! The runbook of a topology, with what it calls the files of its build.

use crate::catalog::step_catalog;
use crate::emit;
use crate::plan::Plans;
use crate::plan::host::HostsPlan;
use crate::plan::runbook::{self, Files, Inputs, RunbookPlan};

/// The plan of the runbook of a build, with what it calls the files of the build.
pub fn runbook(plans: Plans<'_>, dialects: &[&str]) -> RunbookPlan {
    runbook::plan(&runbook_inputs(plans, dialects))
}

/// What the runbook of a build is made from.
pub fn runbook_inputs<'a>(plans: Plans<'a>, dialects: &'a [&'a str]) -> Inputs<'a> {
    let steps = step_catalog(plans.topology.organization.product);
    Inputs { plans, steps, on_servers: on_servers(plans, dialects), files: FILES, dialects }
}

/// The firewalls on the servers, where they are requested.
pub(super) fn on_servers<'a>(plans: Plans<'a>, dialects: &[&str]) -> Option<&'a HostsPlan> {
    let word = emit::firewall::HOSTS;
    let declared = || plans.topology.firewalls.iter().any(|firewall| firewall.dialect.word() == word);
    (dialects.contains(&word) || declared()).then(|| plans.on_servers())
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
    member_values: emit::balancer::member_values,
    load_balancer: emit::balancer::path,
    balancer_values: |plan| emit::balancer::device_values(plan.dialect),
    publishing_nginx: emit::publishing::nginx_path,
    publishing_isa: emit::publishing::isa_path,
    publishing_table: emit::publishing::isa_table_path,
    company_rules: emit::voice::path,
    records: emit::dns::RECORDS,
    certificates: emit::pki::TABLE,
    zone_ways: emit::dns::ways,
    zone_forms: emit::dns::forms,
    request_forms: emit::pki::forms,
    request_of: emit::pki::request_of,
    firewall_forms: emit::firewall::forms,
    balancer_forms: emit::balancer::forms,
};
