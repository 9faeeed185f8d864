//! `rules.asa`: object groups, an access list for each interface, static translations. ASA 8.3 and later, which compares rules
//! with the servers' own addresses. `remove.asa` takes away its lists and groups, `remove-nat.asa` its translations: of an
//! address that is translated there can be one translation at a time, so these cannot exist beside others.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::names::fit;
use super::super::{EmitContext, EmitError};
use super::change;
use super::cisco::{self, AccessList, Group, LANGUAGE};
use super::draft::{Draft, DraftRule, Service};
use super::head::Head;
use super::{Dialect, Written};
use crate::plan::digest;
use crate::plan::firewall::MatchedAddress;
use crate::product::{FirewallDialect, PortRange};

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::CiscoAsa.word(),
    reader: "Cisco ASA",
    language: &LANGUAGE,
    file: "rules.asa",
    remove: Some("remove.asa"),
    stateful: true,
    matched: MatchedAddress::Real,
    own: |_| vec![("remove_nat", REMOVE_NAT.to_owned())],
    emit,
    ways: true,
    change: change::asa,
};

const TEMPLATE: &str = "cisco/asa";

/// The file that takes translations away.
pub(super) const REMOVE_NAT: &str = "remove-nat.asa";

/// The longest name of a group of ports; 64 are allowed.
const MAX_NAME: usize = 60;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    groups: Vec<Group>,
    services: Vec<ServiceGroup>,
    lists: Vec<AccessList>,
    nats: Vec<NatView>,
    /// What the names of translations end in; `None` without any.
    translations: Option<String>,
    version: &'static str,
}

#[derive(Serialize)]
struct ServiceGroup {
    name: String,
    transport: &'static str,
    ports: Vec<String>,
}

#[derive(Serialize)]
struct NatView {
    name: String,
    declared: String,
    real: String,
    mapped: String,
    public: String,
    inside: String,
}

/// The configuration of a firewall.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let mut lists = cisco::access_lists(draft);
    let mut services: BTreeMap<String, ServiceGroup> = BTreeMap::new();
    for drafted in &draft.rules {
        let (from, _) = draft.between(drafted.rule, TEMPLATE)?;
        let line = line(drafted, &mut services);
        if let Some(list) = lists.get_mut(from.path) {
            list.entries.push(cisco::entry(drafted, "", vec![line]));
        }
    }
    let (nats, translations) = nats(draft);
    let view = View {
        head: Head::new(draft, cx, "cisco_asa", cisco::interface),
        groups: cisco::groups(draft),
        services: services.into_values().collect(),
        lists: cisco::in_order(draft, lists),
        nats,
        translations,
        version: cisco::VERSION,
    };
    let render = |template: &str| cx.templates.render(&LANGUAGE, template, &view);
    let [rules, remove] = cisco::stamp(&render("asa")?, &render("asa_remove")?);
    let beside = if view.nats.is_empty() { Vec::new() } else { vec![(REMOVE_NAT, render("asa_remove_nat")?)] };
    Ok(Written { rules, remove: Some(remove), beside })
}

fn line(drafted: &DraftRule<'_>, services: &mut BTreeMap<String, ServiceGroup>) -> String {
    let rule = drafted.rule;
    let transport = rule.transport.word();
    let place = |place| cisco::place(place, |net| net.netmask().to_string());
    let mut ports = |ports: &[PortRange]| match ports {
        [only] => cisco::port(only),
        several => {
            let name = Service { transport, source_ports: None, ports: several }.name(MAX_NAME - cisco::VERSION_LENGTH - 1);
            let name = cisco::versioned(&name);
            services.entry(name.clone()).or_insert_with(|| ServiceGroup {
                name: name.clone(),
                transport,
                ports: several.iter().map(cisco::port).collect(),
            });
            format!("object-group {name}")
        }
    };
    let from = rule.source_ports.as_deref().map(|list| format!(" {}", ports(list))).unwrap_or_default();
    let to = ports(&rule.destination_ports);
    format!("permit {transport} {}{from} {} {to}", place(&drafted.sources), place(&drafted.destinations))
}

/// The translations, and what their names end in: a digest of all of them.
fn nats(draft: &Draft<'_>) -> (Vec<NatView>, Option<String>) {
    let mut nats = Vec::new();
    for nat in &draft.plan.nats {
        let real = draft.home(nat).map_or_else(|| "any".to_owned(), |side| cisco::interface(&side.name));
        for mapped in draft.translated_on(nat) {
            let mapped = cisco::interface(&mapped.name);
            nats.push(NatView {
                name: fit(&format!("nat_{}_{mapped}", nat.name), MAX_NAME - cisco::VERSION_LENGTH - 1),
                declared: nat.declared.to_string(),
                real: real.clone(),
                mapped,
                public: nat.public.to_string(),
                inside: nat.inside.to_string(),
            });
        }
    }
    if nats.is_empty() {
        return (nats, None);
    }
    let fields = |nat: &NatView| [&nat.name, &nat.real, &nat.mapped, &nat.public, &nat.inside].map(String::as_str).join(" ");
    let version = digest(nats.iter().map(fields).collect::<Vec<_>>().join("\n"), cisco::VERSION_LENGTH);
    for nat in &mut nats {
        nat.name = format!("{}_{version}", nat.name);
    }
    (nats, Some(version))
}
