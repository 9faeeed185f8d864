//! What the templates of all dialects see: the head of the file, and of each listener the words about it.

use serde::Serialize;

use super::super::names::lines;
use super::super::operations::{before, way};
use super::super::{EmitContext, Language};
use super::device_values;
use crate::plan::balancer::{BalancerPlan, Listener, NatMode};
use crate::plan::device::operations;

/// How wide a comment is.
const WIDTH: usize = 120;

/// The head, as templates see it.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    note: Option<&'static str>,
    organization: &'a str,
    path: &'a str,
    declared: String,
    /// Whether servers see the balancer's address.
    snat: bool,
    /// The addresses that it speaks from, and the same as text.
    sources: Vec<String>,
    speaks_from: String,
    /// The virtual addresses, each with the names that it is found by.
    addresses: Vec<Address>,
    idle_seconds: u64,
    idle_stated: bool,
    /// What to know before the file is loaded, and all that is done with the device, in lines of a comment.
    before: Vec<String>,
    way: Vec<String>,
}

#[derive(Serialize)]
struct Address {
    address: String,
    names: String,
}

impl<'a> Head<'a> {
    /// The head of a plan in a dialect.
    pub(super) fn new(plan: &'a BalancerPlan, cx: &EmitContext<'a>, dialect: &str) -> Self {
        let operations = operations(dialect, &device_values(dialect));
        let mut addresses: Vec<(String, Vec<&str>)> = Vec::new();
        for listener in &plan.listeners {
            let address = listener.address.to_string();
            // Listeners are sorted by address.
            if addresses.last().is_none_or(|(last, _)| *last != address) {
                addresses.push((address, Vec::new()));
            }
            if let (Some((_, names)), Some(name)) = (addresses.last_mut(), listener.name.as_deref())
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        Self {
            note: cx.note(),
            organization: cx.organization,
            path: &plan.path,
            declared: plan.declared.to_string(),
            snat: plan.nat == NatMode::Snat,
            sources: plan.snat_addresses.iter().map(ToString::to_string).collect(),
            speaks_from: plan.snat_addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
            addresses: addresses.into_iter().map(|(address, names)| Address { address, names: names.join(", ") }).collect(),
            idle_seconds: plan.idle_seconds,
            idle_stated: plan.idle_stated,
            before: before(&operations),
            way: way(&operations),
        }
    }
}

/// Why a listener is there, in lines of a comment. What names a place has a line of its own, so that no other line changes with
/// it.
pub(super) fn about(listener: &Listener) -> Vec<String> {
    let reason = &listener.reason;
    let flows = listener.flows.join(" ");
    let texts = [
        format!(
            "{}: {} on {} {}/{}",
            listener.id,
            listener.application,
            listener.address,
            listener.transport.word(),
            listener.port
        ),
        reason.purpose.clone(),
        format!("step {}", reason.step),
        format!("{}; confidence {}", reason.source.join(", "), reason.confidence.word()),
        if flows.is_empty() { flows } else { format!("flows {flows}") },
        format!("without it: {}", listener.breaks),
    ];
    let mut out: Vec<String> = texts.iter().flat_map(|text| lines(text, WIDTH)).filter(|line| !line.is_empty()).collect();
    out.extend(reason.declared.first().map(ToString::to_string));
    out
}

/// The name of a listener among those of its load balancer, before a platform's limits: its kind and its place.
pub(super) fn name(listener: &Listener) -> String {
    format!("{}-{}", listener.id, listener.port)
}

/// The name on a device that keeps what is there under a name: address, port and transport, by which the device itself knows a
/// virtual server. Under another name it would refuse a second one there. So a group that gets a new name keeps its virtual
/// server; one that moves is another, and both work until the old one is taken away.
pub(super) fn placed(listener: &Listener) -> String {
    format!("ocs_{}_{}_{}", listener.address, listener.port, listener.transport.word())
}

/// A text that fits into `limit` bytes of a language: what is too long ends in dots, for it is there for people only.
pub(super) fn shortened(language: &Language, limit: usize, text: &str) -> String {
    if language.escape(text).len() <= limit {
        return text.to_owned();
    }
    text.chars().take(limit / 4 * 3).chain("...".chars()).collect()
}
