//! How much differs, in one line.

use crate::query::diff::{CertificateWork, Diff, State};
use crate::report::count;

/// `+2 −1`; empty for nothing.
pub(super) fn signed(added: usize, removed: usize, changed: usize) -> String {
    let part = |sign: &str, number: usize| (number > 0).then(|| format!("{sign}{number}"));
    let parts = [part("+", added), part("−", removed), part("~", changed)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How many of a list came, went, or are others.
pub(super) fn states(states: impl Iterator<Item = State>) -> (usize, usize, usize) {
    states.fold((0, 0, 0), |(added, removed, changed), state| match state {
        State::Added => (added + 1, removed, changed),
        State::Removed => (added, removed + 1, changed),
        State::Changed => (added, removed, changed + 1),
    })
}

/// A noun for one, and for another number.
type Noun = (&'static str, &'static str);

/// Some counts with their nouns, joined: `+1 member`, `+2 −1 rules`.
fn phrase(parts: &[(String, Noun)]) -> String {
    let parts = parts.iter().filter(|(count, _)| !count.is_empty()).map(|(count, (one, many))| {
        let noun = if count.trim_start_matches(['+', '−', '~']) == "1" { one } else { many };
        format!("{count} {noun}")
    });
    parts.collect::<Vec<_>>().join(", ")
}

/// A count of rules; empty for none.
pub(super) fn rules(count: String) -> String {
    phrase(&[(count, ("rule", "rules"))])
}

pub(super) fn firewalls(diff: &Diff) -> String {
    if diff.firewalls.is_empty() {
        return String::new();
    }
    let sum = |of: fn(&crate::query::diff::FirewallChange) -> usize| diff.firewalls.iter().map(of).sum::<usize>();
    let permits = |packets: &[crate::query::diff::PacketChange]| packets.iter().map(|packets| packets.permits).sum::<usize>();
    let rules = signed(sum(|f| f.rules.added), sum(|f| f.rules.removed), sum(|f| f.rules.changed));
    let allowed: usize = diff.firewalls.iter().map(|firewall| permits(&firewall.allowed)).sum();
    let blocked: usize = diff.firewalls.iter().map(|firewall| permits(&firewall.blocked)).sum();
    let nats = states(diff.firewalls.iter().flat_map(|firewall| &firewall.nats).map(|nat| nat.state));
    let (firewalls, nats) = (count(diff.firewalls.len(), "firewall"), signed(nats.0, nats.1, nats.2));
    let parts = phrase(&[
        (rules, ("rule", "rules")),
        (signed(allowed, blocked, 0), ("permit", "permits")),
        (nats, ("translation", "translations")),
    ]);
    // Another rule may let the packets of a new one pass already.
    let same = if allowed + blocked == 0 { "no packet differs" } else { "" };
    [firewalls.as_str(), &parts, same].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

pub(super) fn balancers(diff: &Diff) -> String {
    let listeners = || diff.balancers.iter().flat_map(|balancer| &balancer.listeners);
    let (added, removed, changed) = states(listeners().map(|listener| listener.state));
    let stays = || listeners().filter(|listener| listener.state == State::Changed);
    let (come, gone) = (members(stays().flat_map(|l| &l.added)), members(stays().flat_map(|l| &l.removed)));
    or_changed(
        phrase(&[(signed(added, removed, changed), ("listener", "listeners")), (signed(come, gone, 0), ("member", "members"))]),
        diff.balancers.len(),
    )
}

/// The counts, or if only settings of the devices differ, how many devices these are.
fn or_changed(counts: String, devices: usize) -> String {
    if counts.is_empty() && devices > 0 { format!("{devices} changed") } else { counts }
}

/// A server behind several ports is one member.
fn members<'d>(members: impl Iterator<Item = &'d String>) -> usize {
    members.collect::<std::collections::BTreeSet<_>>().len()
}

pub(super) fn proxies(diff: &Diff) -> String {
    let sites = || diff.proxies.iter().flat_map(|proxy| &proxy.sites);
    let (added, removed, changed) = states(sites().map(|site| site.state));
    let paths = signed(sites().map(|s| s.paths_added.len()).sum(), sites().map(|s| s.paths_removed.len()).sum(), 0);
    or_changed(phrase(&[(signed(added, removed, changed), ("site", "sites")), (paths, ("path", "paths"))]), diff.proxies.len())
}

pub(super) fn dns(diff: &Diff) -> String {
    let view = |view: &str| {
        let of = diff.records.iter().filter(|record| record.view.word() == view);
        let (added, removed, changed) = states(of.map(|record| record.state));
        signed(added, removed, changed)
    };
    let zones = states(diff.zones.iter().map(|zone| zone.state));
    let hosts = diff.hosts.iter().map(|file| (file.added.len(), file.removed.len()));
    let hosts = hosts.fold((0, 0), |sum, lines| (sum.0 + lines.0, sum.1 + lines.1));
    phrase(&[
        (view("internal"), ("internal", "internal")),
        (view("external"), ("external", "external")),
        (signed(zones.0, zones.1, zones.2), ("zone", "zones")),
        (signed(hosts.0, hosts.1, 0), ("line of hosts files", "lines of hosts files")),
    ])
}

pub(super) fn certificates(diff: &Diff) -> String {
    let of = |work| {
        let count = diff.certificates.iter().filter(|change| change.work == work).count();
        if count == 0 { String::new() } else { count.to_string() }
    };
    phrase(&[
        (of(CertificateWork::Request), ("to request", "to request")),
        (of(CertificateWork::Reissue), ("to reissue", "to reissue")),
        (of(CertificateWork::Install), ("to install elsewhere", "to install elsewhere")),
        (of(CertificateWork::Retire), ("to retire", "to retire")),
    ])
}

pub(super) fn steps(diff: &Diff) -> String {
    let (added, removed, changed) = states(diff.steps.iter().map(|step| step.state));
    phrase(&[(signed(added, removed, changed), ("step", "steps"))])
}

/// How much differs, by team: one line without an end. A team whose artifacts are the same is not in it.
pub fn summary(diff: &Diff) -> String {
    let findings = signed(diff.findings.new.len(), diff.findings.gone.len(), 0);
    let waivers = diff.waivers.len();
    let waivers = if waivers == 0 { String::new() } else { waivers.to_string() };
    let assertions = diff.assertions.len();
    let assertions = if assertions == 0 { String::new() } else { assertions.to_string() };
    let parts = [
        ("network", firewalls(diff)),
        ("load balancers", balancers(diff)),
        ("reverse proxies", proxies(diff)),
        ("DNS", dns(diff)),
        ("PKI", certificates(diff)),
        ("runbook", steps(diff)),
        ("findings", findings),
        ("waivers", waivers),
        ("assertions", assertions),
    ];
    let parts: Vec<String> =
        parts.into_iter().filter(|(_, count)| !count.is_empty()).map(|(team, count)| format!("{team}: {count}")).collect();
    match (parts.is_empty(), diff.is_empty()) {
        (false, _) => parts.join("; "),
        (true, true) => "no differences".to_owned(),
        (true, false) => "declarations differ, artifacts do not".to_owned(),
    }
}
