//! `f5.tmsh`: commands for the Traffic Management Shell of F5 BIG-IP. What is missing is made, and then, in one transaction, pools
//! and virtual servers become what the plan says, whatever an earlier version left. `f5-remove.tmsh`: deletes of exactly these.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::language::{device, language};
use super::super::names::fit;
use super::super::{EmitContext, EmitError, Language};
use super::view::{Head, about, placed, shortened};
use super::{Dialect, Remove};
use crate::catalog::{Affinity, Method};
use crate::plan::balancer::{BalancerPlan, HealthCheck, Listener, NatMode, PoolMember};
use crate::plan::digest;
use crate::product::{BalancerDialect, Transport};

/// Commands of the Traffic Management Shell, to which a semicolon ends a command, in a comment too.
pub(super) static LANGUAGE: Language = language!("tmsh", |text| device(&text.replace(';', ","), "?\"\\`$!'{}[]")).comments("#");

pub(super) static DIALECT: Dialect = Dialect {
    word: BalancerDialect::F5.word(),
    language: &LANGUAGE,
    file: "f5.tmsh",
    reader: "F5 BIG-IP",
    remove: Some(Remove { file: "f5-remove.tmsh", emit: remove }),
    member: |_, listener, member| vec![vec![("pool", placed(listener)), ("member", end(listener, member))]],
    emit,
};

/// Longer names are valid, but not shown whole by the consoles.
const MAX_NAME: usize = 120;

/// The longest description, in bytes.
const MAX_DESCRIPTION: usize = 240;

/// How many intervals a server may miss, as the maker advises: three and a second.
const MISSED: u64 = 3;

#[derive(Serialize)]
pub(super) struct View<'a> {
    head: Head<'a>,
    pub(super) monitors: Vec<Monitor>,
    pub(super) profiles: Vec<Profile>,
    pub(super) persistence: Option<Persistence>,
    pub(super) snat_pool: Option<SnatPool>,
    pub(super) listeners: Vec<Virtual>,
    /// The addresses of the servers: to a BIG-IP each is a node.
    nodes: BTreeSet<Ipv4Addr>,
}

#[derive(Clone, Serialize)]
pub(super) struct Monitor {
    pub(super) name: String,
    port: u16,
    interval: u64,
    timeout: u64,
}

#[derive(Clone, Serialize)]
pub(super) struct Profile {
    pub(super) name: String,
    transport: &'static str,
    seconds: u64,
    no_delay: bool,
}

/// What keeps a client with its server.
#[derive(Clone, Serialize)]
pub(super) struct Persistence {
    pub(super) name: String,
    seconds: u64,
}

/// The addresses that the device speaks from.
#[derive(Clone, Serialize)]
pub(super) struct SnatPool {
    pub(super) name: String,
    sources: Vec<String>,
}

/// A virtual server and the pool behind it.
#[derive(Clone, Serialize)]
pub(super) struct Virtual {
    about: Vec<String>,
    pub(super) name: String,
    destination: String,
    transport: &'static str,
    pub(super) profile: String,
    pub(super) monitor: String,
    pub(super) mode: &'static str,
    pub(super) translation: String,
    /// The object that keeps a client with its server, if anything does.
    pub(super) persistence: Option<String>,
    pub(super) description: String,
    pub(super) members: Vec<Member>,
}

#[derive(Clone, Serialize)]
pub(super) struct Member {
    pub(super) end: String,
    pub(super) about: String,
    /// Whether it gets no new connections.
    pub(super) drained: bool,
}

/// The commands for a load balancer.
fn emit(plan: &BalancerPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    cx.templates.render(&LANGUAGE, "balancer", &view(plan, cx))
}

/// The commands that take it away.
fn remove(plan: &BalancerPlan, cx: &EmitContext<'_>) -> Result<String, EmitError> {
    cx.templates.render(&LANGUAGE, "balancer_remove", &view(plan, cx))
}

/// What several listeners share is named by what it says, so that an object that is there already is the right one.
pub(super) fn view<'a>(plan: &'a BalancerPlan, cx: &EmitContext<'a>) -> View<'a> {
    let own = |what: &str| fit(&format!("{}.{what}", plan.path), MAX_NAME);
    let checks: BTreeMap<String, HealthCheck> =
        plan.listeners.iter().map(|listener| (own(&check_name(listener.check)), listener.check)).collect();
    let profiles: BTreeSet<(Transport, bool)> =
        plan.listeners.iter().map(|listener| (listener.transport, !listener.nagle)).collect();
    let seconds = plan.idle_seconds;
    let profile = |transport: Transport, no_delay: bool| {
        own(&format!("{}_{seconds}s{}", transport.word(), if no_delay { ".no_delay" } else { "" }))
    };
    let persistence = own(&format!("client_{seconds}s"));
    let sources: Vec<String> = plan.snat_addresses.iter().map(ToString::to_string).collect();
    let snat_pool =
        (!sources.is_empty()).then(|| SnatPool { name: own(&format!("sources_{}", digest(sources.join(" "), 8))), sources });
    let translation = match (plan.nat, &snat_pool) {
        (NatMode::Dnat, _) => "type none".to_owned(),
        (NatMode::Snat, Some(pool)) => format!("type snat pool {}", pool.name),
        (NatMode::Snat, None) => "type automap".to_owned(),
    };
    View {
        head: Head::new(plan, cx, "f5"),
        monitors: checks
            .into_iter()
            .map(|(name, check)| Monitor { name, port: check.port, interval: check.seconds, timeout: check.seconds * MISSED + 1 })
            .collect(),
        profiles: profiles
            .into_iter()
            .map(|(transport, no_delay)| Profile {
                name: profile(transport, no_delay),
                transport: transport.word(),
                seconds,
                no_delay: no_delay && transport == Transport::Tcp,
            })
            .collect(),
        persistence: plan.listeners.iter().any(by_client).then(|| Persistence { name: persistence.clone(), seconds }),
        snat_pool,
        nodes: plan.listeners.iter().flat_map(|listener| &listener.servers).map(|behind| behind.address).collect(),
        listeners: plan
            .listeners
            .iter()
            .map(|listener| Virtual {
                about: about(listener),
                name: placed(listener),
                destination: format!("{}:{}", listener.address, listener.port),
                transport: listener.transport.word(),
                profile: profile(listener.transport, !listener.nagle),
                monitor: own(&check_name(listener.check)),
                mode: match listener.method {
                    Method::LeastConnections => "least-connections-member",
                    Method::RoundRobin => "round-robin",
                },
                translation: translation.clone(),
                persistence: by_client(listener).then(|| persistence.clone()),
                description: shortened(&LANGUAGE, MAX_DESCRIPTION, &listener.reason.short()),
                members: listener
                    .servers
                    .iter()
                    .map(|behind| Member {
                        end: end(listener, behind),
                        about: shortened(&LANGUAGE, MAX_DESCRIPTION, &behind.path),
                        drained: false,
                    })
                    .collect(),
            })
            .collect(),
    }
}

/// How a pool names a server.
fn end(listener: &Listener, member: &PoolMember) -> String {
    format!("{}:{}", member.address, listener.port)
}

fn by_client(listener: &Listener) -> bool {
    listener.affinity == Affinity::Client
}

fn check_name(check: HealthCheck) -> String {
    format!("check_{}_{}s", check.port, check.seconds)
}
