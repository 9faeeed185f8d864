//! `listeners.csv`: the listeners of one load balancer as a table, for people, tickets and devices that have no dialect here.

use super::super::{EmitContext, csv};
use crate::catalog::{Affinity, Method};
use crate::plan::balancer::{BalancerPlan, Listener, NatMode};

const HEADER: [&str; 24] = [
    "id",
    "name",
    "virtual address",
    "transport",
    "port",
    "application",
    "servers",
    "server addresses",
    "method",
    "stays with a server",
    "idle seconds",
    "translation",
    "source addresses",
    "check",
    "check every seconds",
    "small packets wait",
    "reason",
    "declared",
    "guide step",
    "source",
    "confidence",
    "flows",
    "owner",
    "breaks",
];

/// The table. Servers and addresses of a cell are in the same order.
pub(super) fn emit(plan: &BalancerPlan, cx: &EmitContext<'_>) -> String {
    csv::write(cx.note(), &HEADER, plan.listeners.iter().map(|listener| row(plan, listener)))
}

fn row(plan: &BalancerPlan, listener: &Listener) -> [String; HEADER.len()] {
    let reason = &listener.reason;
    [
        listener.id.clone(),
        listener.name.clone().unwrap_or_default(),
        listener.address.to_string(),
        listener.transport.word().to_owned(),
        listener.port.to_string(),
        listener.application.clone(),
        list(&listener.servers, |behind| behind.path.clone()),
        list(&listener.servers, |behind| behind.address.to_string()),
        match listener.method {
            Method::LeastConnections => "least connections",
            Method::RoundRobin => "round robin",
        }
        .to_owned(),
        match listener.affinity {
            Affinity::Connection => "each connection",
            Affinity::Client => "all connections of a client",
        }
        .to_owned(),
        plan.idle_seconds.to_string(),
        match plan.nat {
            NatMode::Snat => "snat",
            NatMode::Dnat => "dnat",
        }
        .to_owned(),
        list(&plan.snat_addresses, ToString::to_string),
        format!("TCP connection to port {}", listener.check.port),
        listener.check.seconds.to_string(),
        if listener.nagle { "as usual" } else { "no" }.to_owned(),
        reason.purpose.clone(),
        list(&reason.declared, ToString::to_string),
        reason.step.to_string(),
        reason.source.join("; "),
        reason.confidence.word().to_owned(),
        listener.flows.join("; "),
        listener.group.clone(),
        listener.breaks.clone(),
    ]
}

fn list<T>(items: &[T], word: impl Fn(&T) -> String) -> String {
    items.iter().map(word).collect::<Vec<_>>().join("; ")
}
