//! Firewalls: what they newly let pass and newly stop, as exact sets of packets. A rule whose packets are the same is the same rule,
//! whatever it says of itself.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::cause::{Cause, Causes};
use super::moved::Moves;
use super::pairs::{pairs, settings};
use super::{Setting, State};
use crate::packet::{Packet, Product, Ranges};
use crate::plan::Plans;
use crate::plan::firewall::{FirewallPlan, FirewallRule, MatchedAddress, Party};
use crate::product::Transport;
use crate::query::answer::Party as End;

/// A firewall that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirewallChange {
    /// Its path; that of a removed one is the old one.
    pub firewall: String,
    /// Whether it came or went.
    pub state: State,
    /// How many rules.
    pub rules: RuleCounts,
    /// Newly allowed packets.
    pub allowed: Vec<PacketChange>,
    /// Newly blocked packets.
    pub blocked: Vec<PacketChange>,
    /// Rules that came, went or are others, and whose packets other rules of the version let pass too.
    pub covered: Vec<CoveredRule>,
    /// Translations.
    pub nats: Vec<NatChange>,
    /// Its other settings.
    pub settings: Vec<Setting>,
    /// What it follows from.
    pub causes: Vec<Cause>,
}

/// Rules by what is with them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct RuleCounts {
    /// Rules that are new.
    pub added: usize,
    /// Rules that are gone.
    pub removed: usize,
    /// Rules of both versions for other packets.
    pub changed: usize,
    /// Rules for the same packets with another text or reason.
    pub relabelled: usize,
    /// Rules before.
    pub before: usize,
}

/// A rule that differs, and by which no packet passes that no other rule lets pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoveredRule {
    /// The rule.
    pub rule: String,
    /// Whether it came, went or is another.
    pub state: State,
    /// What is spoken.
    pub application: String,
    /// TCP or UDP.
    pub transport: Transport,
    /// The ports that it goes to.
    pub ports: Vec<String>,
}

/// Packets of one rule that pass in one version only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketChange {
    /// The rule.
    pub rule: String,
    /// What is spoken.
    pub application: String,
    /// TCP or UDP.
    pub transport: Transport,
    /// Who opens, of those that differ.
    pub from: Vec<End>,
    /// Who listens, of those that differ.
    pub to: Vec<End>,
    /// The ports that differ.
    pub ports: Vec<String>,
    /// The ports that they come from; absent for any.
    pub source_ports: Option<Vec<String>>,
    /// How many pairs of one who opens and one who listens differ.
    pub permits: usize,
    /// One of the packets.
    pub example: String,
    /// The widest pair: the one with the most addresses.
    pub widest: Option<Widest>,
    /// All of the packets, each once.
    pub packets: Vec<PacketBlock>,
    /// What the connection is for.
    pub purpose: String,
    /// What stops working without it.
    pub breaks: String,
    /// What it follows from.
    pub causes: Vec<Cause>,
}

/// A pair of one who opens and one who listens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Widest {
    /// Who opens.
    pub from: Ipv4Net,
    /// Who listens.
    pub to: Ipv4Net,
}

/// Packets whose every part is in the ranges for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketBlock {
    /// Where they come from.
    pub sources: Vec<Ipv4Net>,
    /// The ports that they come from; absent for any.
    pub source_ports: Option<Vec<String>>,
    /// Where they go.
    pub destinations: Vec<Ipv4Net>,
    /// The ports that they go to.
    pub ports: Vec<String>,
}

/// A translation that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NatChange {
    /// Its name.
    pub name: String,
    /// Whether it came or went.
    pub state: State,
    /// The two addresses before: outside, inside.
    pub old: Option<(Ipv4Addr, Ipv4Addr)>,
    /// The two addresses after.
    pub new: Option<(Ipv4Addr, Ipv4Addr)>,
}

pub(super) fn compare(old: Plans<'_>, new: Plans<'_>, moved: &Moves, causes: &Causes<'_>) -> Vec<FirewallChange> {
    let before = old.firewalls().iter().map(|plan| (moved.path(&plan.path).into_owned(), plan));
    let after = new.firewalls().iter().map(|plan| (plan.path.clone(), plan));
    let all = pairs(before, after);
    all.into_values().filter_map(|(old, new)| firewall(old, new, causes)).collect()
}

