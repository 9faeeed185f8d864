//! `aerleon/`: the rules of all firewalls as policies of Aerleon, with their definitions, for the platforms that it writes and
//! ocstopo does not. There are policies for each firewall and definitions once for all.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::language::YAML;
use super::super::names::fit;
use super::super::{EmitContext, EmitError};
use super::draft::{Draft, DraftRule, Place, Service, full_reason, remark};
use super::head::Head;

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
    source_exclude: Option<String>,
    source_port: Option<String>,
    destination: Option<String>,
    destination_exclude: Option<String>,
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

/// What every address is called; a term that means the internet leaves out of it what is not.
const EVERYTHING: &str = "EVERY_ADDRESS";

/// The names of the lists of all firewalls, which share the definitions: a list of the same networks has one name in all of them.
pub(super) struct Names<'d> {
    by_key: BTreeMap<&'d str, String>,
}

impl<'d> Names<'d> {
    /// The name that a draft gives, with the firewall's before it where another list has it.
    pub(super) fn new(drafts: &'d [Draft<'_>]) -> Self {
        let mut by_key: BTreeMap<&str, String> = BTreeMap::new();
        let mut given: BTreeSet<String> = BTreeSet::from([EVERYTHING.to_owned()]);
        for draft in drafts {
            for (key, list) in &draft.lists {
                if by_key.contains_key(key.as_str()) {
                    continue;
                }
                let forms = [list.name.clone(), format!("{}_{}", draft.plan.label, list.name)].map(|form| token(&form));
                let free = forms.into_iter().find(|name| !given.contains(name));
                let name = free.unwrap_or_else(|| token(&format!("net_{key}")));
                given.insert(name.clone());
                by_key.insert(key, name);
            }
        }
        Self { by_key }
    }

    /// The name of a place; `None` for every address.
    fn place(&self, place: &Place) -> Option<String> {
        match place {
            Place::Any => None,
            Place::Internet => Some(EVERYTHING.to_owned()),
            Place::Net(net) if net.prefix_len() == net.max_prefix_len() => Some(format!("H_{}", net.addr()).replace('.', "_")),
            Place::Net(net) => Some(format!("N_{net}").replace(['.', '/'], "_")),
            Place::List(key) => self.by_key.get(key.as_str()).cloned(),
        }
    }
}

/// A name as Aerleon takes it.
fn token(name: &str) -> String {
    fit(&name.replace(['-', '.'], "_"), MAX_NAME).replace('-', "_").to_uppercase()
}

/// The name of what is not the internet to a firewall, where the place is the internet.
fn left_out(draft: &Draft<'_>, place: &Place) -> Option<String> {
    (*place == Place::Internet).then(|| token(&format!("inside_{}", draft.plan.label)))
}

/// The policy of a firewall.
pub(super) fn policy(draft: &Draft<'_>, names: &Names<'_>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let view = View {
        head: Head::new(draft, cx, "aerleon", str::to_owned),
        filter: fit(&draft.plan.label, MAX_NAME),
        terms: draft.rules.iter().map(|rule| term(draft, names, rule)).collect(),
    };
    cx.templates.render(&YAML, "aerleon_policy", &view)
}

fn term(draft: &Draft<'_>, names: &Names<'_>, drafted: &DraftRule<'_>) -> Term {
    let rule = drafted.rule;
    let service = Service::of(rule);
    Term {
        reason: full_reason(rule),
        name: fit(&rule.id, MAX_TERM),
        about: remark(rule, MAX_COMMENT, |text| YAML.escape(text)),
        source: names.place(&drafted.sources),
        source_exclude: left_out(draft, &drafted.sources),
        source_port: service.source_ports.map(|ports| ports_name(&Service { source_ports: None, ports, ..service })),
        destination: names.place(&drafted.destinations),
        destination_exclude: left_out(draft, &drafted.destinations),
        destination_port: ports_name(&Service { source_ports: None, ..service }),
        protocol: service.transport,
    }
}

/// The definitions of all policies.
pub(super) fn definitions(drafts: &[Draft<'_>], names: &Names<'_>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let mut networks: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut services: BTreeMap<String, (&'static str, Vec<String>)> = BTreeMap::new();
    for draft in drafts {
        for rule in &draft.rules {
            for place in [&rule.sources, &rule.destinations] {
                if let Some(name) = names.place(place) {
                    networks.entry(name).or_insert_with(|| members(draft, place));
                }
                if let Some(name) = left_out(draft, place) {
                    networks.entry(name).or_insert_with(|| draft.plan.inside.iter().map(ToString::to_string).collect());
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

fn members(draft: &Draft<'_>, place: &Place) -> Vec<String> {
    match place {
        Place::Any => Vec::new(),
        Place::Internet => vec!["0.0.0.0/0".to_owned()],
        Place::Net(net) => vec![net.to_string()],
        Place::List(key) => draft.lists.get(key).into_iter().flat_map(|list| &list.nets).map(ToString::to_string).collect(),
    }
}

fn ports_name(service: &Service<'_>) -> String {
    service.name(MAX_NAME).to_uppercase()
}
