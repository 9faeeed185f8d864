//! The driver: files in, findings and artifacts out. Calls the stages in their order and stops nowhere on a user's mistake.
//! Pure: what it needs of the machine is an argument.

mod fix;

pub use fix::{BrokenByFix, Fixed, fix};

use std::borrow::Cow;

use rayon::prelude::*;

use crate::catalog::{Catalog, catalog, step_catalog};
use crate::diag::{self, Diag, Severity};
use crate::emit::{self, Artifact, EmitContext, EmitError, Templates};
use crate::fix::take_whole;
use crate::flow::{self, Flows};
use crate::lint;
use crate::lower::{self, Date};
use crate::model::{self, Topology};
use crate::plan::certificate::CertificatePlan;
use crate::plan::dns::DnsPlan;
use crate::plan::publishing::PublishingPlan;
use crate::plan::runbook::{Files, Inputs};
use crate::plan::{self, Lines};
use crate::syntax::{self, SyntaxTree};
use crate::text::SourceMap;

/// How a topology is looked at.
#[derive(Debug, Clone, Copy)]
pub struct CompileOptions {
    /// The day that waivers are compared with; without it none is too old.
    pub today: Option<Date>,
    /// Whether waivers count; without them every finding shows.
    pub waivers: bool,
}

impl Default for CompileOptions {
    fn default() -> Self {
        Self { today: None, waivers: true }
    }
}

/// Everything that is known of a topology, as far as its mistakes let the stages come.
#[derive(Debug)]
pub struct Compiled {
    /// The files.
    pub sources: SourceMap,
    /// Their trees, in the same order.
    pub trees: Vec<SyntaxTree>,
    /// The topology; `None` without an organization. It holds the declarations.
    pub topology: Option<Topology>,
    /// The facts of its product.
    pub catalog: Option<&'static Catalog>,
    /// Its traffic.
    pub flows: Option<Flows<'static>>,
    /// Its names without a serial number and with all lines, where the files have no errors: rules and the build read them.
    pub dns: Option<DnsPlan>,
    /// Its certificates, likewise.
    pub certificates: Option<CertificatePlan>,
    /// The findings, sorted, without those that only follow from another of them.
    pub diags: Vec<Diag>,
    /// What only follows from one of the findings.
    pub held: Vec<Diag>,
    /// Whether the rules were run: they are not where files have errors, because what is missing in them would be blamed twice.
    pub linted: bool,
}

/// Compiles the files of one topology.
pub fn compile(sources: SourceMap, options: &CompileOptions) -> Compiled {
    let mut diags = Vec::new();
    let mut trees = Vec::new();
    // A file's tree depends on its text alone.
    let files: Vec<_> = sources.files().collect();
    let parsed: Vec<_> = files.into_par_iter().map(|(id, file)| syntax::parse(id, file.shared_text())).collect();
    for file in parsed {
        diags.extend(file.diags);
        trees.push(file.tree);
    }
    let (decls, found) = lower::lower(&trees);
    diags.extend(found);
    let (topology, found) = model::resolve(decls);
    diags.extend(found);
    let catalog = topology.as_ref().and_then(|topology| catalog(topology.organization.product));
    let flows = topology.as_ref().zip(catalog).map(|(topology, catalog)| flow::build(topology, catalog));
    let sound = !diags.iter().any(|diag| diag.severity == Severity::Error);
    let (mut dns, mut certificates) = (None, None);
    if let (Some(topology), Some(catalog), Some(flows)) = (&topology, catalog, &flows) {
        let lines = Lines { sources: &sources, show: true };
        let dns = dns.insert(plan::dns::plan(topology, catalog, None, &lines));
        let certificates = certificates.insert(plan::certificate::plan(topology, catalog, &lines));
        let cx = lint::Context { topology, flows, catalog, dns, certificates, today: options.today };
        diags.extend(lint::run(&cx, lint::Options { waivers: options.waivers, whole: sound }));
    }
    take_whole(&sources, &trees, &mut diags);
    diag::sort(&mut diags);
    diag::bound(&mut diags);
    let (diags, held) = diag::settle(diags);
    Compiled { sources, trees, topology, catalog, flows, dns, certificates, diags, held, linted: sound }
}