/// The rules of a version with their packets; those that both have are out of it.
struct Rules<'p> {
    plan: Option<&'p FirewallPlan>,
    rules: Vec<(&'p FirewallRule, Product)>,
}

impl<'p> Rules<'p> {
    fn of(plan: Option<&'p FirewallPlan>) -> Self {
        let rules =
            plan.into_iter().flat_map(|plan| plan.rules.iter().map(|rule| (rule, plan.opening(rule, MatchedAddress::Real))));
        Self { plan, rules: rules.collect() }
    }
}

fn firewall(old: Option<&FirewallPlan>, new: Option<&FirewallPlan>, causes: &Causes<'_>) -> Option<FirewallChange> {
    let state = match (old, new) {
        (None, _) => State::Added,
        (_, None) => State::Removed,
        _ => State::Changed,
    };
    let (mut before, mut after) = (Rules::of(old), Rules::of(new));
    let total = before.rules.len();
    let mut counts = RuleCounts { before: total, relabelled: take_common(&mut before, &mut after), ..RuleCounts::default() };
    // Only what the other version lets pass by rules that the two do not share can be in the way, or a shared one.
    let (all_before, all_after) = (Rules::of(old), Rules::of(new));
    let (mut allowed, mut blocked) = (beyond(&after, &all_before, causes), beyond(&before, &all_after, causes));
    if state != State::Changed {
        // It came or went, and with it all that it lets pass, whatever else is changed of who speaks through it.
        let own = new.or(old).map(|plan| causes.of([plan.path.as_str()])).unwrap_or_default();
        allowed.iter_mut().chain(&mut blocked).for_each(|change| change.causes.clone_from(&own));
    }
    let ids = |rules: &Rules<'_>| rules.rules.iter().map(|(rule, _)| rule.id.clone()).collect::<BTreeSet<_>>();
    let (gone, come) = (ids(&before), ids(&after));
    counts.changed = gone.intersection(&come).count();
    counts.added = come.len() - counts.changed;
    counts.removed = gone.len() - counts.changed;
    let covered = covered(&before, &after, &allowed, &blocked);
    let nats = nats(old, new);
    let of = |read: fn(&FirewallPlan) -> String| (old.map(read), new.map(read));
    let (dialect, networks) = (of(|plan| plan.dialect.to_owned()), of(networks));
    let settings = match state {
        State::Changed => settings([("dialect", dialect.0, dialect.1), ("networks", networks.0, networks.1)]),
        _ => Vec::new(),
    };
    let same = counts == RuleCounts { before: total, ..RuleCounts::default() } && nats.is_empty() && settings.is_empty();
    let path = new.or(old).map(|plan| plan.path.clone())?;
    (state != State::Changed || !same).then(|| FirewallChange {
        causes: if state == State::Changed && settings.is_empty() && nats.is_empty() {
            Vec::new()
        } else {
            causes.of([path.as_str()])
        },
        firewall: path,
        state,
        rules: counts,
        allowed,
        blocked,
        covered,
        nats,
        settings,
    })
}

/// The rules that only one version has in this form, without those that are said with their packets.
fn covered(before: &Rules<'_>, after: &Rules<'_>, allowed: &[PacketChange], blocked: &[PacketChange]) -> Vec<CoveredRule> {
    let said: BTreeSet<&str> = allowed.iter().chain(blocked).map(|change| change.rule.as_str()).collect();
    let by_id = |rules: &Rules<'_>| rules.rules.iter().map(|(rule, _)| (rule.id.clone(), (*rule).clone())).collect::<Vec<_>>();
    let differ = pairs(by_id(before), by_id(after)).into_iter().filter(|(id, _)| !said.contains(id.as_str()));
    let covered = differ.filter_map(|(id, (old, new))| {
        let state = State::of(&old, &new);
        let rule = new.or(old)?;
        let ports = rule.destination_ports.iter().map(ToString::to_string).collect();
        Some(CoveredRule { rule: id, state, application: rule.application, transport: rule.transport, ports })
    });
    covered.collect()
}

