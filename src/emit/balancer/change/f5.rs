//! The difference of two states of a BIG-IP, in one transaction: it is done whole or not at all.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::super::{EmitContext, EmitError};
use super::super::f5::{LANGUAGE, Member, Monitor, Persistence, Profile, SnatPool, Virtual, view};
use super::{Head, Step, both, changed, ends, only, union};
use crate::plan::balancer::BalancerPlan;

/// The objects of a device, by name.
#[derive(Clone, Default)]
struct State {
    profiles: BTreeMap<String, Profile>,
    monitors: BTreeMap<String, Monitor>,
    persistence: BTreeMap<String, Persistence>,
    snat_pools: BTreeMap<String, SnatPool>,
    /// Virtual servers with their pools, which have the same names.
    listeners: BTreeMap<String, Virtual>,
}

#[derive(Serialize)]
struct ChangeView<'s> {
    head: Head<'s>,
    made: Objects<'s>,
    added: Vec<Members<'s>>,
    sessions: Vec<Members<'s>>,
    pools: Vec<Pool<'s>>,
    virtuals: Vec<Settings<'s>>,
    deleted: Objects<'s>,
}

#[derive(Serialize)]
struct Objects<'s> {
    profiles: Vec<&'s Profile>,
    monitors: Vec<&'s Monitor>,
    persistence: Vec<&'s Persistence>,
    snat_pools: Vec<&'s SnatPool>,
    listeners: Vec<&'s Virtual>,
}

/// Members of a pool.
#[derive(Serialize)]
struct Members<'s> {
    pool: &'s str,
    members: Vec<&'s Member>,
}

/// A change of a pool.
#[derive(Serialize)]
struct Pool<'s> {
    name: &'s str,
    mode: Option<&'static str>,
    monitor: Option<&'s str>,
    /// Members with another description.
    described: Vec<&'s Member>,
    removed: Vec<&'s Member>,
}

/// A change of a virtual server.
#[derive(Serialize)]
struct Settings<'s> {
    name: &'s str,
    profile: Option<&'s str>,
    translation: Option<&'s str>,
    /// Whether what stays with a server changes, and the object that says so.
    persists: bool,
    persistence: Option<&'s str>,
    description: Option<&'s str>,
}

pub(in super::super) fn emit(step: &Step<'_>, cx: &EmitContext<'_>) -> Result<Option<String>, EmitError> {
    let [old, new] = [step.old, step.new].map(|plan| state(plan, cx));
    let both_versions = opened(&old, &new);
    let drained = drained(&both_versions, &new);
    let (from, to) = ends([old, both_versions, drained, new], step);
    let view = ChangeView {
        head: Head::new(step, cx),
        made: objects(&to, &from),
        added: members(&from, &to, |from, to| to.members.iter().filter(|member| find(from, member).is_none()).collect()),
        sessions: members(&from, &to, |from, to| {
            to.members.iter().filter(|member| find(from, member).is_some_and(|old| old.drained != member.drained)).collect()
        }),
        pools: both(&from.listeners, &to.listeners).filter_map(pool).collect(),
        virtuals: both(&from.listeners, &to.listeners).filter_map(settings).collect(),
        deleted: objects(&from, &to),
    };
    let nothing = [&view.made, &view.deleted].into_iter().all(Objects::is_empty)
        && (view.added.is_empty() && view.sessions.is_empty() && view.pools.is_empty() && view.virtuals.is_empty());
    if nothing { Ok(None) } else { cx.templates.render(&LANGUAGE, "change", &view).map(Some) }
}

/// What a version puts on the device. Without a virtual address it has no file.
fn state(plan: &BalancerPlan, cx: &EmitContext<'_>) -> State {
    if plan.listeners.is_empty() {
        return State::default();
    }
    let view = view(plan, cx);
    State {
        profiles: view.profiles.into_iter().map(|profile| (profile.name.clone(), profile)).collect(),
        monitors: view.monitors.into_iter().map(|monitor| (monitor.name.clone(), monitor)).collect(),
        persistence: view.persistence.into_iter().map(|persistence| (persistence.name.clone(), persistence)).collect(),
        snat_pools: view.snat_pool.into_iter().map(|pool| (pool.name.clone(), pool)).collect(),
        listeners: view.listeners.into_iter().map(|listener| (listener.name.clone(), listener)).collect(),
    }
}