impl Compiled {
    /// Changes findings, such as their severity, and finds anew what only follows from others: what follows from an ignored finding
    /// shows.
    pub fn regrade(&mut self, grade: impl FnOnce(&mut Vec<Diag>)) {
        self.diags.append(&mut self.held);
        grade(&mut self.diags);
        diag::sort(&mut self.diags);
        (self.diags, self.held) = diag::settle(std::mem::take(&mut self.diags));
    }
}

/// What is built.
#[derive(Debug)]
pub struct BuildOptions<'a> {
    /// Only these parts; all when empty.
    pub only: &'a [Part],
    /// The dialects of firewalls and load balancers that each of them is written in, beside its own.
    pub dialects: &'a [&'a str],
    /// The serial number of zones; without one they say that they have none.
    pub serial: Option<u32>,
    /// Whether reasons name file and line.
    pub lines: bool,
    /// The templates, with a user's own.
    pub templates: &'a Templates,
}

/// A part of the output that can be built alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Firewall rules.
    Firewall,
    /// Configurations of load balancers.
    LoadBalancer,
    /// Zones.
    Dns,
    /// Certificate requests.
    Pki,
    /// What reverse proxies publish.
    Publishing,
    /// The runbook.
    Runbook,
}

impl Part {
    /// All parts.
    pub const ALL: [Part; 6] = [Part::Firewall, Part::LoadBalancer, Part::Dns, Part::Pki, Part::Publishing, Part::Runbook];

    /// What the paths of its artifacts begin with.
    pub fn folder(self) -> &'static str {
        match self {
            Part::Firewall => "network/firewall/",
            Part::LoadBalancer => "network/load-balancer/",
            Part::Dns => "dns/",
            Part::Pki => "pki/",
            Part::Publishing => "network/publishing/",
            Part::Runbook => "runbook/",
        }
    }
}

/// Why there are no artifacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildError {
    /// The topology has errors; artifacts of it would be wrong.
    Refused,
    /// A template cannot be rendered.
    Template(EmitError),
}

impl From<EmitError> for BuildError {
    fn from(error: EmitError) -> Self {
        BuildError::Template(error)
    }
}

/// All artifacts of a topology without errors, sorted by path. A build of all parts has a README; every build has a manifest.
pub fn build(compiled: &Compiled, options: &BuildOptions<'_>) -> Result<Vec<Artifact>, BuildError> {
    let (Some(topology), Some(flows), Some(catalog)) = (&compiled.topology, &compiled.flows, compiled.catalog) else {
        return Err(BuildError::Refused);
    };
    if compiled.diags.iter().any(|diag| diag.severity == Severity::Error) {
        return Err(BuildError::Refused);
    }
    let organization = &topology.organization;
    let cx = EmitContext { templates: options.templates, sample: organization.sample, organization: &organization.name };
    let plans = Plans::of(compiled, topology, catalog, options);
    let mut artifacts = emitted(&plans, topology, flows, catalog, options.dialects, &cx, |part| {
        options.only.is_empty() || options.only.contains(&part)
    })?;
    if options.only.is_empty() {
        artifacts.push(emit::readme::emit(&artifacts, organization.product.title(), &cx)?);
    }
    artifacts.push(emit::manifest::emit(&artifacts, organization.product.word(), &cx));
    artifacts.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(artifacts)
}

/// What the teams get, before any dialect, but for the firewalls: theirs is the largest plan, and names and certificates need none
/// of it.
struct Plans<'c> {
    dns: Cow<'c, DnsPlan>,
    certificates: Cow<'c, CertificatePlan>,
    lines: Lines<'c>,
}

impl<'c> Plans<'c> {
    /// The plans that the rules read are those of a build that shows lines, but for the serial number.
    fn of(compiled: &'c Compiled, topology: &Topology, catalog: &Catalog, options: &BuildOptions<'_>) -> Self {
        let lines = Lines { sources: &compiled.sources, show: options.lines };
        let (dns, certificates) = match (&compiled.dns, &compiled.certificates) {
            (Some(dns), Some(certificates)) if options.lines => {
                let numbered = |serial| Cow::Owned(dns.clone().with_serial(serial));
                let dns = options.serial.map_or(Cow::Borrowed(dns), numbered);
                (dns, Cow::Borrowed(certificates))
            }
            _ => (
                Cow::Owned(plan::dns::plan(topology, catalog, options.serial, &lines)),
                Cow::Owned(plan::certificate::plan(topology, catalog, &lines)),
            ),
        };
        Self { dns, certificates, lines }
    }
}

