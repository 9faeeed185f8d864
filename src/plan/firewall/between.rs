//! What a firewall permits while its topology goes from one version to the next: exactly the packets of both, so that what ran goes
//! on and what is new can begin. Rules are put together and never their addresses: sources of one version and destinations of
//! the other, as one rule, would permit crossings that neither has.
//!
//! The internet may be another one in the two versions, because networks inside came or went. In between it is what is the
//! internet in both; what is the internet in one version only is in rules of their own that name its addresses. Only a
//! translation has no such rule: it is for the internet of both versions.
//!
//! A translation of the earlier version goes on. A new one that needs its public address or its server waits: it is made in the
//! step that takes the earlier one away.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{FirewallPlan, FirewallRule, MatchedAddress, Nat, Party};
use crate::packet::{Packets, Product, Ranges};

/// The state between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Between {
    /// What is permitted in between, under the name of the new version.
    pub both: FirewallPlan,
    /// Whether the earlier version means less.
    pub opens: bool,
    /// Whether the new version means less.
    pub closes: bool,
}

/// The state between two versions of a firewall. With `ways`, a rule is another one where its packets pass between other networks.
pub fn between(old: &FirewallPlan, new: &FirewallPlan, ways: bool) -> Between {
    let inside = inside(old, new);
    let frame =
        FirewallPlan { inside, rules: Vec::new(), nats: nats(old, new), networks: networks(old, new), ..without_rules(new) };
    let of_old = pieces(old, &frame, ways);
    let of_new = pieces(new, &frame, ways);
    let (known_old, known_new) = (by_id(&of_old), by_id(&of_new));
    let same = |piece: &Piece<'_>, known: &Known<'_>| known.get(&piece.key()).is_some_and(|other| other.means(piece));
    let kept: Vec<&Piece<'_>> =
        of_old.iter().filter(|piece| !same(piece, &known_new) && !covered(piece, of_new.iter())).collect();
    let mut rules: Vec<FirewallRule> = Vec::new();
    let mut opens = false;
    for piece in &of_new {
        let same = same(piece, &known_old);
        if same || !covered(piece, kept.iter().copied()) {
            opens |= !same && !covered(piece, of_old.iter());
            rules.push(piece.named("new"));
        }
    }
    let given: BTreeSet<String> = rules.iter().map(|rule| rule.id.clone()).collect();
    for piece in &kept {
        let free = piece.part == 0 && !given.contains(&piece.rule.id);
        rules.push(if free { piece.rule.clone() } else { piece.named("old") });
    }
    let pairs = |nats: &[Nat]| nats.iter().map(|nat| (nat.public, nat.inside)).collect::<BTreeSet<_>>();
    let translated = pairs(&frame.nats);
    // Whom a translation is for changes with the networks inside.
    let other_internet = |plan: &FirewallPlan| !plan.nats.is_empty() && plan.internet() != frame.internet();
    opens |= translated != pairs(&old.nats) || other_internet(old);
    let closes = !kept.is_empty() || translated != pairs(&new.nats) || other_internet(new);
    Between { both: FirewallPlan { rules, ..frame }, opens, closes }
}

/// A plan without its rules, which are most of it.
fn without_rules(plan: &FirewallPlan) -> FirewallPlan {
    FirewallPlan {
        name: plan.name.clone(),
        path: plan.path.clone(),
        site: plan.site.clone(),
        label: plan.label.clone(),
        dialect: plan.dialect,
        networks: Vec::new(),
        inside: Vec::new(),
        rules: Vec::new(),
        nats: Vec::new(),
        declared: plan.declared.clone(),
    }
}

/// The networks that are not the internet in one of the versions: in the form of a version where it has them all.
fn inside(old: &FirewallPlan, new: &FirewallPlan) -> Vec<Ipv4Net> {
    let [before, after] = [old, new].map(|plan| plan.inside.iter().copied().collect::<Ranges>());
    let all = before.union(&after);
    if all == after {
        return new.inside.clone();
    }
    if all == before {
        return old.inside.clone();
    }
    let mut nets = [old.inside.as_slice(), new.inside.as_slice()].concat();
    nets.sort_by_key(|net| (net.network(), net.prefix_len()));
    let mut out: Vec<Ipv4Net> = Vec::with_capacity(nets.len());
    for net in nets {
        if !out.last().is_some_and(|last| last.contains(&net)) {
            out.push(net);
        }
    }
    out
}

/// The networks that either version joins.
fn networks(old: &FirewallPlan, new: &FirewallPlan) -> Vec<super::JoinedNetwork> {
    let gone = old.networks.iter().filter(|network| new.networks.iter().all(|other| other.path != network.path));
    new.networks.iter().chain(gone).cloned().collect()
}

