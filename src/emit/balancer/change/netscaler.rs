//! The difference of two states of a NetScaler. Each line is active at once, so what is used is made first and deleted last.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::super::{EmitContext, EmitError};
use super::super::netscaler::{LANGUAGE, Monitor, Virtual, view};
use super::{Head, Step, both, changed, ends, only, union};
use crate::plan::balancer::BalancerPlan;

/// The objects of a device, by name.
#[derive(Clone, Default)]
struct State {
    /// Addresses that it speaks from. They are never deleted: others may have made them.
    own: BTreeSet<String>,
    source_sets: BTreeMap<String, SourceSet>,
    no_delay: BTreeMap<String, String>,
    servers: BTreeMap<String, (String, String)>,
    monitors: BTreeMap<String, Monitor>,
    listeners: BTreeMap<String, Listener>,
}

/// A set of addresses and the profile that speaks from them.
#[derive(Clone, Serialize)]
struct SourceSet {
    name: String,
    addresses: BTreeSet<String>,
}

/// A virtual server with the service group behind it.
#[derive(Clone)]
struct Listener {
    about: Vec<String>,
    name: String,
    group: String,
    address: String,
    port: u16,
    transport: &'static str,
    monitor: String,
    /// Servers, and whether each is drained.
    members: BTreeMap<String, bool>,
    group_options: Options,
    options: Options,
    /// What people read at the virtual server.
    comment: String,
}

/// Options by name, without the dash.
type Options = BTreeMap<&'static str, String>;

#[derive(Serialize)]
struct ChangeView<'s> {
    head: Head<'s>,
    /// Seconds after which a drained server gets no connection more, not even of a client that it is remembered for.
    delay: u64,
    made: Objects<'s>,
    /// Addresses that it speaks from from now on, and no longer.
    own: Vec<&'s String>,
    left: Vec<&'s String>,
    /// Members of the listeners of both states.
    added: Vec<Members<'s>>,
    drained: Vec<Members<'s>>,
    enabled: Vec<Members<'s>>,
    removed: Vec<Members<'s>>,
    changes: Vec<Settings<'s>>,
    bound: Vec<Addresses<'s>>,
    unbound: Vec<Addresses<'s>>,
    deleted: Objects<'s>,
}

#[derive(Serialize)]
struct Objects<'s> {
    source_sets: Vec<&'s SourceSet>,
    no_delay: Vec<&'s String>,
    servers: Vec<&'s (String, String)>,
    monitors: Vec<&'s Monitor>,
    listeners: Vec<ListenerRow<'s>>,
}

#[derive(Serialize)]
struct ListenerRow<'s> {
    about: &'s [String],
    name: &'s str,
    group: &'s str,
    address: &'s str,
    port: u16,
    transport: &'static str,
    monitor: &'s str,
    servers: Vec<&'s String>,
    drained: Vec<&'s String>,
    group_options: Vec<(&'static str, &'s String)>,
    options: Vec<(&'static str, &'s String)>,
    comment: &'s str,
}

#[derive(Serialize)]
struct Members<'s> {
    group: &'s str,
    port: u16,
    servers: Vec<&'s String>,
}

/// Addresses of a set that both states have.
#[derive(Serialize)]
struct Addresses<'s> {
    set: &'s str,
    addresses: Vec<&'s String>,
}

/// A change of a virtual server and its service group.
#[derive(Serialize)]
struct Settings<'s> {
    name: &'s str,
    group: &'s str,
    group_unset: Vec<&'static str>,
    group_set: Vec<(&'static str, &'s String)>,
    unset: Vec<&'static str>,
    set: Vec<(&'static str, &'s String)>,
    comment: Option<&'s str>,
    monitor: Option<Replaced<'s>>,
}

#[derive(Serialize)]
struct Replaced<'s> {
    old: &'s str,
    new: &'s str,
}

