//! The parts of the network team.

use super::counts::{self, signed};
use super::outline::{Entry, Group, Part, Text, sign};
use crate::query::diff::{CoveredRule, Diff, End, FirewallChange, NatChange, PacketBlock, PacketChange, State, Widest};

pub(super) fn firewalls(diff: &Diff) -> Part {
    Part { title: "Firewalls", count: counts::firewalls(diff), groups: diff.firewalls.iter().map(firewall).collect() }
}

fn firewall(change: &FirewallChange) -> Group {
    let rules = counts::rules(signed(change.rules.added, change.rules.removed, change.rules.changed));
    let came = match change.state {
        State::Added => "new",
        State::Removed => "removed",
        State::Changed => "",
    };
    let count = [came, &rules].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(", ");
    let mut entries = Vec::new();
    if !change.settings.is_empty() {
        entries.push(Entry::new(State::Changed, Text::plain("settings")).settings(&change.settings).because(&change.causes));
    }
    entries.extend(change.nats.iter().map(|nat| translation(nat).because(&change.causes)));
    entries.extend(change.allowed.iter().map(|packets| packet(packets, true)));
    entries.extend(change.blocked.iter().map(|packets| packet(packets, false)));
    entries.extend(change.covered.iter().map(covered));
    if change.rules.relabelled > 0 {
        let rules = counts::rules(change.rules.relabelled.to_string());
        entries.push(Entry::new(State::Changed, Text::plain(format!("{rules} changed in text only: no packet differs"))));
    }
    Group::new(Text::marked(&change.firewall), count, entries)
}

fn translation(nat: &NatChange) -> Entry {
    let of = |text: Text, addresses: &Option<(std::net::Ipv4Addr, std::net::Ipv4Addr)>| match addresses {
        Some((public, inside)) => text.mark(public.to_string()).then(" to ").mark(inside.to_string()),
        None => text,
    };
    let text = of(Text::plain("translation ").mark(&nat.name).then(" of "), &nat.old.filter(|_| nat.state != State::Added));
    let text = match nat.state {
        State::Changed => of(text.then(", now "), &nat.new),
        State::Added => of(text, &nat.new),
        State::Removed => text,
    };
    Entry::new(nat.state, text)
}

/// A rule whose packets other rules let pass.
fn covered(rule: &CoveredRule) -> Entry {
    let head = Text::plain("rule ").mark(&rule.rule).then(format!(", {} ", rule.transport.word())).mark(rule.ports.join(","));
    let others = match rule.state {
        State::Removed => "still pass by other rules",
        State::Added => "passed by other rules before",
        State::Changed => "pass by other rules in both versions",
    };
    Entry::new(rule.state, head.then(format!(", {}: no packet differs, its packets {others}", rule.application)))
}

/// Packets that pass now, or no more.
fn packet(change: &PacketChange, allowed: bool) -> Entry {
    let ports = Text::plain(format!("{} ", change.transport.word())).mark(change.ports.join(","));
    let ports = match &change.source_ports {
        Some(source) => ports.then(" from port ").mark(source.join(",")).then(" of "),
        None => ports.then(" "),
    };
    let (sources, destinations) = (
        narrowed(&change.from, &change.packets, |block| &block.sources),
        narrowed(&change.to, &change.packets, |block| &block.destinations),
    );
    let is_part = sources.is_some() || destinations.is_some();
    let from = only(ends(ports, &change.from), sources).then(" → ");
    let head = only(ends(from, &change.to), destinations).then(format!(", {}", change.application));
    let mut entry = Entry { sign: sign(if allowed { State::Added } else { State::Removed }), head, details: Vec::new() };
    let net = |net: &ipnet::Ipv4Net| if net.prefix_len() == 32 { net.addr().to_string() } else { net.to_string() };
    let mut passes = Text::marked(&change.example);
    if change.permits > 1 {
        let more = change.permits - 1;
        passes = passes.then(format!(", and {more} more {}", if more == 1 { "pair" } else { "pairs" }));
    }
    let wide = |widest: &&Widest| !is_part && (widest.from.prefix_len() < 32 || widest.to.prefix_len() < 32);
    if let Some(widest) = change.widest.as_ref().filter(|_| change.permits > 1).filter(wide) {
        passes = passes.then("; the widest is ").mark(net(&widest.from)).then(" → ").mark(net(&widest.to));
    }
    entry = entry.detail(if allowed { "allows" } else { "blocks" }, passes);
    entry = entry.detail("rule", Text::marked(&change.rule).then(format!(": {}", change.purpose)));
    // What a part of an end stops or starts is not what the whole rule is for.
    if !is_part {
        entry = entry.detail(if allowed { "without" } else { "if needed" }, Text::plain(&change.breaks));
    }
    entry.because(&change.causes)
}