fn networks(plan: &FirewallPlan) -> String {
    plan.networks.iter().map(|network| network.range.to_string()).collect::<Vec<_>>().join(", ")
}

/// Takes the rules out that both versions have for the same packets; how many of them say something else of themselves.
fn take_common(old: &mut Rules<'_>, new: &mut Rules<'_>) -> usize {
    let mut left: FxHashMap<Product, Vec<usize>> = FxHashMap::default();
    for (at, (_, product)) in new.rules.iter().enumerate() {
        left.entry(product.clone()).or_default().push(at);
    }
    let mut relabelled = 0;
    let mut shared = vec![false; new.rules.len()];
    old.rules.retain(|(rule, product)| {
        let Some(same) = left.get_mut(product).filter(|same| !same.is_empty()) else { return true };
        // Of several rules for the same packets, the one of the same name.
        let at = same.iter().position(|at| new.rules[*at].0.id == rule.id).unwrap_or_default();
        let at = same.remove(at);
        shared[at] = true;
        if !says_the_same(rule, new.rules[at].0) {
            relabelled += 1;
        }
        false
    });
    let mut shared = shared.into_iter();
    new.rules.retain(|_| !shared.next().unwrap_or_default());
    relabelled
}

/// Whether two rules say the same of themselves; a place is no part of it.
fn says_the_same(old: &FirewallRule, new: &FirewallRule) -> bool {
    let declared = |rule: &FirewallRule| rule.reason.declared.iter().map(|source| source.path.clone()).collect::<Vec<_>>();
    let reason = |rule: &FirewallRule| (rule.reason.features.clone(), rule.reason.row.clone(), rule.reason.purpose.clone());
    let text = |rule: &FirewallRule| (rule.id.clone(), rule.application.clone(), rule.breaks.clone());
    old.sources == new.sources
        && old.destinations == new.destinations
        && text(old) == text(new)
        && reason(old) == reason(new)
        && declared(old) == declared(new)
}

/// What rules of one version let pass beyond everything that the other version lets pass.
fn beyond(these: &Rules<'_>, those: &Rules<'_>, causes: &Causes<'_>) -> Vec<PacketChange> {
    let mut found = Vec::new();
    // A packet that two of the rules let pass is counted with the first.
    let mut counted: Vec<Product> = Vec::new();
    for (rule, product) in &these.rules {
        let mut pieces = vec![product.clone()];
        for other in those.rules.iter().map(|(_, product)| product).chain(&counted) {
            pieces = pieces.into_iter().flat_map(|piece| piece.difference(other)).collect();
            if pieces.is_empty() {
                break;
            }
        }
        if let Some(plan) = these.plan.filter(|_| !pieces.is_empty()) {
            found.push(change(plan, rule, &pieces, causes));
            counted.push(product.clone());
        }
    }
    found
}

