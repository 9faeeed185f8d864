//! `rules.csv`: the rules of one firewall as a table, for people, tickets and tools that have no dialect here.

use ipnet::Ipv4Net;

use super::super::{EmitContext, csv};
use super::draft::plain;
use super::{INSIDE, INSIDE_TABLE};
use crate::plan::firewall::{FirewallPlan, FirewallRule, Party};

const HEADER: [&str; 18] = [
    "id",
    "action",
    "source names",
    "source addresses",
    "source ports",
    "destination names",
    "destination addresses",
    "destination ports",
    "transport",
    "application",
    "reason",
    "owner",
    "declared",
    "guide step",
    "catalogue row",
    "source",
    "confidence",
    "breaks",
];

/// The table. Names and addresses of a cell are in the same order.
pub(super) fn emit(plan: &FirewallPlan, cx: &EmitContext<'_>) -> String {
    let internet = internet(&plan.inside);
    csv::write(cx.note(), &HEADER, plan.rules.iter().map(|rule| row(rule, &internet)))
}

/// The networks that are not the internet, as a table of their own: in the cells, a network more would change every rule.
pub(super) fn inside(plan: &FirewallPlan, cx: &EmitContext<'_>) -> Option<String> {
    let table = || csv::write(cx.note(), &["network"], plan.inside.iter().map(|net| [net.to_string()]));
    (!plan.inside.is_empty()).then(table)
}

fn row(rule: &FirewallRule, internet: &str) -> [String; HEADER.len()] {
    let reason = &rule.reason;
    [
        rule.id.clone(),
        "allow".to_owned(),
        list(&rule.sources, |party| party.path.clone()),
        list(&rule.sources, |party| address(party, internet)),
        rule.source_ports.as_ref().map_or_else(|| "any".to_owned(), |ports| list(ports, ToString::to_string)),
        list(&rule.destinations, |party| party.path.clone()),
        list(&rule.destinations, |party| address(party, internet)),
        list(&rule.destination_ports, ToString::to_string),
        rule.transport.word().to_owned(),
        rule.application.clone(),
        reason.purpose.clone(),
        reason.declared.first().map(|declared| declared.path.clone()).unwrap_or_default(),
        list(&reason.declared, ToString::to_string),
        reason.step.to_string(),
        reason.row.clone(),
        reason.source.join("; "),
        reason.confidence.word().to_owned(),
        rule.breaks.clone(),
    ]
}

/// The addresses of the internet: any but those of the networks inside.
fn internet(inside: &[Ipv4Net]) -> String {
    if inside.is_empty() { "any".to_owned() } else { format!("any except {INSIDE} (see {INSIDE_TABLE})") }
}

fn address(party: &Party, internet: &str) -> String {
    match party.public {
        _ if party.is_any() => internet.to_owned(),
        Some(public) => format!("{} (public {public})", plain(party.net)),
        None => plain(party.net),
    }
}

fn list<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join("; ")
}
