//! `rules.nft`: a table that drops what no rule names. Loading it again replaces it; other tables stay as they are.
//!
//! Address lists are named sets, defined once and named by what they mean, for no old member survives a load: a line per pair of addresses loads in quadratic time.

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::language::{language, without_quotes};
use super::super::width::WIDEST;
use super::super::{EmitContext, EmitError, Language};
use super::change;
use super::draft::{Draft, DraftRule, Place, full_reason, plain, remark};
use super::head::{Head, NatView, nats};
use super::{Dialect, INSIDE, Written};
use crate::plan::firewall::FirewallPlan;
use crate::plan::firewall::MatchedAddress;
use crate::product::FirewallDialect;

/// A quoted string of nft has no escapes at all, so what would end it is left out; a backslash could join lines.
static LANGUAGE: Language = language!("nftables", without_quotes).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: FirewallDialect::Nftables.word(),
    reader: "nftables",
    language: &LANGUAGE,
    file: "rules.nft",
    remove: None,
    stateful: true,
    matched: MatchedAddress::Real,
    own: |plan| vec![("own", table(plan))],
    emit,
    ways: false,
    change: change::nft,
};

/// The longest comment that nft takes, in bytes.
const MAX_COMMENT: usize = 128;

/// What a rule has around its matches and its comment.
const RULE: usize = "\t\t accept comment \"\"".len();

/// What is said of the networks that are not the internet.
const ABOUT_INSIDE: &str = "What is declared and is not the internet here: rules and translations for the internet leave it out.";

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
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
    /// Whose addresses it holds.
    about: String,
    elements: Vec<String>,
}

#[derive(Serialize)]
struct RuleView {
    reason: String,
    matches: String,
    comment: String,
    /// Whether the comment has a line of its own.
    is_wide: bool,
}

/// The rule set of a firewall.
fn emit(draft: &Draft<'_>, cx: &EmitContext<'_>) -> Result<Written, EmitError> {
    let plan = draft.plan;
    let inside = (!plan.inside.is_empty()).then_some(INSIDE);
    let set = |name: &str, about: &str, nets: &[Ipv4Net]| SetView {
        name: name.to_owned(),
        about: about.to_owned(),
        elements: nets.iter().copied().map(plain).collect(),
    };
    let mut sets: Vec<SetView> = draft.lists.values().map(|list| set(&list.name, &list.names, &list.nets)).collect();
    sets.extend(inside.map(|inside| set(inside, ABOUT_INSIDE, &plan.inside)));
    sets.sort_by(|a, b| a.name.cmp(&b.name));
    let table = table(plan);
    let view = View {
        head: Head::new(draft, cx, "nftables", str::to_owned),
        log_prefix: format!("{table} drop: "),
        table,
        sets,
        rules: draft.rules.iter().map(|rule| rule_view(draft, rule)).collect(),
        inside,
        nats: nats(draft, MAX_COMMENT, escape),
    };
    cx.templates.render(&LANGUAGE, "ruleset", &view).map(Written::from)
}

/// The name of the table.
pub(super) fn table(plan: &FirewallPlan) -> String {
    format!("ocstopo_{}", plan.label.replace('-', "_"))
}

fn escape(text: &str) -> String {
    LANGUAGE.escape(text)
}

fn rule_view(draft: &Draft<'_>, drafted: &DraftRule<'_>) -> RuleView {
    let rule = drafted.rule;
    let mut matches = Vec::new();
    for (word, place) in [("saddr", &drafted.sources), ("daddr", &drafted.destinations)] {
        match place {
            Place::Any => {}
            Place::Internet => matches.push(format!("ip {word} != @{INSIDE}")),
            Place::Net(net) => matches.push(format!("ip {word} {}", plain(*net))),
            Place::List(key) => matches.push(format!("ip {word} @{}", draft.list_named(key))),
        }
    }
    if matches.is_empty() {
        // Without an address in it a rule would match IPv6 too.
        matches.push("meta nfproto ipv4".to_owned());
    }
    let transport = rule.transport.word();
    if let Some(source_ports) = &rule.source_ports {
        matches.push(format!("{transport} sport {}", ports(source_ports)));
    }
    matches.push(format!("{transport} dport {}", ports(&rule.destination_ports)));
    let (matches, comment) = (matches.join(" "), remark(rule, MAX_COMMENT, escape));
    let is_wide = RULE + matches.chars().count() + comment.chars().count() > WIDEST;
    RuleView { reason: full_reason(rule), matches, comment, is_wide }
}

fn ports(ports: &[impl ToString]) -> String {
    let items: Vec<String> = ports.iter().map(ToString::to_string).collect();
    match items.as_slice() {
        [one] => one.clone(),
        _ => format!("{{ {} }}", items.join(", ")),
    }
}