/// The most networks that a part of the internet is named by.
const MOST_NETWORKS: usize = 6;

/// The networks that differ, where an end is the internet and only a part of it differs.
fn narrowed(ends: &[End], packets: &[PacketBlock], of: fn(&PacketBlock) -> &Vec<ipnet::Ipv4Net>) -> Option<Vec<ipnet::Ipv4Net>> {
    if !ends.iter().any(|end| end.address.prefix_len() == 0) {
        return None;
    }
    let networks: std::collections::BTreeSet<ipnet::Ipv4Net> = packets.iter().flat_map(of).copied().collect();
    (networks.len() <= MOST_NETWORKS && networks.iter().all(|net| net.prefix_len() > 8)).then(|| networks.into_iter().collect())
}

fn only(text: Text, networks: Option<Vec<ipnet::Ipv4Net>>) -> Text {
    match networks {
        Some(networks) => text.then(" (only ").list(networks.iter().map(ToString::to_string)).then(")"),
        None => text,
    }
}

fn ends(text: Text, ends: &[End]) -> Text {
    text.list(ends.iter().map(|end| match end.address.prefix_len() {
        0 => end.path.clone(),
        32 => format!("{} {}", end.path, end.address.addr()),
        _ => format!("{} {}", end.path, end.address),
    }))
}

pub(super) fn balancers(diff: &Diff) -> Part {
    let groups = diff.balancers.iter().map(|change| {
        let mut entries = Vec::new();
        if !change.settings.is_empty() {
            let entry = Entry::new(State::Changed, Text::plain("settings"));
            entries.push(entry.settings(&change.settings).because(&change.causes));
        }
        entries.extend(change.listeners.iter().map(|listener| {
            let head = Text::marked(&listener.socket).then(", listener ").mark(&listener.listener);
            Entry::new(listener.state, head)
                .detail("joins", Text::default().list(listener.added.iter().cloned()))
                .detail("leaves", Text::default().list(listener.removed.iter().cloned()))
                .settings(&listener.settings)
                .because(&listener.causes)
        }));
        Group::new(Text::marked(&change.balancer), came(change.state), entries)
    });
    Part { title: "Load balancers", count: counts::balancers(diff), groups: groups.collect() }
}

fn came(state: State) -> String {
    match state {
        State::Added => "new".to_owned(),
        State::Removed => "removed".to_owned(),
        State::Changed => String::new(),
    }
}

pub(super) fn proxies(diff: &Diff) -> Part {
    let groups = diff.proxies.iter().map(|change| {
        let mut entries = Vec::new();
        if !change.settings.is_empty() {
            entries.push(Entry::new(State::Changed, Text::plain("settings")).settings(&change.settings));
        }
        entries.extend(change.sites.iter().map(|site| {
            Entry::new(site.state, Text::plain("published ").mark(&site.site))
                .detail("names +", Text::default().list(site.names_added.iter().cloned()))
                .detail("names −", Text::default().list(site.names_removed.iter().cloned()))
                .detail("paths +", Text::default().list(site.paths_added.iter().cloned()))
                .detail("paths −", Text::default().list(site.paths_removed.iter().cloned()))
                .settings(&site.settings)
                .because(&site.causes)
        }));
        Group::new(Text::marked(&change.proxy), came(change.state), entries)
    });
    Part { title: "Reverse proxies", count: counts::proxies(diff), groups: groups.collect() }
}
