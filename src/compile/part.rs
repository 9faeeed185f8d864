//! The parts of a build: what each is called, where its files are, and who writes them. The only list of them.

use super::change;
use super::diagrams;
use super::inputs::PartInputs;
use super::report::report_page;
use super::runbook::{on_servers, runbook};
use crate::emit::{self, Artifact, EmitContext, EmitError, Halt, Sink, Team, put_all};
use crate::plan::{bill, compliance, federation, renewal, sizing};

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
    emit: Emit,
}

/// How a part is written.
#[derive(Debug, Clone, Copy)]
enum Emit {
    /// All files at once.
    Whole(fn(&PartInputs<'_>, &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError>),
    /// File by file, because together they are large.
    Each(fn(&PartInputs<'_>, &EmitContext<'_>, &dyn Sink) -> Result<(), Halt>),
}

use Emit::{Each, Whole};

impl PartialEq for Part {
    fn eq(&self, other: &Self) -> bool {
        self.word == other.word
    }
}

impl Part {
    /// Firewall rules.
    pub const FIREWALL: Part =
        Part { word: "firewall", title: "Rules for each firewall", folder: "network/firewall/", emit: Whole(firewall) };

    /// Configurations of load balancers.
    pub const LOAD_BALANCER: Part = Part {
        word: "load-balancer",
        title: "The configuration of each load balancer",
        folder: "network/load-balancer/",
        emit: Whole(|inputs, cx| emit::balancer::emit(inputs.plans.balancers(), inputs.dialects, cx)),
    };

    /// Zones, and the hosts files of servers in the perimeter.
    pub const DNS: Part = Part { word: "dns", title: "Zones for each view", folder: "dns/", emit: Whole(dns) };

    /// Certificate requests.
    pub const PKI: Part = Part { word: "pki", title: "Certificate requests", folder: "pki/", emit: Whole(pki) };

    /// What reverse proxies publish.
    pub const PUBLISHING: Part = Part {
        word: "publishing",
        title: "What reverse proxies publish",
        folder: "network/publishing/",
        emit: Whole(|inputs, cx| emit::publishing::emit(inputs.plans.publishing(), cx)),
    };

    /// What the voice team gets.
    pub const VOICE: Part = Part {
        word: "voice",
        title: "Company rules of each Address Book Server",
        folder: "voice/",
        emit: Whole(|inputs, cx| Ok(emit::voice::emit(inputs.plans.company_rules(), cx))),
    };

    /// The runbook.
    pub const RUNBOOK: Part = Part {
        word: "runbook",
        title: "The steps of the deployment; the compliance sheet",
        folder: "runbook/",
        emit: Each(runbook_pages),
    };

    /// The page for a review.
    pub const REPORT: Part =
        Part { word: "report", title: "One page for the review", folder: "report/", emit: Whole(report_page) };

    /// Figures of capacity.
    pub const SIZING: Part = Part {
        word: "sizing",
        title: "Figures of capacity, each beside what is declared; the bill of materials",
        folder: "sizing/",
        emit: Whole(|inputs, cx| {
            let product = inputs.plans.topology.organization.product;
            let places = sizing::Places::AsBuilt;
            let (sheet, bill) = (sizing::sheet(inputs.plans.sizing(), places), bill::bill(inputs.plans, places));
            let mut artifacts = emit::sizing::emit(&sheet, &bill, product, cx)?;
            artifacts.extend(emit::bill::emit(&bill, product, cx)?);
            Ok(artifacts)
        }),
    };

    /// What federated partners get.
    pub const FEDERATION: Part = Part {
        word: "federation",
        title: "A page for each federated partner",
        folder: "federation/",
        emit: Whole(|inputs, cx| emit::federation::emit(federation::plan(inputs.plans).as_ref(), cx)),
    };

    /// Pictures.
    pub const DIAGRAMS: Part = Part {
        word: "diagrams",
        title: "Pictures: an overview, each site, perimeter, telephony and names",
        folder: diagrams::FOLDER,
        emit: Each(diagrams::emit),
    };

    /// The work since another version.
    pub const CHANGE: Part = Part {
        word: "change",
        title: "The work since the version of --since",
        folder: "change/",
        emit: Whole(|inputs, cx| inputs.since.map_or_else(|| Ok(Vec::new()), |since| change::emit(inputs, since, cx))),
    };

    /// All parts, in the order of the help.
    pub const ALL: [Part; 12] = [
        Part::FIREWALL,
        Part::LOAD_BALANCER,
        Part::DNS,
        Part::PKI,
        Part::PUBLISHING,
        Part::VOICE,
        Part::RUNBOOK,
        Part::REPORT,
        Part::SIZING,
        Part::FEDERATION,
        Part::DIAGRAMS,
        Part::CHANGE,
    ];

    /// Gives its files to `sink`.
    pub(super) fn write(&self, inputs: &PartInputs<'_>, cx: &EmitContext<'_>, sink: &dyn Sink) -> Result<(), Halt> {
        match self.emit {
            Whole(emit) => put_all(sink, emit(inputs, cx)?),
            Each(emit) => emit(inputs, cx, sink),
        }
    }
}

fn firewall(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let PartInputs { plans, dialects, .. } = *inputs;
    let mut artifacts = emit::firewall::emit(plans.firewalls(), dialects, cx)?;
    if let Some(plan) = on_servers(plans, dialects) {
        artifacts.extend(emit::firewall::emit_hosts(plan, cx)?);
    }
    Ok(artifacts)
}

fn dns(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = emit::dns::emit(inputs.plans.dns(), cx)?;
    artifacts.extend(emit::dns::emit_hosts(inputs.plans.hosts(), cx)?);
    Ok(artifacts)
}

fn pki(inputs: &PartInputs<'_>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let mut artifacts = emit::pki::emit(inputs.plans.certificates(), cx)?;
    if let Some(dates) = inputs.renewal.filter(|_| !artifacts.is_empty()) {
        artifacts.extend(emit::pki::emit_renewals(&renewal::plan(inputs.plans, dates), cx));
    }
    Ok(artifacts)
}

fn runbook_pages(inputs: &PartInputs<'_>, cx: &EmitContext<'_>, sink: &dyn Sink) -> Result<(), Halt> {
    let plan = runbook(inputs.plans, inputs.dialects);
    match inputs.team {
        Some(team) if team != Team::Deployment => emit::runbook::of_team(&plan, team, cx, sink),
        _ => {
            emit::runbook::emit(&plan, cx, sink)?;
            put_all(sink, emit::compliance::emit(&compliance::plan(inputs.plans), cx)?)
        }
    }
}
