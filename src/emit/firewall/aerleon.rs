//! `aerleon/`: the rules of all firewalls as policies of Aerleon, with their definitions, for the platforms that it writes and
//! ocstopo does not. There are policies for each firewall and definitions once for all.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::language::YAML;
use super::super::names::fit;
use super::super::{EmitContext, EmitError};
use super::draft::{Draft, DraftRule, Place, Service, full_reason, remark};
use super::head::Head;
use crate::plan::digest;

/// The longest name of a definition or a filter.
const MAX_NAME: usize = 31;

/// The longest name of a term: its generator for iptables makes chains of them.
const MAX_TERM: usize = 24;

/// The longest comment of a term; Aerleon makes a remark of it, of which Cisco takes a hundred characters.
const MAX_COMMENT: usize = 80;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    filter: String,
    terms: Vec<Term>,
}

#[derive(Serialize)]
struct Term {
    reason: String,
    name: String,
    about: String,
    source: Option<String>,
    source_port: Option<String>,
    destination: Option<String>,
    destination_port: String,
    protocol: &'static str,
}

#[derive(Serialize)]
struct Definitions<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    networks: Vec<(String, Vec<String>)>,
    services: Vec<(String, &'static str, Vec<String>)>,
}

/// The policy of a firewall.
pub(super) fn policy(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let view = View {
        head: Head::new(draft, cx, "aerleon", str::to_owned),
        filter: fit(&draft.plan.label, MAX_NAME),
        terms: draft.rules.iter().map(|rule| term(draft, rule)).collect(),
    };
    cx.templates.render(&YAML, "aerleon_policy", &view)
}

fn term(draft: &Draft<'_>, drafted: &DraftRule<'_>) -> Term {
    let rule = drafted.rule;
    let service = Service::of(rule);
    Term {
        reason: full_reason(rule),
        name: fit(&rule.id, MAX_TERM),
        about: remark(rule, MAX_COMMENT, |text| YAML.escape(text)),
        source: network(draft, &drafted.sources),
        source_port: service.source_ports.map(|ports| ports_name(&Service { source_ports: None, ports, ..service })),
        destination: network(draft, &drafted.destinations),
        destination_port: ports_name(&Service { source_ports: None, ..service }),
        protocol: service.transport,
    }
}

/// The definitions of all policies.
pub(super) fn definitions(drafts: &[Draft<'_>], cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let mut networks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut services: BTreeMap<String, (&'static str, Vec<String>)> = BTreeMap::new();
    for draft in drafts {
        for rule in &draft.rules {
            for place in [&rule.sources, &rule.destinations] {
                if let Some(name) = network(draft, place) {
                    networks.entry(name).or_insert_with(|| members(draft, place));
                }
            }
            let service = Service::of(rule.rule);
            for ports in [Some(service.ports), service.source_ports].into_iter().flatten() {
                let name = ports_name(&Service { source_ports: None, ports, ..service });
                let ports = || ports.iter().map(ToString::to_string).collect();
                services.entry(name).or_insert_with(|| (service.transport, ports()));
            }
        }
    }
    let view = Definitions {
        note: cx.note(),
        organization: cx.organization,
        networks: networks.into_iter().collect(),
        services: services.into_iter().map(|(name, (protocol, ports))| (name, protocol, ports)).collect(),
    };
    cx.templates.render(&YAML, "aerleon_definitions", &view)
}

/// The name of a place; `None` for every address.
fn network(draft: &Draft<'_>, place: &Place) -> Option<String> {
    match place {
        Place::Any => None,
        // What the internet is differs from firewall to firewall.
        Place::Internet => {
            let inside = draft.plan.inside.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            Some(format!("INTERNET_{}", digest(inside, 12)))
        }
        Place::Net(net) if net.prefix_len() == net.max_prefix_len() => Some(format!("H_{}", net.addr()).replace('.', "_")),
        Place::Net(net) => Some(format!("N_{net}").replace(['.', '/'], "_")),
        Place::List(key) => Some(format!("NET_{key}")),
    }
}

fn members(draft: &Draft<'_>, place: &Place) -> Vec<String> {
    match place {
        Place::Any => Vec::new(),
        Place::Internet => draft.plan.internet().networks().iter().map(ToString::to_string).collect(),
        Place::Net(net) => vec![net.to_string()],
        Place::List(key) => draft.lists.get(key).into_iter().flat_map(|list| &list.nets).map(ToString::to_string).collect(),
    }
}

fn ports_name(service: &Service<'_>) -> String {
    service.name(MAX_NAME).to_uppercase()
}
