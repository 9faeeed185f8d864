//! The ways of one flow through one firewall: who opens to whom, seen from that firewall.

use std::collections::{BTreeMap, BTreeSet};

use ipnet::Ipv4Net;
use rustc_hash::FxHashMap;

use super::super::digest::digest;
use super::Party;
use crate::flow::{Flow, Leg, Peer};
use crate::model::{FirewallId, NetworkId, Topology};

/// For each firewall and inner address, the address that the internet sees.
pub(super) type Translations = FxHashMap<(FirewallId, std::net::Ipv4Addr), std::net::Ipv4Addr>;

/// Sources and destinations that cross the firewall between the same two networks.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub enters: NetworkId,
    pub leaves: NetworkId,
    pub sources: Vec<Party>,
    pub destinations: Vec<Party>,
    /// Positions of the sources in the flow, to find their declarations.
    pub from: Vec<usize>,
    /// Positions of the destinations.
    pub to: Vec<usize>,
    /// Where the parties are, to tell ways apart.
    homes: BTreeSet<NetworkId>,
}

/// All translations of a topology.
pub(super) fn translations(topology: &Topology) -> Translations {
    let firewalls = topology.firewalls.iter();
    firewalls.flat_map(|firewall| firewall.nats.iter().map(|nat| ((firewall.id, nat.inside.value), nat.public.value))).collect()
}

impl Way {
    /// A leg of a flow, seen from the firewall that it crosses at `at`.
    pub fn new(flow: &Flow<'_>, leg: &Leg, at: usize, translations: &Translations) -> Self {
        let crossing = leg.crossings[at];
        let from = leg.from.iter().map(|i| &flow.from[*i]);
        let to = leg.to.iter().map(|i| &flow.to[*i]);
        let inbound = from.clone().any(|peer| peer.network == NetworkId::INTERNET);
        let outbound = to.clone().any(|peer| peer.network == NetworkId::INTERNET);
        let translated_at = |peer: &Peer| {
            let translates = |firewall| translations.contains_key(&(firewall, peer.net.addr()));
            leg.crossings.iter().position(|crossing| translates(crossing.firewall))
        };
        // A translation stands between a server and the internet only. A source is known by its public address after the
        // firewall that translates, a destination before it; that firewall itself routes by the server's own address.
        let seen = |peer: &Peer, as_source: bool| {
            let to_internet = if as_source { outbound } else { inbound };
            let nat = if to_internet { translated_at(peer) } else { None };
            let public = nat.and_then(|n| translations.get(&(leg.crossings[n].firewall, peer.net.addr())).copied());
            match (nat, public) {
                (Some(n), Some(public)) if n == at => Party { path: peer.path.clone(), net: peer.net, public: Some(public) },
                (Some(n), Some(public)) if (n < at) == as_source => {
                    Party { path: peer.path.clone(), net: Ipv4Net::from(public), public: None }
                }
                _ => Party { path: peer.path.clone(), net: peer.net, public: None },
            }
        };
        Self {
            enters: crossing.enters,
            leaves: crossing.leaves,
            sources: sorted(from.clone().map(|peer| seen(peer, true)).collect()),
            destinations: sorted(to.clone().map(|peer| seen(peer, false)).collect()),
            from: leg.from.clone(),
            to: leg.to.clone(),
            homes: from.chain(to).map(|peer| peer.network).collect(),
        }
    }
}

/// Joins ways between the same networks that share all sources or all destinations: exactly the same pairs, fewer rules.
/// The internet stays alone, because what a firewall leaves out of it must not be left out of others.
pub(super) fn joined(ways: Vec<Way>) -> Vec<Way> {
    if ways.len() < 2 {
        return ways;
    }
    let by_other = |way: &Way, growing: &[Party], other: &[Party]| {
        (way.enters, way.leaves, growing.iter().any(Party::is_any), other.to_vec())
    };
    let mut by_destination: BTreeMap<_, Way> = BTreeMap::new();
    for way in ways {
        match by_destination.get_mut(&by_other(&way, &way.sources, &way.destinations)) {
            Some(other) => {
                other.sources.extend(way.sources);
                other.from.extend(way.from);
                other.homes.extend(way.homes);
            }
            None => {
                by_destination.insert(by_other(&way, &way.sources, &way.destinations), way);
            }
        }
    }
    let mut by_source: BTreeMap<_, Way> = BTreeMap::new();
    for mut way in by_destination.into_values() {
        way.sources = sorted(way.sources);
        match by_source.get_mut(&by_other(&way, &way.destinations, &way.sources)) {
            Some(other) => {
                other.destinations.extend(way.destinations);
                other.to.extend(way.to);
                other.homes.extend(way.homes);
            }
            None => {
                by_source.insert(by_other(&way, &way.destinations, &way.sources), way);
            }
        }
    }
    by_source
        .into_values()
        .map(|mut way| {
            way.destinations = sorted(way.destinations);
            way
        })
        .collect()
}

/// What tells each way from the others in a rule's id: nothing when there is one; else a digest of the networks that it passes
/// between, of its parties' networks, or of its parties, the first that no other way shares.
pub(super) fn marks(ways: &[Way], topology: &Topology) -> Vec<String> {
    if ways.len() < 2 {
        return vec![String::new(); ways.len()];
    }
    let path = |id: &NetworkId| topology.network(*id).path.as_str();
    let between = |way: &Way| format!("{}>{}", path(&way.enters), path(&way.leaves));
    let homes = |way: &Way| format!("{} {}", between(way), way.homes.iter().map(path).collect::<Vec<_>>().join(" "));
    let parties = |way: &Way| {
        let all = way.sources.iter().map(|party| (">", party)).chain(way.destinations.iter().map(|party| ("<", party)));
        let all: Vec<String> = all.map(|(side, party)| format!("{side}{} {}", party.path, party.net)).collect();
        format!("{} {}", between(way), all.join(" "))
    };
    let levels: [Vec<String>; 3] =
        [ways.iter().map(between).collect(), ways.iter().map(homes).collect(), ways.iter().map(parties).collect()];
    let counts: Vec<FxHashMap<&str, usize>> = levels.iter().map(|level| count(level)).collect();
    (0..ways.len())
        .map(|i| {
            let unique = levels.iter().zip(&counts).find(|(level, counts)| counts.get(level[i].as_str()) == Some(&1));
            format!("~{}", digest(unique.map_or(&levels[2][i], |(level, _)| &level[i]), 8))
        })
        .collect()
}

fn count(texts: &[String]) -> FxHashMap<&str, usize> {
    let mut counts = FxHashMap::default();
    for text in texts {
        *counts.entry(text.as_str()).or_insert(0) += 1;
    }
    counts
}

fn sorted(mut parties: Vec<Party>) -> Vec<Party> {
    parties.sort();
    parties.dedup();
    parties
}
