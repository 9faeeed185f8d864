//! A page for each federated partner, in Markdown: what the engineers of both sides need, and how they test it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::language::{MARKDOWN, marked};
use super::{Artifact, EmitContext, EmitError, TOOL, Team};
use crate::catalog::{Confidence, FoundBy, PartnerTerm, TermPart, TestedThing};
use crate::plan::certificate::{Certificate, IssuerKind};
use crate::plan::federation::{Connection, FederationPlan, ListedPartner, Opener, Partner};
use crate::product::Role;
use crate::text::thousands;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    tool: &'static str,
    organization: &'a str,
    product: &'static str,
    /// The name of the partner; `None` on the page for those that are not listed.
    partner: Option<&'a str>,
    /// Its SIP domain and Access Edge, where they are known.
    sip_domain: Option<&'a str>,
    access_edge: Option<&'a str>,
    /// Whether its Access Edge is found by DNS.
    found: bool,
    discovers: bool,
    sip_domains: Vec<&'a str>,
    access: Vec<AccessView<'a>>,
    connections: Vec<ConnectionView<'a>>,
    media: Vec<&'static str>,
    certificates: Vec<CertificateView<'a>>,
    records: Vec<RecordView<'a>>,
    certificate_terms: Vec<TermView>,
    name_terms: Vec<TermView>,
    media_terms: Vec<TermView>,
    limits: Vec<LimitView>,
    tests: Vec<TestView>,
    own_tests: Vec<TestView>,
    common_tests: Vec<TestView>,
}

#[derive(Serialize)]
struct AccessView<'a> {
    name: &'a str,
    addresses: Vec<String>,
    ports: Vec<u16>,
    path: &'a str,
}

#[derive(Serialize)]
struct ConnectionView<'a> {
    from: String,
    from_ports: String,
    to: String,
    ports: String,
    application: &'a str,
    releases: Vec<&'static str>,
    breaks: &'a str,
    row: &'a str,
}

#[derive(Serialize)]
struct CertificateView<'a> {
    common_name: &'a str,
    others: Vec<&'a str>,
    uses: Vec<String>,
    issuer: Option<&'a str>,
    kind: Option<&'static str>,
}

#[derive(Serialize)]
struct RecordView<'a> {
    owner: &'a str,
    kind: &'a str,
    data: &'a str,
}

#[derive(Serialize)]
struct TermView {
    /// Text and code, see [`marked`].
    text: String,
    row: &'static str,
    /// Where it rests on one source.
    medium: bool,
}

#[derive(Serialize)]
struct LimitView {
    value: String,
    what: &'static str,
    row: &'static str,
}

#[derive(Serialize)]
struct TestView {
    text: String,
    commands: Vec<CommandView>,
    /// What is expected of a test that is no command.
    expect: Option<String>,
    row: &'static str,
}

#[derive(Serialize)]
struct CommandView {
    command: String,
    expect: String,
}

/// The pages; none without federation.
pub fn emit(plan: Option<&FederationPlan<'_>>, cx: &EmitContext<'_>) -> Result<Vec<Artifact>, EmitError> {
    let Some(plan) = plan else { return Ok(Vec::new()) };
    let edges = plan.own.access.iter().map(|edge| edge.path.to_owned());
    let certificates = plan.own.certificates.iter().flat_map(|certificate| &certificate.reason.declared);
    let made_from: BTreeSet<String> = edges.chain(certificates.map(|declared| declared.path.clone())).collect();
    let page = |partner: &Partner<'_>| {
        Ok(Artifact {
            path: format!("federation/{}.md", partner.file),
            team: Team::Deployment,
            made_from: made_from.iter().cloned().collect(),
            content: cx.templates.render(&MARKDOWN, "federation", &view(plan, partner.listed.as_ref(), cx))?,
        })
    };
    plan.partners.iter().map(page).collect()
}

