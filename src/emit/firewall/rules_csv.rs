//! `rules.csv`: the rules of one firewall as a table, for people, tickets and tools that have no dialect here.

use ipnet::Ipv4Net;

use super::super::{EmitContext, csv};
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
    "feature",
    "reason",
    "source line",
    "guide step",
    "catalogue row",
    "source",
    "confidence",
    "breaks",
];

/// The table. Names and addresses of a cell stand in the same order.
pub(super) fn emit(plan: &FirewallPlan, cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, plan.rules.iter().map(row))
}

fn row(rule: &FirewallRule) -> [String; HEADER.len()] {
    let reason = &rule.reason;
    [
        rule.id.clone(),
        "allow".to_owned(),
        list(&rule.sources, |party| party.path.clone()),
        list(&rule.sources, |party| address(party, &rule.sources_except)),
        rule.source_ports.as_ref().map_or_else(|| "any".to_owned(), |ports| list(ports, ToString::to_string)),
        list(&rule.destinations, |party| party.path.clone()),
        list(&rule.destinations, |party| address(party, &rule.destinations_except)),
        list(&rule.destination_ports, ToString::to_string),
        rule.transport.word().to_owned(),
        rule.application.clone(),
        reason.features.join("; "),
        reason.purpose.clone(),
        list(&reason.declared, ToString::to_string),
        reason.step.to_string(),
        reason.row.clone(),
        reason.source.join("; "),
        reason.confidence.word().to_owned(),
        rule.breaks.clone(),
    ]
}

fn address(party: &Party, except: &[Ipv4Net]) -> String {
    match party.public {
        _ if party.is_any() && except.is_empty() => "any".to_owned(),
        _ if party.is_any() => format!("any except {}", except.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
        Some(public) => format!("{} (public {public})", plain(party.net)),
        None => plain(party.net),
    }
}

/// A single address without `/32`.
fn plain(net: Ipv4Net) -> String {
    if net.prefix_len() == net.max_prefix_len() { net.addr().to_string() } else { net.to_string() }
}

fn list<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join("; ")
}
