//! The deployment runbook: the steps of the catalogue over the concrete groups and servers, numbered in dependency order.
//! Input: model, flows, the other plans, and the names of their files. Output: a [`RunbookPlan`]. Knows nothing of Markdown;
//! every value in it is a checked name, address or number, or is marked as text or code for the emitter.

mod certificate_values;
mod critical;
mod facts;
mod fill;
mod group_values;
mod inner_routes;
mod instances;
mod inventory;
mod machines;
mod mentions;
mod operated;
mod order;
mod probes;
mod record_values;
mod rotation;
mod software;
mod source;
mod thing_values;
mod value;
mod web_values;

#[cfg(test)]
mod tests;

use serde::Serialize;

use super::balancer::BalancerPlan;
use super::certificate::Certificate;
use super::device::Values;
use super::dns::{HostsFile, Zone};
use super::firewall::FirewallPlan;
use super::host::{HostPlan, HostsPlan};
pub use super::line::{Line, Run};
use super::publishing::Proxy;
use super::voice::CompanyRules;
use super::{Plans, Reason};
use crate::catalog::step::{PhaseRow, System};
use crate::catalog::{Confidence, DnsView, StepCatalog};
use crate::product::Team;

pub(crate) use critical::lanes;
pub use critical::{CriticalPath, Lane};
pub(crate) use inventory::sources;
pub use inventory::{NetworkRow, ServerRow, ServiceRow};
pub use mentions::KnownNames;
pub use source::{RunbookDraft, StepKey, StepSource};
pub use value::argument;
pub(crate) use {fill::Filler, fill::Known, operated::operated, value::Item, value::Value};

/// What the runbook is made from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// The topology and its other plans.
    pub plans: Plans<'a>,
    /// The deployment path of its product.
    pub steps: &'static StepCatalog,
    /// The firewalls on its servers, where they were requested.
    pub on_servers: Option<&'a HostsPlan>,
    /// What the files of the other plans are called.
    pub files: Files,
    /// The dialects that firewalls and load balancers are written in beside their own.
    pub dialects: &'a [&'a str],
}

/// The paths of the files that steps refer to, below the output folder. They are built from checked names only.
#[derive(Debug, Clone, Copy)]
pub struct Files {
    /// The file of a zone.
    pub zone: fn(DnsView, &Zone) -> String,
    /// The hosts file of a server.
    pub hosts: fn(&HostsFile) -> String,
    /// The table of what the firewalls on servers open.
    pub host_table: &'static str,
    /// The script for the firewall on a server.
    pub host_firewall: fn(&HostPlan) -> String,
    /// The table of a firewall's rules, if one is made.
    pub firewall_table: fn(&FirewallPlan) -> Option<String>,
    /// The files in the firewall's own language, its rules first; none where none are made.
    pub firewall_rules: fn(&FirewallPlan) -> Vec<String>,
    /// What operations on the firewall call its files and what is its own there.
    pub firewall_values: fn(&FirewallPlan) -> Values,
    /// The table of what a load balancer listens on, if one is made.
    pub listeners: fn(&BalancerPlan) -> Option<String>,
    /// What operations on a load balancer call its files.
    pub balancer_values: fn(&BalancerPlan) -> Values,
    /// What operations on a load balancer call a server, by its path, for each listener that it is behind.
    pub member_values: fn(&BalancerPlan, &str) -> Vec<Values>,
    /// The configuration of a load balancer in its own language, if it is made.
    pub load_balancer: fn(&BalancerPlan) -> Option<String>,
    /// The configuration of nginx for a reverse proxy.
    pub publishing_nginx: fn(&Proxy) -> String,
    /// The sheet of a reverse proxy's rules for ISA Server.
    pub publishing_isa: fn(&Proxy) -> String,
    /// The same rules as a table.
    pub publishing_table: fn(&Proxy) -> String,
    /// The company rules of a pool's Address Book Server.
    pub company_rules: fn(&CompanyRules) -> String,
    /// The table of all records.
    pub records: &'static str,
    /// The table of all certificates.
    pub certificates: &'static str,
    /// The files that change a zone, each with the way that `device_operations.toml` knows it by.
    pub zone_ways: fn(DnsView, &Zone) -> Vec<(&'static str, String)>,
    /// The records of a zone for other tools.
    pub zone_forms: fn(DnsView, &Zone) -> Vec<FileForm>,
    /// The request of a certificate for other tools than certreq.
    pub request_forms: fn(&Certificate) -> Vec<FileForm>,
    /// The request of a certificate for certreq of an operating system.
    pub request_of: fn(&Certificate, System) -> String,
    /// The rules of a firewall for other tools and, where they are requested, in other dialects.
    pub firewall_forms: fn(&FirewallPlan, &[&str]) -> Vec<FileForm>,
    /// The configuration of a load balancer in other dialects, where they are requested.
    pub balancer_forms: fn(&BalancerPlan, &[&str]) -> Vec<FileForm>,
}

/// A file with the same content as another, for another tool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileForm {
    /// Its path below the output folder.
    pub path: String,
    /// The tool that reads it.
    pub reader: &'static str,
}

/// The whole runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RunbookPlan {
    /// The organization's name.
    pub organization: String,
    /// The product.
    pub product: &'static str,
    /// How many steps there are.
    pub count: usize,
    /// The phases that have steps, in order.
    pub phases: Vec<Phase>,
    /// The teams that have steps.
    pub lanes: Vec<Lane>,
    /// The chain of steps that decides how long it takes; empty for a change, where a phase waits for all of the one before it.
    pub critical: CriticalPath,
    /// All servers.
    pub servers: Vec<ServerRow>,
    /// All names that services answer to.
    pub services: Vec<ServiceRow>,
    /// All networks.
    pub networks: Vec<NetworkRow>,
    /// The pages that the steps rest on.
    pub sources: Vec<SourceRow>,
}