fn view<'a>(plan: &'a FederationPlan<'_>, listed: Option<&'a ListedPartner<'_>>, cx: &EmitContext<'_>) -> View<'a> {
    let own = &plan.own;
    let access_edge = listed.and_then(|partner| partner.access_edge.as_ref()).map(|edge| edge.as_str());
    // A page for anybody has both ways where the Access Edge discovers partners, for its reader may choose.
    let found = own.discovers && access_edge.is_none();
    let way = |term: &&PartnerTerm| term.found_by.is_none_or(|way| (way == FoundBy::Dns) == found);
    let terms = |part: TermPart| {
        let of_part = plan.terms.iter().copied().filter(way).filter(move |term| term.part == part);
        of_part.filter(|term| term.provenance.confidence > Confidence::Low).map(term_view).collect::<Vec<_>>()
    };
    let tests = |side: &Side<'_>| {
        let wanted = plan.terms.iter().copied().filter(|term| term.part == TermPart::Test && term.over.is_some());
        // This side publishes what it publishes, whichever way the partner is found.
        let wanted = wanted.filter(|term| side.is_own || way(term));
        wanted.filter_map(|term| test(term, side)).collect::<Vec<_>>()
    };
    View {
        note: cx.note(),
        tool: TOOL,
        organization: own.organization,
        product: own.product,
        partner: listed.map(|partner| partner.name),
        sip_domain: listed.map(|partner| partner.sip_domain.as_str()),
        access_edge,
        found,
        discovers: own.discovers,
        sip_domains: own.sip_domains.iter().map(|domain| domain.as_str()).collect(),
        access: own
            .access
            .iter()
            .map(|edge| AccessView {
                name: edge.name.as_str(),
                addresses: edge.addresses.iter().map(ToString::to_string).collect(),
                ports: edge.ports.iter().copied().collect(),
                path: edge.path,
            })
            .collect(),
        connections: own.connections.iter().map(connection).collect(),
        media: own.media_releases.clone(),
        certificates: own.certificates.iter().map(|certificate| certificate_view(certificate)).collect(),
        records: own
            .records
            .iter()
            .map(|record| RecordView { owner: record.owner.as_str(), kind: record.kind, data: &record.data })
            .collect(),
        certificate_terms: terms(TermPart::Certificate),
        name_terms: terms(TermPart::Names),
        media_terms: terms(TermPart::Media),
        limits: plan
            .limits
            .iter()
            .filter(|_| listed.is_none())
            .map(|limit| LimitView { value: thousands(limit.value), what: &limit.what, row: &limit.id })
            .collect(),
        tests: tests(&Side::own(plan)),
        own_tests: tests(&Side::partner(listed, found)),
        common_tests: plan
            .terms
            .iter()
            .filter(|term| term.part == TermPart::Test && term.over.is_none())
            .filter_map(|term| test(term, &Side::own(plan)))
            .collect(),
    }
}

fn term_view(term: &'static PartnerTerm) -> TermView {
    TermView { text: runs(&term.text), row: &term.id, medium: term.provenance.confidence == Confidence::Medium }
}

/// Text of the catalogue with code between backticks.
fn runs(text: &str) -> String {
    marked(text.split('`').enumerate().map(|(at, part)| (part, at % 2 == 1)))
}

fn certificate_view(certificate: &Certificate) -> CertificateView<'_> {
    let others = certificate.sans.iter().filter(|name| **name != certificate.common_name);
    CertificateView {
        common_name: certificate.common_name.as_str(),
        others: others.map(|name| name.as_str()).collect(),
        uses: certificate.ekus.iter().map(|eku| format!("{} ({})", eku.word().replace('_', " "), eku.oid())).collect(),
        issuer: certificate.issuer.as_ref().map(|issuer| issuer.name.as_str()),
        kind: certificate.issuer.as_ref().map(|issuer| match issuer.kind {
            IssuerKind::Enterprise | IssuerKind::Standalone => "an authority of its own",
            IssuerKind::Public => "a public authority",
        }),
    }
}

