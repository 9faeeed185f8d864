//! `haproxy.cfg`: a whole configuration for HAProxy, in TCP mode. It cannot balance UDP; omitted listeners are listed.

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::fit;
use super::super::{EmitContext, EmitError, Language};
use super::Dialect;
use super::view::{Head, about, name};
use crate::catalog::{Affinity, Method};
use crate::plan::balancer::{BalancerPlan, Listener, NatMode, PoolMember};
use crate::product::{BalancerDialect, Transport};

/// Configurations of HAProxy.
static LANGUAGE: Language = language!("haproxy", |text| device(text, "\"\\'$")).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: BalancerDialect::Haproxy.word(),
    language: &LANGUAGE,
    file: "haproxy.cfg",
    reader: "HAProxy",
    remove: None,
    member: |plan, listener, member| {
        let of_member = entries(plan).filter(|_| listener.transport == Transport::Tcp);
        of_member.map(|at| vec![("pool", section_name(listener)), ("member", entry(member, at))]).collect()
    },
    emit,
};

/// The longest name of a section or server that is shown whole where statistics are read.
const MAX_NAME: usize = 120;

#[derive(Serialize)]
struct View<'a> {
    head: Head<'a>,
    listeners: Vec<Section>,
    /// What HAProxy does not balance, with its servers.
    left_out: Vec<LeftOut>,
}

#[derive(Serialize)]
struct Section {
    about: Vec<String>,
    name: String,
    bind: String,
    balance: &'static str,
    by_client: bool,
    servers: Vec<Server>,
}

#[derive(Serialize)]
struct Server {
    name: String,
    address: String,
    source: Option<String>,
    /// How it is known to live: by a look of its own, or by that of the same server under another source.
    check: Option<u16>,
    seconds: u64,
    track: Option<String>,
}

#[derive(Serialize)]
struct LeftOut {
    about: Vec<String>,
    listener: String,
    servers: String,
}

/// The configuration of a load balancer.
fn emit(plan: &BalancerPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    let (balanced, left_out): (Vec<&Listener>, Vec<&Listener>) =
        plan.listeners.iter().partition(|listener| listener.transport == Transport::Tcp);
    let view = View {
        head: Head::new(plan, cx, "haproxy"),
        listeners: balanced.into_iter().map(|listener| section(plan, listener)).collect(),
        left_out: left_out.into_iter().map(not_balanced).collect(),
    };
    cx.templates.render(&LANGUAGE, "balancer", &view)
}

fn section_name(listener: &Listener) -> String {
    fit(&name(listener), MAX_NAME)
}

/// The entries of a server: one for each address that the load balancer speaks from.
fn entries(plan: &BalancerPlan) -> std::ops::Range<usize> {
    0..if plan.nat == NatMode::Snat { plan.snat_addresses.len().max(1) } else { 1 }
}

/// The name of an entry.
fn entry(member: &PoolMember, at: usize) -> String {
    let own = fit(&member.name, MAX_NAME);
    if at == 0 { own } else { format!("{own}.{}", at + 1) }
}

fn section(plan: &BalancerPlan, listener: &Listener) -> Section {
    let name = section_name(listener);
    // Connections to one server are distinguished by the source's address and port, so each source address is a line of its own.
    let sources: Vec<Option<String>> = match plan.nat {
        NatMode::Snat if plan.snat_addresses.is_empty() => vec![None],
        NatMode::Snat => plan.snat_addresses.iter().map(|address| Some(address.to_string())).collect(),
        NatMode::Dnat => vec![Some("0.0.0.0 usesrc clientip".to_owned())],
    };
    let mut servers = Vec::new();
    for (at, source) in sources.into_iter().enumerate() {
        for behind in &listener.servers {
            servers.push(Server {
                name: entry(behind, at),
                address: format!("{}:{}", behind.address, listener.port),
                source: source.clone(),
                check: (at == 0).then_some(listener.check.port),
                seconds: listener.check.seconds,
                track: (at > 0).then(|| format!("{name}/{}", entry(behind, 0))),
            });
        }
    }
    Section {
        about: about(listener),
        bind: format!("{}:{}", listener.address, listener.port),
        balance: match listener.method {
            Method::LeastConnections => "leastconn",
            Method::RoundRobin => "roundrobin",
        },
        by_client: listener.affinity == Affinity::Client,
        servers,
        name,
    }
}

fn not_balanced(listener: &Listener) -> LeftOut {
    let servers: Vec<String> = listener.servers.iter().map(|behind| format!("{} {}", behind.path, behind.address)).collect();
    LeftOut {
        about: about(listener),
        listener: format!("{} {}/{}", listener.address, listener.transport.word(), listener.port),
        servers: servers.join(", "),
    }
}
