//! Load balancers: ports on virtual addresses, and the servers behind each.

use serde::Serialize;

use super::cause::{Cause, Causes};
use super::moved::Moves;
use super::pairs::{apart, pairs, settings};
use super::{Setting, State};
use crate::plan::Plans;
use crate::plan::balancer::{BalancerPlan, Listener};

/// A load balancer that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BalancerChange {
    /// Its path; that of a removed one is the old one.
    pub balancer: String,
    /// Whether it came or went.
    pub state: State,
    /// Its own settings that differ.
    pub settings: Vec<Setting>,
    /// Its listeners that differ, by id.
    pub listeners: Vec<ListenerChange>,
    /// What its settings follow from.
    pub causes: Vec<Cause>,
}

/// A port of a virtual address that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListenerChange {
    /// Its id: group and row of the catalogue.
    pub listener: String,
    /// Whether it came or went.
    pub state: State,
    /// `address:port/transport`; of a removed one before.
    pub socket: String,
    /// Servers that are new behind it: path and address.
    pub added: Vec<String>,
    /// Servers that are removed from it.
    pub removed: Vec<String>,
    /// What else differs.
    pub settings: Vec<Setting>,
    /// What it follows from.
    pub causes: Vec<Cause>,
}

pub(super) fn compare(old: Plans<'_>, new: Plans<'_>, moved: &Moves, causes: &Causes<'_>) -> Vec<BalancerChange> {
    let before = old.balancers().iter().map(|plan| (moved.path(&plan.path).into_owned(), plan));
    let after = new.balancers().iter().map(|plan| (plan.path.clone(), plan));
    pairs(before, after).into_values().filter_map(|(old, new)| balancer(old, new, moved, causes)).collect()
}

fn balancer(
    old: Option<&BalancerPlan>,
    new: Option<&BalancerPlan>,
    moved: &Moves,
    causes: &Causes<'_>,
) -> Option<BalancerChange> {
    let listeners = |plan: Option<&'_ BalancerPlan>| -> Vec<(String, Listener)> {
        plan.into_iter().flat_map(|plan| &plan.listeners).map(|listener| (listener.id.clone(), listener.clone())).collect()
    };
    let all = pairs(listeners(old), listeners(new));
    let listeners: Vec<_> =
        all.into_values().filter_map(|(old, new)| listener(old.as_ref(), new.as_ref(), moved, causes)).collect();
    let settings = match (old, new) {
        (Some(old), Some(new)) => {
            let of = |plan: &BalancerPlan| {
                let addresses = plan.snat_addresses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
                [plan.dialect.to_owned(), plan.nat.word().to_owned(), addresses, format!("{} s", plan.idle_seconds)]
            };
            let ([d0, n0, a0, i0], [d1, n1, a1, i1]) = (of(old), of(new));
            settings([
                ("dialect", Some(d0), Some(d1)),
                ("nat", Some(n0), Some(n1)),
                ("snat_addresses", Some(a0), Some(a1)),
                ("idle_timeout", Some(i0), Some(i1)),
            ])
        }
        _ => Vec::new(),
    };
    let state = State::of(&old, &new);
    let path = new.or(old)?.path.clone();
    (state != State::Changed || !settings.is_empty() || !listeners.is_empty()).then(|| BalancerChange {
        causes: causes.of([path.as_str()]),
        balancer: path,
        state,
        settings,
        listeners,
    })
}

fn listener(old: Option<&Listener>, new: Option<&Listener>, moved: &Moves, causes: &Causes<'_>) -> Option<ListenerChange> {
    let members = |listener: Option<&Listener>, moved: Option<&Moves>| -> Vec<(String, String)> {
        let servers = listener.into_iter().flat_map(|listener| &listener.servers);
        let path = |path: &str| moved.map_or_else(|| path.to_owned(), |moved| moved.path(path).into_owned());
        servers.map(|server| (path(&server.path), server.address.to_string())).collect()
    };
    let (removed, added) = apart(&members(old, Some(moved)), &members(new, None));
    let settings = match (old, new) {
        (Some(old), Some(new)) => {
            let of = |listener: &Listener| {
                let check = format!("TCP {} every {} s", listener.check.port, listener.check.seconds);
                let method = serde_json::to_value((&listener.method, &listener.affinity)).unwrap_or_default().to_string();
                [socket(listener), method, check, listener.nagle.to_string()]
            };
            let ([s0, m0, c0, n0], [s1, m1, c1, n1]) = (of(old), of(new));
            settings([
                ("address", Some(s0), Some(s1)),
                ("method and affinity", Some(m0), Some(m1)),
                ("health check", Some(c0), Some(c1)),
                ("nagle", Some(n0), Some(n1)),
            ])
        }
        _ => Vec::new(),
    };
    let state = State::of(&old, &new);
    let shown = new.or(old)?;
    if state == State::Changed && removed.is_empty() && added.is_empty() && settings.is_empty() {
        return None;
    }
    let touched: Vec<&str> = removed.iter().chain(&added).map(|(path, _)| path.as_str()).collect();
    let reasons = [old, new].into_iter().flatten().map(|listener| &listener.reason);
    let text = |members: &[(String, String)]| members.iter().map(|(path, address)| format!("{path} {address}")).collect();
    Some(ListenerChange {
        causes: causes.of_reasons(reasons, touched),
        listener: shown.id.clone(),
        state,
        socket: socket(shown),
        added: text(&added),
        removed: text(&removed),
        settings,
    })
}

fn socket(listener: &Listener) -> String {
    format!("{}:{}/{}", listener.address, listener.port, listener.transport.word())
}
