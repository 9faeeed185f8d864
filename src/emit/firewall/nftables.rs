//! `rules.nft`: a table that drops what no rule names. Loading it again replaces it; other tables stay as they are.
//!
//! Address lists are named sets, defined once and named by their content: a line per pair of addresses loads in quadratic time.

use std::collections::BTreeMap;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::{EmitContext, EmitError, Language};
use super::INSIDE;
use super::draft::{Draft, DraftRule, Place, fitting, full_reason, plain, remark};

/// The longest comment that nft takes, in bytes.
const MAX_COMMENT: usize = 128;

#[derive(Serialize)]
struct View<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    networks: Vec<String>,
    table: String,
    log_prefix: String,
    sets: Vec<SetView>,
    rules: Vec<RuleView>,
    inside: Option<&'static str>,
    nats: Vec<NatView>,
}

#[derive(Serialize)]
struct SetView {
    name: String,
    elements: Vec<String>,
}

#[derive(Serialize)]
struct RuleView {
    reason: String,
    matches: String,
    comment: String,
}

#[derive(Serialize)]
struct NatView {
    name: String,
    declared: String,
    public: String,
    inside: String,
}

/// The rule set of a firewall.
pub(super) fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let plan = draft.plan;
    let inside = (!plan.inside.is_empty()).then_some(INSIDE);
    let mut sets: BTreeMap<String, &[Ipv4Net]> =
        draft.lists.iter().map(|(key, list)| (set_name(key), list.nets.as_slice())).collect();
    sets.extend(inside.map(|inside| (inside.to_owned(), plan.inside.as_slice())));
    let label = plan.label.replace('-', "_");
    let view = View {
        note: cx.note(),
        organization: cx.organization,
        path: &plan.path,
        declared: plan.declared.to_string(),
        networks: plan.networks.iter().map(|network| format!("{} {}", network.path, network.range)).collect(),
        table: format!("ocstopo_{label}"),
        log_prefix: format!("ocstopo_{label} drop: "),
        sets: sets
            .into_iter()
            .map(|(name, nets)| SetView { name, elements: nets.iter().copied().map(plain).collect() })
            .collect(),
        rules: draft.rules.iter().map(rule_view).collect(),
        inside,
        nats: plan
            .nats
            .iter()
            .map(|nat| NatView {
                name: fitting([nat.name.clone()], &nat.name, MAX_COMMENT, escape),
                declared: nat.declared.to_string(),
                public: nat.public.to_string(),
                inside: nat.inside.to_string(),
            })
            .collect(),
    };
    cx.templates.render(Language::Nftables, "ruleset", &view)
}

fn escape(text: &str) -> String {
    Language::Nftables.escape(text)
}

fn rule_view(drafted: &DraftRule<'_>) -> RuleView {
    let rule = drafted.rule;
    let mut matches = Vec::new();
    for (word, place) in [("saddr", &drafted.sources), ("daddr", &drafted.destinations)] {
        match place {
            Place::Any => {}
            Place::Internet => matches.push(format!("ip {word} != @{INSIDE}")),
            Place::Net(net) => matches.push(format!("ip {word} {}", plain(*net))),
            Place::List(key) => matches.push(format!("ip {word} @{}", set_name(key))),
        }
    }
    if matches.is_empty() {
        // Without an address in it a rule would speak for IPv6 too.
        matches.push("meta nfproto ipv4".to_owned());
    }
    let transport = rule.transport.word();
    if let Some(source_ports) = &rule.source_ports {
        matches.push(format!("{transport} sport {}", ports(source_ports)));
    }
    matches.push(format!("{transport} dport {}", ports(&rule.destination_ports)));
    RuleView { reason: full_reason(rule), matches: matches.join(" "), comment: remark(rule, MAX_COMMENT, escape) }
}

fn set_name(key: &str) -> String {
    format!("net_{key}")
}

fn ports(ports: &[impl ToString]) -> String {
    let items: Vec<String> = ports.iter().map(ToString::to_string).collect();
    match items.as_slice() {
        [one] => one.clone(),
        _ => format!("{{ {} }}", items.join(", ")),
    }
}
