//! `rules.nft`: a table that drops what no rule names. Loading it again replaces it; other tables stay as they are.
//!
//! Address lists are named sets, defined once and named by their content: a line per pair of addresses loads in quadratic time.

use std::collections::BTreeMap;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::{EmitContext, EmitError, Language};
use super::INSIDE;
use crate::plan::digest;
use crate::plan::firewall::{FirewallPlan, FirewallRule, Party, addresses};

/// The longest comment that nft takes, in bytes.
const MAX_COMMENT: usize = 128;

/// How many parties the line above a rule names; beyond, it counts them, and `rules.csv` names them all.
const MAX_NAMES: usize = 6;

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
pub(super) fn emit(plan: &FirewallPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let mut sets = BTreeMap::new();
    let inside = (!plan.inside.is_empty()).then_some(INSIDE);
    if inside.is_some() {
        sets.insert(INSIDE.to_owned(), plan.inside.clone());
    }
    let rules = plan.rules.iter().map(|rule| rule_view(rule, inside, &mut sets)).collect::<Result<_, _>>()?;
    let label = plan.label.replace('-', "_");
    let view = View {
        note: cx.note(),
        organization: cx.organization,
        path: &plan.path,
        declared: plan.declared.to_string(),
        networks: plan.networks.iter().map(|network| format!("{} {}", network.path, network.range)).collect(),
        table: format!("ocstopo_{label}"),
        log_prefix: format!("ocstopo_{label} drop: "),
        sets: sets.into_iter().map(|(name, nets)| SetView { name, elements: nets.into_iter().map(plain).collect() }).collect(),
        rules,
        inside,
        nats: plan
            .nats
            .iter()
            .map(|nat| NatView {
                name: fitting([nat.name.clone()], &nat.name),
                declared: nat.declared.to_string(),
                public: nat.public.to_string(),
                inside: nat.inside.to_string(),
            })
            .collect(),
    };
    cx.templates.render(Language::Nftables, "ruleset", &view)
}

type Sets = BTreeMap<String, Vec<Ipv4Net>>;

fn rule_view(rule: &FirewallRule, inside: Option<&str>, sets: &mut Sets) -> Result<RuleView, EmitError> {
    let unclear = |what: &str| EmitError {
        template: "nftables/ruleset".to_owned(),
        message: format!("rule `{}` {what}; a rule is never widened or dropped, so nothing is written", rule.id),
    };
    if rule.sources.is_empty() || rule.destinations.is_empty() || rule.destination_ports.is_empty() {
        return Err(unclear("has no source, no destination or no port"));
    }
    let mut matches = Vec::new();
    for (word, parties) in [("saddr", &rule.sources), ("daddr", &rule.destinations)] {
        if parties.len() > 1 && parties.iter().any(Party::is_any) && inside.is_some() {
            return Err(unclear("names the internet together with other parties"));
        }
        match addresses(parties).as_slice() {
            [net] if net.prefix_len() == 0 => {
                matches.extend(inside.map(|inside| format!("ip {word} != @{inside}")));
            }
            [net] => matches.push(format!("ip {word} {}", plain(*net))),
            nets => {
                let name = set_name(nets);
                matches.push(format!("ip {word} @{name}"));
                sets.entry(name).or_insert_with(|| nets.to_vec());
            }
        }
    }
    if matches.is_empty() {
        // Without an address in it a rule would speak for IPv6 too.
        matches.push("meta nfproto ipv4".to_owned());
    }
    let transport = rule.transport.word();
    if let Some(source_ports) = &rule.source_ports {
        if source_ports.is_empty() {
            return Err(unclear("has no source port"));
        }
        matches.push(format!("{transport} sport {}", ports(source_ports)));
    }
    matches.push(format!("{transport} dport {}", ports(&rule.destination_ports)));
    Ok(RuleView { reason: full_reason(rule), matches: matches.join(" "), comment: comment(rule) })
}

fn set_name(nets: &[Ipv4Net]) -> String {
    format!("net_{}", digest(&nets.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "), 12))
}

fn ports(ports: &[impl ToString]) -> String {
    let items: Vec<String> = ports.iter().map(ToString::to_string).collect();
    match items.as_slice() {
        [one] => one.clone(),
        _ => format!("{{ {} }}", items.join(", ")),
    }
}

/// A single address without `/32`.
fn plain(net: Ipv4Net) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

fn full_reason(rule: &FirewallRule) -> String {
    let reason = &rule.reason;
    let mut text = format!(
        "{}: {} from {} to {}: {}; for {}",
        rule.id,
        rule.application,
        names(&rule.sources),
        names(&rule.destinations),
        reason.purpose,
        reason.features.join(", ")
    );
    if !reason.declared.is_empty() {
        text += &format!("; {}", reason.declared.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
    }
    text += &format!("; step {}; {}; confidence {}", reason.step, reason.source.join(", "), reason.confidence.word());
    text + &format!("; without it: {}", rule.breaks)
}

fn names(parties: &[Party]) -> String {
    let mut paths: Vec<&str> = parties.iter().map(|party| party.path.as_str()).collect();
    paths.dedup();
    match paths.len() {
        0..=MAX_NAMES => paths.join(", "),
        more => format!("{} and {} others", paths[..MAX_NAMES].join(", "), more - MAX_NAMES),
    }
}

/// What the rule's counterpart in `rules.csv` is found by, with as much of the reason as fits. It names no file and line: the kernel
/// then holds the same rules wherever a block stands, and no length of a place decides what fits.
fn comment(rule: &FirewallRule) -> String {
    let reason = &rule.reason;
    let step = format!("{} step {}", rule.id, reason.step);
    let declared = reason.declared.first().map(|declared| format!(" {}", declared.path)).unwrap_or_default();
    let features = if reason.features.is_empty() { String::new() } else { format!(" [{}]", reason.features.join(", ")) };
    let marked = format!("{} step {} #{}", reason.row, reason.step, digest(&rule.id, 12));
    fitting([format!("{step}{features}{declared}"), format!("{step}{declared}"), step, marked], &rule.id)
}

/// The first form that fits in a comment. A name is never cut: where none fits, a digest of `key` stands in its place.
fn fitting(forms: impl IntoIterator<Item = String>, key: &str) -> String {
    let fits = |form: &String| Language::Nftables.escape(form).len() <= MAX_COMMENT;
    forms.into_iter().find(fits).unwrap_or_else(|| format!("#{}", digest(key, 12)))
}