/// All of both versions; what both have is as it was, with the members of both.
fn opened(old: &State, new: &State) -> State {
    let mut listeners = union(&old.listeners, &new.listeners);
    for (name, listener) in &mut listeners {
        let Some(other) = new.listeners.get(name) else { continue };
        let added: Vec<Member> = other.members.iter().filter(|member| find(listener, member).is_none()).cloned().collect();
        listener.members.extend(added);
        listener.members.sort_by(|a, b| a.end.cmp(&b.end));
    }
    State {
        profiles: union(&old.profiles, &new.profiles),
        monitors: union(&old.monitors, &new.monitors),
        persistence: union(&old.persistence, &new.persistence),
        snat_pools: union(&old.snat_pools, &new.snat_pools),
        listeners,
    }
}

/// The same without new connections to what the new version does not have.
fn drained(both: &State, new: &State) -> State {
    let mut drained = both.clone();
    for (name, listener) in &mut drained.listeners {
        let other = new.listeners.get(name);
        for member in &mut listener.members {
            member.drained = other.is_none_or(|other| find(other, member).is_none());
        }
    }
    drained
}

fn find<'l>(listener: &'l Virtual, member: &Member) -> Option<&'l Member> {
    listener.members.iter().find(|other| other.end == member.end)
}

/// What only the first state has.
fn objects<'s>(of: &'s State, other: &State) -> Objects<'s> {
    Objects {
        profiles: only(&of.profiles, &other.profiles),
        monitors: only(&of.monitors, &other.monitors),
        persistence: only(&of.persistence, &other.persistence),
        snat_pools: only(&of.snat_pools, &other.snat_pools),
        listeners: only(&of.listeners, &other.listeners),
    }
}

impl Objects<'_> {
    fn is_empty(&self) -> bool {
        let shared = self.profiles.len() + self.monitors.len() + self.persistence.len() + self.snat_pools.len();
        shared + self.listeners.len() == 0
    }
}

/// Members of the pools that both states have.
fn members<'s>(from: &'s State, to: &'s State, which: impl Fn(&'s Virtual, &'s Virtual) -> Vec<&'s Member>) -> Vec<Members<'s>> {
    let pools = both(&from.listeners, &to.listeners).map(|(name, from, to)| Members { pool: name, members: which(from, to) });
    pools.filter(|pool| !pool.members.is_empty()).collect()
}

fn pool<'s>((name, from, to): (&'s String, &'s Virtual, &'s Virtual)) -> Option<Pool<'s>> {
    let pool = Pool {
        name,
        mode: changed(from.mode, to.mode),
        monitor: changed(from.monitor.as_str(), to.monitor.as_str()),
        described: to.members.iter().filter(|member| find(from, member).is_some_and(|old| old.about != member.about)).collect(),
        removed: from.members.iter().filter(|member| find(to, member).is_none()).collect(),
    };
    let nothing = pool.mode.is_none() && pool.monitor.is_none() && pool.described.is_empty() && pool.removed.is_empty();
    (!nothing).then_some(pool)
}

fn settings<'s>((name, from, to): (&'s String, &'s Virtual, &'s Virtual)) -> Option<Settings<'s>> {
    let settings = Settings {
        name,
        profile: changed(from.profile.as_str(), to.profile.as_str()),
        translation: changed(from.translation.as_str(), to.translation.as_str()),
        persists: from.persistence != to.persistence,
        persistence: to.persistence.as_deref(),
        description: changed(from.description.as_str(), to.description.as_str()),
    };
    let changes = [settings.profile, settings.translation, settings.description].iter().any(Option::is_some);
    (changes || settings.persists).then_some(settings)
}
