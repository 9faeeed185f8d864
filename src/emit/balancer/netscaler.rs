//! `netscaler.conf`: commands for Citrix NetScaler (ADC). `add` of what is there is refused and changes nothing, so `set` follows;
//! `bind` only adds. `netscaler-remove.conf`: the commands that take away exactly what this file puts on the device.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::fit;
use super::super::{EmitContext, EmitError, Language};
use super::view::{Head, about, placed, shortened};
use super::{Dialect, Remove};
use crate::catalog::{Affinity, Method};
use crate::plan::balancer::{BalancerPlan, HealthCheck, Listener, NatMode};
use crate::plan::digest;
use crate::product::{BalancerDialect, Transport};

/// Commands of Citrix NetScaler.
pub(super) static LANGUAGE: Language = language!("netscaler", |text| device(text, "?\"\\`$!'")).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: BalancerDialect::Netscaler.word(),
    language: &LANGUAGE,
    file: "netscaler.conf",
    reader: "Citrix NetScaler",
    remove: Some(Remove { file: "netscaler-remove.conf", emit: remove }),
    member: |_, listener, member| {
        vec![vec![("pool", group(listener)), ("member", server(member.address)), ("port", listener.port.to_string())]]
    },
    emit,
};

/// The longest name of a profile or a set.
const MAX_NAME: usize = 127;

/// The longest name of a monitor.
const MAX_MONITOR: usize = 31;

/// The longest comment of a virtual server, in bytes.
const MAX_COMMENT: usize = 255;

/// The longest time that a client is remembered, in minutes.
const MAX_PERSISTENCE: u64 = 1440;

#[derive(Serialize)]
pub(super) struct View<'a> {
    head: Head<'a>,
    pub(super) servers: Vec<(String, String)>,
    pub(super) monitors: Vec<Monitor>,
    pub(super) no_delay: Option<String>,
    pub(super) source_set: Option<String>,
    pub(super) listeners: Vec<Virtual>,
}

#[derive(Clone, Serialize)]
pub(super) struct Monitor {
    pub(super) name: String,
    port: u16,
    interval: u64,
}

/// A virtual server and the service group behind it.
#[derive(Serialize)]
pub(super) struct Virtual {
    pub(super) about: Vec<String>,
    pub(super) name: String,
    /// The service group behind it.
    pub(super) group: String,
    pub(super) address: String,
    pub(super) port: u16,
    pub(super) transport: &'static str,
    pub(super) method: &'static str,
    /// Minutes that a client is remembered for.
    pub(super) persistence: Option<u64>,
    pub(super) keeps_client: bool,
    pub(super) no_delay: bool,
    pub(super) monitor: String,
    pub(super) servers: Vec<String>,
    pub(super) comment: String,
}

/// The commands for a load balancer.
fn emit(plan: &BalancerPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    cx.templates.render(&LANGUAGE, "balancer", &view(plan, cx))
}

/// The commands that take it away.
fn remove(plan: &BalancerPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    cx.templates.render(&LANGUAGE, "balancer_remove", &view(plan, cx))
}

pub(super) fn view<'a>(plan: &'a BalancerPlan, cx: &EmitContext<'a>) -> View<'a> {
    let own = |what: &str| fit(&format!("{}.{what}", plan.path), MAX_NAME);
    let servers: BTreeSet<(String, String)> = plan
        .listeners
        .iter()
        .flat_map(|listener| &listener.servers)
        .map(|behind| (server(behind.address), behind.address.to_string()))
        .collect();
    let monitor = |check| monitor(&plan.path, check);
    let checks: BTreeMap<String, HealthCheck> =
        plan.listeners.iter().map(|listener| (monitor(listener.check), listener.check)).collect();
    let minutes = plan.idle_seconds.div_ceil(60).clamp(2, MAX_PERSISTENCE);
    View {
        head: Head::new(plan, cx, "netscaler"),
        servers: servers.into_iter().collect(),
        monitors: checks.into_iter().map(|(name, check)| Monitor { name, port: check.port, interval: check.seconds }).collect(),
        no_delay: plan.listeners.iter().any(|listener| !listener.nagle).then(|| own("no_delay")),
        source_set: (!plan.snat_addresses.is_empty()).then(|| own("sources")),
        listeners: plan
            .listeners
            .iter()
            .map(|listener| Virtual {
                about: about(listener),
                name: placed(listener),
                group: group(listener),
                address: listener.address.to_string(),
                port: listener.port,
                transport: match listener.transport {
                    Transport::Tcp => "TCP",
                    Transport::Udp => "UDP",
                },
                method: match listener.method {
                    Method::LeastConnections => "LEASTCONNECTION",
                    Method::RoundRobin => "ROUNDROBIN",
                },
                persistence: (listener.affinity == Affinity::Client).then_some(minutes),
                keeps_client: plan.nat == NatMode::Dnat,
                no_delay: !listener.nagle && listener.transport == Transport::Tcp,
                monitor: monitor(listener.check),
                servers: listener.servers.iter().map(|behind| server(behind.address)).collect(),
                comment: shortened(&LANGUAGE, MAX_COMMENT, &listener.reason.short()),
            })
            .collect(),
    }
}

/// The name of a server. A device has one server of an address: under a second name it would be refused.
fn server(address: Ipv4Addr) -> String {
    format!("ocs_{address}")
}

/// The name of the group of servers behind a listener.
fn group(listener: &Listener) -> String {
    format!("{}_servers", placed(listener))
}

/// The name of a monitor: short, so a digest says whose it is. One that two load balancers of a device shared could not be removed.
fn monitor(path: &str, check: HealthCheck) -> String {
    fit(&format!("ocs-{}-{}-{}s", digest(path, 6), check.port, check.seconds), MAX_MONITOR)
}