fn change(plan: &FirewallPlan, rule: &FirewallRule, pieces: &[Product], causes: &Causes<'_>) -> PacketChange {
    let internet = plan.internet();
    let addresses = |party: &Party| match party.is_any() {
        true => internet.clone(),
        false => [party.net].into_iter().collect::<Ranges>(),
    };
    let sources: Vec<Ranges> = rule.sources.iter().map(addresses).collect();
    let destinations: Vec<Ranges> = rule.destinations.iter().map(addresses).collect();
    let mut from = vec![false; sources.len()];
    let mut to = vec![false; destinations.len()];
    let mut pairs = BTreeSet::new();
    for piece in pieces {
        let touched = |all: &[Ranges], part: &Ranges| -> Vec<usize> {
            (0..all.len()).filter(|at| !all[*at].intersection(part).is_empty()).collect()
        };
        let (here, there) = (touched(&sources, &piece.sources), touched(&destinations, &piece.destinations));
        for source in &here {
            from[*source] = true;
            pairs.extend(there.iter().map(|destination| (*source, *destination)));
        }
        for destination in there {
            to[destination] = true;
        }
    }
    let picked = |parties: &[Party], picked: &[bool]| -> Vec<Party> {
        parties.iter().zip(picked).filter(|(_, picked)| **picked).map(|(party, _)| party.clone()).collect()
    };
    let (from, to) = (picked(&rule.sources, &from), picked(&rule.destinations, &to));
    let ports = pieces.iter().fold(Ranges::default(), |ports, piece| ports.union(&piece.destination_ports));
    let source_ports = pieces.iter().fold(Ranges::default(), |ports, piece| ports.union(&piece.source_ports));
    let size = |(source, destination): &(usize, usize)| {
        (rule.sources[*source].net.prefix_len() + rule.destinations[*destination].net.prefix_len(), *source, *destination)
    };
    let widest = pairs.iter().min_by_key(|pair| size(pair));
    let parties = from.iter().chain(&to).map(|party| party.path.as_str());
    let nearest = causes.of(parties.clone());
    let causes = match nearest.iter().any(|cause| parties.clone().any(|path| cause.path == path)) {
        true => nearest,
        false => causes.of_reasons([&rule.reason], parties.chain([plan.path.as_str()])),
    };
    PacketChange {
        rule: rule.id.clone(),
        application: rule.application.clone(),
        transport: rule.transport,
        ports: port_texts(&ports),
        source_ports: (source_ports != Ranges::ports()).then(|| port_texts(&source_ports)),
        permits: pairs.len(),
        example: pieces.first().and_then(example).map(|packet| packet.to_string()).unwrap_or_default(),
        widest: widest.map(|(from, to)| Widest { from: rule.sources[*from].net, to: rule.destinations[*to].net }),
        packets: pieces.iter().map(packets).collect(),
        purpose: rule.reason.purpose.clone(),
        breaks: rule.breaks.clone(),
        causes,
        from: from.iter().map(End::from).collect(),
        to: to.iter().map(End::from).collect(),
    }
}

/// One of the packets, as a client would send it: not from the address of the network itself, and from a port that systems give out.
fn example(piece: &Product) -> Option<Packet> {
    let address = |ranges: &Ranges| {
        let first = ranges.first()?;
        Some(Ipv4Addr::from_bits(if ranges.contains(first.saturating_add(1)) { first + 1 } else { first }))
    };
    let port = |ranges: &Ranges, usual: u32| u16::try_from(if ranges.contains(usual) { usual } else { ranges.first()? }).ok();
    Some(Packet {
        protocol: u8::try_from(piece.protocols.first()?).ok()?,
        source: address(&piece.sources)?,
        source_port: port(&piece.source_ports, 50_000)?,
        destination: address(&piece.destinations)?,
        destination_port: u16::try_from(piece.destination_ports.first()?).ok()?,
    })
}

fn packets(piece: &Product) -> PacketBlock {
    PacketBlock {
        sources: piece.sources.networks(),
        source_ports: (piece.source_ports != Ranges::ports()).then(|| port_texts(&piece.source_ports)),
        destinations: piece.destinations.networks(),
        ports: port_texts(&piece.destination_ports),
    }
}

fn port_texts(ports: &Ranges) -> Vec<String> {
    let text = |(first, last): (u32, u32)| if first == last { first.to_string() } else { format!("{first}-{last}") };
    ports.iter().map(text).collect()
}

fn nats(old: Option<&FirewallPlan>, new: Option<&FirewallPlan>) -> Vec<NatChange> {
    let of = |plan: Option<&FirewallPlan>| -> BTreeMap<String, (Ipv4Addr, Ipv4Addr)> {
        let nats = plan.into_iter().flat_map(|plan| &plan.nats);
        nats.map(|nat| (nat.name.clone(), (nat.public, nat.inside))).collect()
    };
    let differ = pairs(of(old), of(new)).into_iter().filter(|(_, (old, new))| old != new);
    let change =
        |(name, (old, new)): (String, (Option<_>, Option<_>))| NatChange { name, state: State::of(&old, &new), old, new };
    differ.map(change).collect()
}