/// The translations of the earlier version, and those of the new one that take no address of theirs.
fn nats(old: &FirewallPlan, new: &FirewallPlan) -> Vec<Nat> {
    let same = |a: &Nat, b: &Nat| (a.public, a.inside) == (b.public, b.inside);
    let mut nats: Vec<Nat> =
        old.nats.iter().map(|nat| new.nats.iter().find(|now| same(nat, now)).unwrap_or(nat).clone()).collect();
    let taken = |address: Ipv4Addr| old.nats.iter().any(|nat| nat.public == address || nat.inside == address);
    let mut names: BTreeSet<String> = nats.iter().map(|nat| nat.name.clone()).collect();
    for nat in new.nats.iter().filter(|nat| !taken(nat.public) && !taken(nat.inside)) {
        let name = if names.contains(&nat.name) { format!("{}~new", nat.name) } else { nat.name.clone() };
        names.insert(name.clone());
        nats.push(Nat { name, ..nat.clone() });
    }
    nats.sort_by(|a, b| a.name.cmp(&b.name));
    nats
}

/// A rule, or a part of one that names addresses which are the internet in its version only.
struct Piece<'p> {
    rule: FirewallRule,
    /// 0 for the rule itself.
    part: usize,
    /// The networks that it passes between, where they count.
    way: Option<(&'p str, &'p str)>,
    /// Its packets by their real addresses, as they arrive, and as they are answered.
    products: [Product; 3],
}

impl Piece<'_> {
    fn key(&self) -> (&str, usize) {
        (&self.rule.id, self.part)
    }

    fn means(&self, other: &Self) -> bool {
        self.way == other.way && self.products == other.products
    }

    /// The rule under a name that says its version, where it has not the name of the rule that it is a part of.
    fn named(&self, version: &str) -> FirewallRule {
        let id = match (self.part, version) {
            (0, "new") => self.rule.id.clone(),
            (0, _) => format!("{}~{version}", self.rule.id),
            (part, _) => format!("{}~{version}{part}", self.rule.id),
        };
        FirewallRule { id, ..self.rule.clone() }
    }
}

/// Pieces by their rule and part.
type Known<'p> = BTreeMap<(&'p str, usize), &'p Piece<'p>>;

fn by_id<'p>(pieces: &'p [Piece<'p>]) -> Known<'p> {
    pieces.iter().map(|piece| (piece.key(), piece)).collect()
}

/// The rules of a version in the words of the state in between.
fn pieces<'p>(plan: &'p FirewallPlan, frame: &FirewallPlan, ways: bool) -> Vec<Piece<'p>> {
    let only_here: Vec<Party> = plan
        .internet()
        .difference(&frame.internet())
        .networks()
        .into_iter()
        .map(|net| Party { path: "internet".to_owned(), net, public: None })
        .collect();
    let mut pieces = Vec::with_capacity(plan.rules.len());
    for rule in &plan.rules {
        let way = ways.then_some((rule.from_network.as_str(), rule.to_network.as_str()));
        let ends = [&rule.sources, &rule.destinations].map(|parties| in_parts(parties, &only_here, !frame.inside.is_empty()));
        let [sources, destinations] = &ends;
        let parts = sources.iter().flat_map(|from| destinations.iter().map(move |to| (from, to)));
        for (part, (from, to)) in parts.enumerate() {
            let rule = FirewallRule { sources: from.clone(), destinations: to.clone(), ..rule.clone() };
            let products = [
                frame.opening(&rule, MatchedAddress::Real),
                frame.opening(&rule, MatchedAddress::Mapped),
                frame.answering(&rule, MatchedAddress::Mapped),
            ];
            pieces.push(Piece { rule, part, way, products });
        }
    }
    pieces
}

/// The parties of an end that can be named together: the internet alone, and all others with what is the internet here only.
fn in_parts(parties: &[Party], only_here: &[Party], alone: bool) -> Vec<Vec<Party>> {
    let (open, mut named): (Vec<Party>, Vec<Party>) = parties.iter().cloned().partition(Party::is_any);
    if open.is_empty() || !alone {
        return vec![parties.to_vec()];
    }
    named.extend_from_slice(only_here);
    if named.is_empty() { vec![open] } else { vec![open, named] }
}

/// Whether each packet of a piece is one of others, on its way.
fn covered<'a>(piece: &Piece<'_>, others: impl Iterator<Item = &'a Piece<'a>> + Clone) -> bool {
    let others = others.filter(|other| other.way == piece.way);
    let within = |other: &Piece<'_>| (0..3).all(|at| piece.products[at].difference(&other.products[at]).is_empty());
    if others.clone().any(within) {
        return true;
    }
    (0..3).all(|at| {
        let shared = |other: &&Piece<'_>| *other.products[at].difference(&piece.products[at]) != [other.products[at].clone()];
        let near: Vec<&Product> = others.clone().filter(shared).map(|other| &other.products[at]).collect();
        !near.is_empty() && Packets::of([&piece.products[at]]).difference(&Packets::of(near)).is_empty()
    })
}
