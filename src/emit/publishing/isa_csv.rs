//! `isa-rules.csv`: one web publishing rule a row, for change boards, tickets and scripts.

use super::super::{EmitContext, csv};
use super::isa::{Rule, timeout};
use super::reasons;
use crate::catalog::Confidence;

const HEADER: [&str; 29] = [
    "order",
    "rule name",
    "action",
    "publishing type",
    "listener",
    "listener addresses",
    "listener port",
    "listener security",
    "certificate",
    "listener authentication",
    "public names",
    "paths",
    "internal site name",
    "internal address",
    "bridging",
    "bridging port",
    "forward original host header",
    "requests appear to come from",
    "authentication delegation",
    "users",
    "connection timeout (seconds)",
    "largest request",
    "settings not in the guide",
    "reason",
    "declared",
    "guide step",
    "catalogue row",
    "source",
    "confidence",
];

/// The table.
pub(super) fn emit(rules: &[Rule<'_>], cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, rules.iter().map(row))
}

fn row(rule: &Rule<'_>) -> [String; HEADER.len()] {
    let settings = &rule.settings;
    let reasons: Vec<_> = reasons(rule.site).collect();
    // What a row rests on is as sure as the least sure of it.
    let confidence = reasons.iter().map(|reason| reason.confidence).min().unwrap_or(Confidence::Low);
    [
        rule.order.to_string(),
        rule.name.clone(),
        settings.action.value.clone(),
        settings.publishing_type.value.clone(),
        rule.listener.name.clone(),
        rule.listener.addresses.join("; "),
        rule.listener.ports.join("; "),
        settings.listener_security.value.clone(),
        rule.listener.certificate.slug.clone(),
        settings.listener_authentication.value.clone(),
        rule.public_names.join("; "),
        rule.paths.join("; "),
        rule.inside_name.to_owned(),
        rule.addresses.join("; "),
        settings.bridging.value.clone(),
        rule.port.to_string(),
        settings.host_header.value.clone(),
        settings.requests_from.value.clone(),
        settings.delegation.value.clone(),
        settings.users.value.clone(),
        timeout(),
        rule.largest.join("; "),
        settings.unsure().join("; "),
        distinct(reasons.iter().map(|reason| reason.purpose.clone())),
        distinct(reasons.iter().flat_map(|reason| reason.declared.iter().map(ToString::to_string))),
        distinct(reasons.iter().map(|reason| reason.step.to_string())),
        distinct(reasons.iter().map(|reason| reason.row.clone())),
        distinct(reasons.iter().flat_map(|reason| reason.source.iter().cloned())),
        confidence.word().to_owned(),
    ]
}

fn distinct(items: impl Iterator<Item = String>) -> String {
    let mut kept: Vec<String> = Vec::new();
    for item in items {
        if !kept.contains(&item) {
            kept.push(item);
        }
    }
    kept.join("; ")
}
