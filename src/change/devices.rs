//! Firewalls and load balancers: the stages in which each changes.

use std::collections::BTreeMap;

use super::values::{Named, code, files, notes, text};
use super::{Declarations, Inputs};
use crate::plan::device::{Values, operations};
use crate::plan::runbook::{Line, Value, operated};
use crate::query::diff::{BalancerChange, FirewallChange, NatChange, PacketChange};

/// Which kind of device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviceKind {
    /// A firewall.
    Firewall,
    /// A load balancer.
    LoadBalancer,
}

/// What happens in a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StageKind {
    /// What is new is added; what runs stays.
    Open,
    /// What leaves gets no new connections.
    Drain,
    /// What the new version does not have is removed.
    Close,
    /// The new version has no such device.
    Gone,
}

/// A stage in which a device changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceStage {
    /// Which kind of device.
    pub kind: DeviceKind,
    /// Its path in the new version; of one that is gone, in the old.
    pub path: String,
    /// The dialect that it speaks.
    pub dialect: &'static str,
    /// What happens.
    pub stage: StageKind,
    /// The files that do it, first to be loaded first, below the output folder.
    pub files: Vec<String>,
    /// The files that undo it.
    pub back: Vec<String>,
    /// What the operations of the device call these files.
    pub values: Values,
}

/// What is done with a device, by the names that steps call it by.
const OPERATIONS: [&str; 7] = ["before_loading", "backing_up", "checking", "loading", "verifying", "saving", "undoing"];

/// The stages of all devices of a kind.
pub(super) fn values(inputs: &Inputs<'_>, declared: &Declarations, kind: DeviceKind) -> Vec<Named> {
    let firewalls = inputs.diff.firewalls.iter().map(|change| (change.firewall.as_str(), change)).collect();
    let balancers = inputs.diff.balancers.iter().map(|change| (change.balancer.as_str(), change)).collect();
    let changes = Changes { firewalls, balancers };
    let stages = inputs.devices.iter().filter(|stage| stage.kind == kind);
    stages.map(|stage| values_of(&changes, declared, stage)).collect()
}

/// What differs on each device, by path.
struct Changes<'a> {
    firewalls: BTreeMap<&'a str, &'a FirewallChange>,
    balancers: BTreeMap<&'a str, &'a BalancerChange>,
}

fn values_of(changes: &Changes<'_>, declared: &Declarations, stage: &DeviceStage) -> Named {
    let mut named = Named::new(stage.path.clone(), declared.of(&stage.path))
        .with("device", Value::Code(stage.path.clone()))
        .with_some("opening", Value::flag(stage.stage == StageKind::Open))
        .with_some("draining", Value::flag(stage.stage == StageKind::Drain))
        .with_some("closing", Value::flag(stage.stage == StageKind::Close))
        .with_some("gone", Value::flag(stage.stage == StageKind::Gone))
        .with_some("files", files(&stage.files))
        .with_some("back_files", files(&stage.back));
    for name in OPERATIONS {
        let known = || operations(stage.dialect, &stage.values);
        // Without a file of its own there is nothing to load.
        let there = !stage.files.is_empty() || matches!(name, "undoing" | "backing_up");
        named = named.with_some(name, operated(name, known).filter(|_| there));
    }
    match stage.kind {
        DeviceKind::Firewall => {
            let change = changes.firewalls.get(stage.path.as_str());
            let lines = |part: fn(&FirewallChange) -> Vec<Line>| notes(change.map(|change| part(change)).unwrap_or_default());
            named
                .with_some("allowed", lines(|change| change.allowed.iter().map(packets).collect()))
                .with_some("blocked", lines(|change| change.blocked.iter().map(packets).collect()))
                .with_some("translations", lines(|change| change.nats.iter().map(translation).collect()))
        }
        DeviceKind::LoadBalancer => {
            let change = changes.balancers.get(stage.path.as_str());
            let lines = |part: fn(&BalancerChange) -> Vec<Line>| notes(change.map(|change| part(change)).unwrap_or_default());
            named.with_some("listeners", lines(listeners)).with_some("leaving", lines(leaving))
        }
    }
}

fn packets(change: &PacketChange) -> Line {
    Line(vec![text(format!("{}, rule ", change.application)), code(&change.rule), text(": for example "), code(&change.example)])
}

fn translation(change: &NatChange) -> Line {
    let pair = |pair: Option<(std::net::Ipv4Addr, std::net::Ipv4Addr)>| {
        pair.map_or_else(|| "none".to_owned(), |(outside, inside)| format!("{outside} outside is {inside} inside"))
    };
    Line(vec![code(&change.name), text(format!(": {} becomes {}", pair(change.old), pair(change.new)))])
}

fn listeners(change: &BalancerChange) -> Vec<Line> {
    let line = |listener: &crate::query::diff::ListenerChange| {
        let mut runs = vec![code(&listener.socket), text(format!(" ({})", listener.listener))];
        for (word, servers) in [("new behind it", &listener.added), ("removed from it", &listener.removed)] {
            if !servers.is_empty() {
                runs.push(text(format!("; {word}: {}", servers.join(", "))));
            }
        }
        for setting in &listener.settings {
            let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
            runs.push(text(format!("; {}: {} becomes {}", setting.setting, value(&setting.old), value(&setting.new))));
        }
        Line(runs)
    };
    change.listeners.iter().map(line).collect()
}

fn leaving(change: &BalancerChange) -> Vec<Line> {
    let servers = change.listeners.iter().flat_map(|listener| {
        listener.removed.iter().map(|server| Line(vec![code(server), text(" behind "), code(&listener.socket)]))
    });
    servers.collect()
}
