//! The ways of one flow through one firewall: sources and destinations with their addresses at that firewall.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use rustc_hash::FxHashMap;

use super::super::digest::digest;
use super::Party;
use crate::flow::{Flow, Leg, Parties, Peer};
use crate::model::{FirewallId, NetworkId, Topology};

/// For each firewall and inner address, the public address.
pub(super) type Translations = FxHashMap<(FirewallId, Ipv4Addr), Ipv4Addr>;

/// A party of a flow with the addresses that this firewall sees. Parties are compared by position: names are looked up last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct WayParty {
    /// Its position in the flow's sources or destinations.
    pub peer: usize,
    net: Ipv4Net,
    public: Option<Ipv4Addr>,
}

/// Sources and destinations that cross the firewall between the same two networks.
#[derive(Debug, Clone)]
pub(super) struct Way {
    pub enters: NetworkId,
    pub leaves: NetworkId,
    /// By [`End`].
    ends: [Vec<WayParty>; 2],
}

/// Which parties of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Sources,
    Destinations,
}

impl End {
    fn other(self) -> Self {
        match self {
            End::Sources => End::Destinations,
            End::Destinations => End::Sources,
        }
    }

    fn peers<'f>(self, flow: &'f Flow<'_>) -> &'f Parties {
        match self {
            End::Sources => &flow.from,
            End::Destinations => &flow.to,
        }
    }
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
        // A translation is between a server and the internet only. A source is known by its public address after the
        // firewall that translates, a destination before it; that firewall itself routes by the server's own address.
        let seen_here = |peer: &Peer, as_source: bool| {
            let to_internet = if as_source { outbound } else { inbound };
            let nat = if to_internet { translated_at(peer) } else { None };
            let public = nat.and_then(|n| translations.get(&(leg.crossings[n].firewall, peer.net.addr())).copied());
            match (nat, public) {
                (Some(n), Some(public)) if n == at => (peer.net, Some(public)),
                (Some(n), Some(public)) if (n < at) == as_source => (Ipv4Net::from(public), None),
                _ => (peer.net, None),
            }
        };
        let all = |peers: &Parties, positions: &[usize], as_source: bool| {
            let party = |peer: usize| {
                let (net, public) = seen_here(&peers[peer], as_source);
                WayParty { peer, net, public }
            };
            positions.iter().copied().map(party).collect()
        };
        Self {
            enters: crossing.enters,
            leaves: crossing.leaves,
            ends: [all(&flow.from, &leg.from, true), all(&flow.to, &leg.to, false)],
        }
    }

    /// The parties of one end, by position in the flow.
    pub fn members(&self, end: End) -> &[WayParty] {
        &self.ends[end as usize]
    }

    /// The parties of one end by name, in order, each once.
    pub fn parties(&self, flow: &Flow<'_>, end: End) -> Vec<Party> {
        let peers = end.peers(flow);
        let party = |party: &WayParty| Party { path: peers[party.peer].path.clone(), net: party.net, public: party.public };
        let mut parties: Vec<Party> = self.members(end).iter().map(party).collect();
        parties.sort();
        parties.dedup();
        parties
    }

    fn is_open(&self, end: End) -> bool {
        self.members(end).iter().any(|party| party.net.prefix_len() == 0)
    }
}

/// Joins ways between the same networks that share all sources or all destinations: exactly the same pairs, fewer rules.
/// The internet stays alone, because what a firewall leaves out of it must not be left out of others.
pub(super) fn joined(ways: Vec<Way>) -> Vec<Way> {
    if ways.len() < 2 {
        return ways;
    }
    gathered(gathered(ways, End::Sources), End::Destinations)
}

/// Joins the ways that differ in one end only.
fn gathered(mut ways: Vec<Way>, end: End) -> Vec<Way> {
    let order = |a: &Way, b: &Way| {
        let place = |way: &Way| (way.enters, way.leaves, way.is_open(end));
        place(a).cmp(&place(b)).then_with(|| a.members(end.other()).cmp(b.members(end.other())))
    };
    ways.sort_by(order);
    let mut out: Vec<Way> = Vec::with_capacity(ways.len());
    for way in ways {
        match out.last_mut() {
            Some(last) if order(last, &way).is_eq() => last.ends[end as usize].extend(way.members(end)),
            _ => out.push(way),
        }
    }
    for way in &mut out {
        way.ends[end as usize].sort();
    }
    out
}

/// The suffix that distinguishes each way from the others in a rule's id: nothing when there is one; else a digest of the
/// networks that it passes between, of its parties' networks, or of its parties, the first that no other way shares.
pub(super) fn marks(ways: &[Way], flow: &Flow<'_>, topology: &Topology) -> Vec<String> {
    if ways.len() < 2 {
        return vec![String::new(); ways.len()];
    }
    let path = |id: &NetworkId| topology.network(*id).path.as_str();
    let between = |way: &Way| format!("{}>{}", path(&way.enters), path(&way.leaves));
    let homes = |way: &Way| {
        let home = |end: End| way.members(end).iter().map(move |party| end.peers(flow)[party.peer].network);
        let homes: BTreeSet<NetworkId> = home(End::Sources).chain(home(End::Destinations)).collect();
        format!("{} {}", between(way), homes.iter().map(path).collect::<Vec<_>>().join(" "))
    };
    let parties = |way: &Way| {
        let side_texts = |end, side: &str| -> Vec<String> {
            way.parties(flow, end).iter().map(|party| format!("{side}{} {}", party.path, party.net)).collect()
        };
        format!("{} {}", between(way), [side_texts(End::Sources, ">"), side_texts(End::Destinations, "<")].concat().join(" "))
    };
    let mut marks = vec![None; ways.len()];
    // The later texts name every party, and are seldom needed.
    let levels: [&dyn Fn(&Way) -> String; 3] = [&between, &homes, &parties];
    let mut texts = Vec::new();
    for level in levels {
        if marks.iter().all(Option::is_some) {
            break;
        }
        texts = ways.iter().map(level).collect();
        let counts = count(&texts);
        for (mark, text) in marks.iter_mut().zip(&texts).filter(|(mark, _)| mark.is_none()) {
            *mark = (counts.get(text.as_str()) == Some(&1)).then(|| digest(text, 8));
        }
    }
    // Where even the parties are the same, so is the mark.
    marks.into_iter().zip(&texts).map(|(mark, text)| format!("~{}", mark.unwrap_or_else(|| digest(text, 8)))).collect()
}

fn count(texts: &[String]) -> FxHashMap<&str, usize> {
    let mut counts = FxHashMap::default();
    for text in texts {
        *counts.entry(text.as_str()).or_insert(0) += 1;
    }
    counts
}