pub(in super::super) fn emit(step: &Step<'_>, cx: &EmitContext<'_>) -> Result<Option<String>, EmitError> {
    let [old, new] = [step.old, step.new].map(|plan| state(plan, cx));
    let both_versions = opened(&old, &new);
    let drained = drained(&both_versions, &new);
    let (from, to) = ends([old, both_versions, drained, new], step);
    let now = |from: &Listener, server: &String| from.members.get(server).copied();
    let members = |which: &dyn Fn(&Listener, &Listener, &String) -> bool| members(&from, &to, which);
    let view = ChangeView {
        head: Head::new(step, cx),
        delay: step.old.idle_seconds,
        made: objects(&to, &from),
        own: to.own.difference(&from.own).collect(),
        left: from.own.difference(&to.own).collect(),
        added: members(&|from, to, server| now(from, server).is_none() && now(to, server).is_some()),
        // A server that is bound again is enabled until it is drained.
        drained: members(&|from, to, server| now(to, server) == Some(true) && now(from, server) != Some(true)),
        enabled: members(&|from, to, server| now(to, server) == Some(false) && now(from, server) == Some(true)),
        removed: members(&|from, to, server| now(from, server).is_some() && now(to, server).is_none()),
        changes: both(&from.listeners, &to.listeners).filter_map(settings).collect(),
        bound: addresses(&to, &from),
        unbound: addresses(&from, &to),
        deleted: objects(&from, &to),
    };
    // An address that it no longer speaks from is only named in a comment.
    let nothing = [&view.made, &view.deleted].into_iter().all(Objects::is_empty)
        && view.own.is_empty()
        && [&view.added, &view.drained, &view.enabled, &view.removed].into_iter().all(Vec::is_empty)
        && (view.changes.is_empty() && view.bound.is_empty() && view.unbound.is_empty());
    if nothing { Ok(None) } else { cx.templates.render(&LANGUAGE, "change", &view).map(Some) }
}

/// What a version puts on the device. Without a virtual address it has no file.
fn state(plan: &BalancerPlan, cx: &EmitContext<'_>) -> State {
    if plan.listeners.is_empty() {
        return State::default();
    }
    let view = view(plan, cx);
    let own: BTreeSet<String> = plan.snat_addresses.iter().map(ToString::to_string).collect();
    let source_set = view.source_set.map(|name| SourceSet { name, addresses: own.clone() });
    let (sources, no_delay) = (source_set.as_ref().map(|set| set.name.clone()), view.no_delay.clone());
    let listener = |listener: Virtual| listener_of(listener, plan.idle_seconds, no_delay.as_ref(), sources.as_ref());
    State {
        own,
        source_sets: source_set.into_iter().map(|set| (set.name.clone(), set)).collect(),
        no_delay: view.no_delay.iter().map(|name| (name.clone(), name.clone())).collect(),
        servers: view.servers.into_iter().map(|server| (server.0.clone(), server)).collect(),
        monitors: view.monitors.into_iter().map(|monitor| (monitor.name.clone(), monitor)).collect(),
        listeners: view.listeners.into_iter().map(|own| (own.name.clone(), listener(own))).collect(),
    }
}

fn listener_of(own: Virtual, idle: u64, no_delay: Option<&String>, sources: Option<&String>) -> Listener {
    let mut group_options = Options::from([("cltTimeout", idle.to_string()), ("svrTimeout", idle.to_string())]);
    group_options.insert("usip", if own.keeps_client { "YES" } else { "NO" }.to_owned());
    if own.keeps_client {
        group_options.insert("useproxyport", "NO".to_owned());
    }
    let mut options = Options::from([("lbMethod", own.method.to_owned()), ("cltTimeout", idle.to_string())]);
    options.insert("persistenceType", if own.persistence.is_some() { "SOURCEIP" } else { "NONE" }.to_owned());
    options.extend(own.persistence.map(|minutes| ("timeout", minutes.to_string())));
    if let Some(profile) = no_delay.filter(|_| own.no_delay) {
        group_options.insert("tcpProfileName", profile.clone());
        options.insert("tcpProfileName", profile.clone());
    }
    group_options.extend(sources.map(|set| ("netProfile", set.clone())));
    Listener {
        about: own.about,
        name: own.name,
        group: own.group,
        address: own.address,
        port: own.port,
        transport: own.transport,
        monitor: own.monitor,
        members: own.servers.into_iter().map(|server| (server, false)).collect(),
        group_options,
        options,
        comment: own.comment,
    }
}

/// All of both versions; what both have is as it was, with the members of both.
fn opened(old: &State, new: &State) -> State {
    let mut listeners = union(&old.listeners, &new.listeners);
    for (name, listener) in &mut listeners {
        let other = new.listeners.get(name);
        listener.members.extend(other.into_iter().flat_map(|other| other.members.clone()));
    }
    let mut source_sets = union(&old.source_sets, &new.source_sets);
    for (name, set) in &mut source_sets {
        let other = new.source_sets.get(name);
        set.addresses.extend(other.into_iter().flat_map(|other| other.addresses.clone()));
    }
    State {
        own: old.own.union(&new.own).cloned().collect(),
        source_sets,
        no_delay: union(&old.no_delay, &new.no_delay),
        servers: union(&old.servers, &new.servers),
        monitors: union(&old.monitors, &new.monitors),
        listeners,
    }
}