/// A part of the runbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// Its position, from 1.
    pub position: usize,
    /// Its heading.
    pub title: String,
    /// What it is for.
    pub about: String,
    /// The number of its first step.
    pub first: usize,
    /// The number of its last step.
    pub last: usize,
    /// Its steps.
    pub steps: Vec<Step>,
    /// What must be true before the next phase begins.
    pub go: String,
    /// When to stop, and what then.
    pub stop: String,
}

/// One step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it is called: the row and the thing, as `EE5.redmond.pool01.fe04`. No other step has it, and other steps that come or go
    /// do not change it.
    pub id: String,
    /// Its position, from 1. Pages do not show it: a step more would change all that follow.
    pub number: usize,
    /// The row of the catalogue.
    pub row: &'static str,
    /// The path of what it is about.
    pub about: String,
    /// Whose work it is.
    pub team: Team,
    /// The site that it is in, if it is in one.
    pub site: Option<String>,
    /// The computers and devices that it is done on, or for.
    pub machines: Vec<String>,
    /// What is done.
    pub title: Line,
    /// Who may do it.
    pub who: Line,
    /// Where.
    pub place: Line,
    /// With which tool.
    pub tool: Option<Line>,
    /// What must be done before.
    pub prerequisites: Vec<Prerequisite>,
    /// What to do, in order.
    pub instructions: Vec<Instruction>,
    /// Another way to the same result, in place of the instructions; mostly empty.
    pub alternative: Vec<Instruction>,
    /// The files of this build that it uses, below the output folder.
    pub files: Vec<String>,
    /// How to verify it.
    pub checks: Vec<Check>,
    /// The way back.
    pub rollback: Line,
    /// The way back in points, where it is more than a sentence.
    pub undo: Vec<Instruction>,
    /// Whether there is no way back.
    pub irreversible: bool,
    /// How sure what it says is: as the least sure of its sources.
    pub confidence: Confidence,
    /// How long it takes.
    pub time: Time,
    /// What to wait for afterwards.
    pub wait: Option<Line>,
    /// Why it is done.
    pub reasons: Vec<Reason>,
}

/// One thing to do, with what it is done to and what is typed for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Instruction {
    /// What to do.
    pub text: Line,
    /// To what; often nothing more.
    pub items: Vec<InstructionItem>,
    /// Whether each item is a task of its own.
    pub tasks: bool,
    /// Values to type, one a line.
    pub values: Vec<String>,
    /// Commands to type, one a line. Nothing in them means anything to a command interpreter but what the catalogue wrote.
    pub commands: Vec<String>,
}

/// One of the things that an instruction is done to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstructionItem {
    /// What it is; nothing where the command says all.
    pub text: Line,
    /// What is typed for it, one a line.
    pub commands: Vec<String>,
    /// The expected result of the commands.
    pub expect: Option<Line>,
}

/// How long a step takes, in minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Time {
    /// Work.
    pub work: u32,
    /// Waiting afterwards, before what needs this step can begin.
    pub wait: u32,
    /// Pages that say so; without one it is an estimate.
    pub source: &'static [String],
}

/// One check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Check {
    /// What to check.
    pub look: Option<Line>,
    /// What to type.
    pub command: Option<String>,
    /// The expected result.
    pub expect: Line,
}

/// Earlier steps of one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Prerequisite {
    /// The row.
    pub row: &'static str,
    /// How many steps.
    pub count: usize,
    /// The number of the first.
    pub first: usize,
    /// The number of the last.
    pub last: usize,
    /// Which they are, for people: `EE1.redmond.pool01`, `all EE5.redmond.pool01.*`.
    pub steps: Line,
}

/// A page that steps rest on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceRow {
    /// Its key in reasons.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: String,
}

impl Phase {
    /// A phase without steps, which begins with the step of this number.
    pub(crate) fn begin(row: &PhaseRow, first: usize) -> Self {
        let PhaseRow { title, about, go, stop, .. } = row.clone();
        Self { position: 1, title, about, first, last: first, steps: Vec::new(), go, stop }
    }
}

impl RunbookPlan {
    /// All steps in order.
    pub fn steps(&self) -> impl Iterator<Item = &Step> {
        self.phases.iter().flat_map(|phase| &phase.steps)
    }

    /// The same with the steps of one team only, and without the teams; what steps wait for is still named.
    pub fn of_team(&self, team: Team) -> Self {
        let mut own = self.clone();
        for phase in &mut own.phases {
            phase.steps.retain(|step| step.team == team);
        }
        own.phases.retain(|phase| !phase.steps.is_empty());
        own.lanes.clear();
        own.count = own.steps().count();
        own.critical = CriticalPath::default();
        own
    }
}

/// Plans the runbook of a topology.
pub fn plan(inputs: &Inputs<'_>) -> RunbookPlan {
    let facts = facts::Facts::new(inputs);
    let instances = instances::all(&facts);
    let ordered = order::order(&facts, &instances);
    let phases = order::phases(&facts, &instances, &ordered);
    let critical = critical::longest_chain(&phases, &ordered);
    let organization = &inputs.plans.topology.organization;
    let (servers, services, networks) = inventory::inventory(&facts);
    RunbookPlan {
        organization: organization.name.clone(),
        product: organization.product.title(),
        count: instances.len(),
        sources: inventory::sources(inputs.plans.catalog, &phases),
        lanes: lanes(&phases),
        critical,
        phases,
        servers,
        services,
        networks,
    }
}