/// The artifacts of the wanted parts. The runbook is made from all plans, whatever is wanted.
fn emitted(
    plans: &Plans<'_>,
    topology: &Topology,
    flows: &Flows<'_>,
    catalog: &Catalog,
    dialects: &[&str],
    cx: &EmitContext<'_>,
    wanted: impl Fn(Part) -> bool + Sync,
) -> Result<Vec<Artifact>, EmitError> {
    let Plans { dns, certificates, lines } = plans;
    let firewalls = match wanted(Part::Firewall) || wanted(Part::Runbook) {
        true => plan::firewall::plan(topology, flows, lines),
        false => Vec::new(),
    };
    let balancers = match wanted(Part::LoadBalancer) || wanted(Part::Firewall) || wanted(Part::Runbook) {
        true => plan::balancer::plan(topology, flows, catalog, lines),
        false => Vec::new(),
    };
    let hosts = match wanted(Part::Dns) || wanted(Part::Runbook) {
        true => plan::dns::hosts(topology, flows, lines),
        false => Vec::new(),
    };
    let publishing = match wanted(Part::Publishing) || wanted(Part::Runbook) {
        true => plan::publishing::plan(topology, flows, certificates, lines),
        false => PublishingPlan::default(),
    };
    // Firewalls of this kind are on the servers.
    let on_servers = emit::firewall::HOSTS;
    let on_servers = dialects.contains(&on_servers) || topology.firewalls.iter().any(|firewall| firewall.dialect == on_servers);
    let on_servers = (on_servers && (wanted(Part::Firewall) || wanted(Part::Runbook)))
        .then(|| plan::host::plan(topology, flows, &balancers, lines));
    let teams = || -> Result<Vec<Artifact>, EmitError> {
        let mut artifacts = Vec::new();
        if wanted(Part::Firewall) {
            artifacts.extend(emit::firewall::emit(&firewalls, dialects, cx)?);
            if let Some(plan) = &on_servers {
                artifacts.extend(emit::firewall::emit_hosts(plan, cx)?);
            }
        }
        if wanted(Part::LoadBalancer) {
            artifacts.extend(emit::balancer::emit(&balancers, dialects, cx)?);
        }
        if wanted(Part::Dns) {
            artifacts.extend(emit::dns::emit(dns, cx)?);
            artifacts.extend(emit::dns::emit_hosts(&hosts, cx)?);
        }
        if wanted(Part::Pki) {
            artifacts.extend(emit::pki::emit(certificates, cx)?);
        }
        if wanted(Part::Publishing) {
            artifacts.extend(emit::publishing::emit(&publishing, cx)?);
        }
        Ok(artifacts)
    };
    let runbook = || -> Result<Vec<Artifact>, EmitError> {
        let Some(steps) = step_catalog(topology.organization.product).filter(|_| wanted(Part::Runbook)) else {
            return Ok(Vec::new());
        };
        let files = Files {
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
        let (lines, firewalls, balancers, hosts) = (*lines, firewalls.as_slice(), balancers.as_slice(), hosts.as_slice());
        let (publishing, on_servers) = (&publishing, on_servers.as_ref());
        let inputs = Inputs {
            topology,
            flows,
            catalog,
            steps,
            dns,
            hosts,
            certificates,
            firewalls,
            on_servers,
            balancers,
            publishing,
            files,
            dialects,
            lines,
        };
        let runbook = plan::runbook::plan(&inputs);
        emit::runbook::emit(&runbook, cx)
    };
    // The runbook is as much work as all the rest together, and neither needs the other.
    let (teams, runbook) = rayon::join(teams, runbook);
    let mut artifacts = teams?;
    artifacts.extend(runbook?);
    Ok(artifacts)
}