/// The same without new connections to what the new version does not have.
fn drained(both: &State, new: &State) -> State {
    let mut drained = both.clone();
    for (name, listener) in &mut drained.listeners {
        let other = new.listeners.get(name);
        for (server, drained) in &mut listener.members {
            *drained = other.is_none_or(|other| !other.members.contains_key(server));
        }
    }
    drained
}

/// What only the first state has.
fn objects<'s>(of: &'s State, other: &State) -> Objects<'s> {
    Objects {
        source_sets: only(&of.source_sets, &other.source_sets),
        no_delay: only(&of.no_delay, &other.no_delay),
        servers: only(&of.servers, &other.servers),
        monitors: only(&of.monitors, &other.monitors),
        listeners: only(&of.listeners, &other.listeners).into_iter().map(row).collect(),
    }
}

fn row(listener: &Listener) -> ListenerRow<'_> {
    ListenerRow {
        about: &listener.about,
        name: &listener.name,
        group: &listener.group,
        address: &listener.address,
        port: listener.port,
        transport: listener.transport,
        monitor: &listener.monitor,
        servers: listener.members.keys().collect(),
        drained: listener.members.iter().filter(|(_, drained)| **drained).map(|(server, _)| server).collect(),
        group_options: listener.group_options.iter().map(|(name, value)| (*name, value)).collect(),
        options: listener.options.iter().map(|(name, value)| (*name, value)).collect(),
        comment: &listener.comment,
    }
}

impl Objects<'_> {
    fn is_empty(&self) -> bool {
        let shared = self.source_sets.len() + self.no_delay.len() + self.servers.len() + self.monitors.len();
        shared + self.listeners.len() == 0
    }
}

/// Members of the listeners that both states have. Those that a new listener is made with drained are among them.
fn members<'s>(from: &'s State, to: &'s State, which: &dyn Fn(&Listener, &Listener, &String) -> bool) -> Vec<Members<'s>> {
    let of_listener = |(_, from, to): (&String, &'s Listener, &'s Listener)| {
        let servers: BTreeSet<&String> = from.members.keys().chain(to.members.keys()).collect();
        let servers = servers.into_iter().filter(|server| which(from, to, server)).collect();
        Members { group: &to.group, port: to.port, servers }
    };
    let all = both(&from.listeners, &to.listeners).map(of_listener);
    all.filter(|members: &Members<'_>| !members.servers.is_empty()).collect()
}

/// Addresses that a set of both states has in the first one only.
fn addresses<'s>(of: &'s State, other: &'s State) -> Vec<Addresses<'s>> {
    let sets = both(&of.source_sets, &other.source_sets);
    let all =
        sets.map(|(name, of, other)| Addresses { set: name, addresses: of.addresses.difference(&other.addresses).collect() });
    all.filter(|addresses| !addresses.addresses.is_empty()).collect()
}

fn settings<'s>((name, from, to): (&'s String, &'s Listener, &'s Listener)) -> Option<Settings<'s>> {
    let (group_unset, group_set) = options(&from.group_options, &to.group_options);
    let (unset, set) = options(&from.options, &to.options);
    let settings = Settings {
        name,
        group: &to.group,
        group_unset,
        group_set,
        unset,
        set,
        comment: changed(from.comment.as_str(), to.comment.as_str()),
        monitor: (from.monitor != to.monitor).then_some(Replaced { old: &from.monitor, new: &to.monitor }),
    };
    let nothing = settings.group_unset.is_empty()
        && settings.group_set.is_empty()
        && settings.unset.is_empty()
        && settings.set.is_empty()
        && (settings.comment.is_none() && settings.monitor.is_none());
    (!nothing).then_some(settings)
}

/// Options that go away, and those that come or have another value.
fn options<'s>(from: &Options, to: &'s Options) -> (Vec<&'static str>, Vec<(&'static str, &'s String)>) {
    let unset = from.keys().filter(|name| !to.contains_key(*name)).copied();
    let set = to.iter().filter(|(name, value)| from.get(*name) != Some(value)).map(|(name, value)| (*name, value));
    (unset.collect(), set.collect())
}