fn connection<'a>(connection: &'a Connection<'_>) -> ConnectionView<'a> {
    let addresses = list(&connection.addresses);
    // The partner's edge plays the same role: Access Edges speak with Access Edges, A/V Edges with A/V Edges.
    let edge = match connection.role {
        Role::AccessEdge => "your Access Edge",
        _ => "your A/V Edge",
    };
    let (from, to) = match connection.opener {
        Opener::PartnerEdge => (edge.to_owned(), addresses),
        Opener::PartnerUsers => ("your users' clients".to_owned(), addresses),
        Opener::Own => (addresses, edge.to_owned()),
    };
    let transports: Vec<&str> = connection.transports.iter().map(|transport| transport.word()).collect();
    ConnectionView {
        from,
        from_ports: connection.source_ports.map_or_else(|| "any".to_owned(), list),
        to,
        ports: format!("{} {}", transports.join(" and ").to_uppercase(), list(connection.ports)),
        application: connection.application,
        releases: connection.releases.clone(),
        breaks: connection.breaks,
        row: &connection.reason.row,
    }
}

fn list<T: ToString>(items: impl IntoIterator<Item = T>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(", ")
}

/// What is tested of a side.
struct Side<'a> {
    is_own: bool,
    services: Vec<(String, String)>,
    names: Vec<(String, String)>,
    connections: Vec<(&'a str, u16)>,
}

impl<'a> Side<'a> {
    fn own(plan: &'a FederationPlan<'_>) -> Self {
        let own = &plan.own;
        let service = own.records.iter().filter_map(|record| {
            let (target, port) = record.service?;
            Some((record.owner.to_string(), answer(target.as_str(), port)))
        });
        let addresses = own.records.iter().filter(|record| record.service.is_none());
        let names = addresses.map(|record| (record.owner.to_string(), record.data.clone()));
        let connections = own.access.iter().flat_map(|edge| edge.ports.iter().map(|port| (edge.name.as_str(), *port)));
        Self { is_own: true, services: service.collect(), names: names.collect(), connections: connections.collect() }
    }

    /// What is known of a partner.
    fn partner(listed: Option<&'a ListedPartner<'_>>, found: bool) -> Self {
        let mut side = Self { is_own: false, services: Vec::new(), names: Vec::new(), connections: Vec::new() };
        let domain = listed.map_or("<SIP domain>", |partner| partner.sip_domain.as_str());
        let edge = listed.and_then(|partner| partner.access_edge.as_ref()).map_or("<Access Edge>", |edge| edge.as_str());
        if found {
            let target = format!("a name within {domain}");
            side.services.push((format!("_sipfederationtls._tcp.{domain}"), answer(&target, PORT)));
        }
        side.names.push((edge.to_owned(), "a public address of the table above".to_owned()));
        side.connections.push((edge, PORT));
        side
    }
}

/// The port of every Access Edge for partners.
const PORT: u16 = 5061;

/// What nslookup prints of a service record.
fn answer(target: &str, port: u16) -> String {
    format!("port = {port}, svr hostname = {target}")
}

/// A test with the things of a side; `None` where it has none.
fn test(term: &'static PartnerTerm, side: &Side<'_>) -> Option<TestView> {
    if term.provenance.confidence == Confidence::Low {
        return None;
    }
    let filled = |values: &[(&str, &str)]| {
        let fill =
            |text: &str| values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value));
        let (Some(command), Some(expect)) = (&term.command, &term.expect) else { return None };
        Some(CommandView { command: fill(command), expect: runs(&fill(expect)) })
    };
    let commands: Vec<CommandView> = match term.over {
        None => filled(&[]).into_iter().collect(),
        Some(TestedThing::ServiceRecord) => {
            side.services.iter().filter_map(|(name, answer)| filled(&[("name", name), ("answer", answer)])).collect()
        }
        Some(TestedThing::Name) => {
            side.names.iter().filter_map(|(name, answer)| filled(&[("name", name), ("answer", answer)])).collect()
        }
        Some(TestedThing::Connection) => {
            let connection = |(name, port): &(&str, u16)| filled(&[("name", name), ("port", &port.to_string())]);
            side.connections.iter().filter_map(connection).collect()
        }
    };
    let expect = term.expect.as_ref().filter(|_| term.command.is_none()).map(|expect| runs(expect));
    (!commands.is_empty() || expect.is_some()).then(|| TestView { text: runs(&term.text), commands, expect, row: &term.id })
}
