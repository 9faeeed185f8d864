//! The canonical form of a set, and its operations.
//!
//! A tree of five levels. Each level splits the packets by one part of theirs into ranges, in order; ranges that lead to the same
//! packets are one where they touch. The source addresses are the leaves. Work grows with the ranges that the rules name, not
//! with pairs of rules: where a stretch is covered by the same rules as an earlier one, it is the earlier one's tree.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use super::{Packet, Product, Ranges};

/// What splits the packets at each level above the leaves.
const LEVELS: [fn(&Product) -> &Ranges; 4] =
    [|p| &p.protocols, |p| &p.destination_ports, |p| &p.source_ports, |p| &p.destinations];

/// A set of packets; equal sets are equal values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packets(Option<Arc<Node>>);

#[derive(Debug, PartialEq, Eq)]
enum Node {
    /// Separate ranges in order, each with its subtree; adjacent neighbours differ. Never empty.
    Split(Vec<(u32, u32, Arc<Node>)>),
    /// Source addresses; never empty.
    Sources(Ranges),
}

/// Which packets of two sets a combination has.
#[derive(Debug, Clone, Copy)]
enum Combination {
    Either,
    Both,
    FirstOnly,
}

impl Packets {
    /// No packet.
    pub fn none() -> Self {
        Self::default()
    }

    /// The packets of any of the products.
    pub fn of<'p>(products: impl IntoIterator<Item = &'p Product>) -> Self {
        let products: Vec<&Product> = products.into_iter().filter(|product| !product.is_empty()).collect();
        let all: Vec<usize> = (0..products.len()).collect();
        Self(Builder { products: &products, leaves: HashMap::new() }.node(&all, 0))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Whether a packet is in it.
    pub fn contains(&self, packet: &Packet) -> bool {
        let parts = [
            u32::from(packet.protocol),
            packet.destination_port.into(),
            packet.source_port.into(),
            packet.destination.to_bits(),
            packet.source.to_bits(),
        ];
        let mut here = self.0.as_deref();
        for part in parts {
            match here {
                None => return false,
                Some(Node::Sources(sources)) => return sources.contains(part),
                Some(Node::Split(parts)) => {
                    let after = parts.partition_point(|(first, ..)| *first <= part);
                    let found = after.checked_sub(1).and_then(|at| parts.get(at)).filter(|(_, last, _)| part <= *last);
                    here = found.map(|(_, _, node)| node.as_ref());
                }
            }
        }
        false
    }

    /// The packets in either.
    pub fn union(&self, other: &Self) -> Self {
        self.combined(other, Combination::Either)
    }

    /// The packets in both.
    pub fn intersection(&self, other: &Self) -> Self {
        self.combined(other, Combination::Both)
    }

    /// The packets in this set and not in the other.
    pub fn difference(&self, other: &Self) -> Self {
        self.combined(other, Combination::FirstOnly)
    }

    /// One packet of the set, always the same.
    pub fn witness(&self) -> Option<Packet> {
        let mut numbers = Vec::with_capacity(LEVELS.len() + 1);
        let mut here = self.0.as_deref();
        while let Some(node) = here {
            match node {
                Node::Split(parts) => {
                    let (first, _, below) = parts.first()?;
                    numbers.push(*first);
                    here = Some(below.as_ref());
                }
                Node::Sources(sources) => {
                    numbers.push(sources.first()?);
                    here = None;
                }
            }
        }
        let [protocol, destination_port, source_port, destination, source] = numbers.try_into().ok()?;
        Some(Packet {
            protocol: u8::try_from(protocol).ok()?,
            source: Ipv4Addr::from_bits(source),
            source_port: u16::try_from(source_port).ok()?,
            destination: Ipv4Addr::from_bits(destination),
            destination_port: u16::try_from(destination_port).ok()?,
        })
    }

    fn combined(&self, other: &Self, combination: Combination) -> Self {
        Self(Combiner { combination, known: HashMap::new() }.node(self.0.as_ref(), other.0.as_ref()))
    }
}

struct Builder<'p> {
    products: &'p [&'p Product],
    /// Leaves by their content: a source set is in memory once.
    leaves: HashMap<Ranges, Arc<Node>>,
}

impl Builder<'_> {
    /// The packets of the products at `members` from a level downwards.
    fn node(&mut self, members: &[usize], level: usize) -> Option<Arc<Node>> {
        if members.is_empty() {
            return None;
        }
        match LEVELS.get(level) {
            Some(part) => self.split(members, level, *part),
            None => Some(self.leaf(members)),
        }
    }

    fn leaf(&mut self, members: &[usize]) -> Arc<Node> {
        let sources = match members {
            [only] => self.products[*only].sources.clone(),
            _ => Ranges::new(members.iter().flat_map(|member| self.products[*member].sources.iter())),
        };
        Arc::clone(self.leaves.entry(sources).or_insert_with_key(|sources| Arc::new(Node::Sources(sources.clone()))))
    }

    /// Sweeps over the ends of all ranges; between two of them the same products hold.
    fn split(&mut self, members: &[usize], level: usize, part: fn(&Product) -> &Ranges) -> Option<Arc<Node>> {
        // Where products begin (true) and where they have ended, in 64 bits: an end is one behind the last number.
        let mut ends: Vec<(u64, bool, usize)> = Vec::new();
        for member in members {
            for (first, last) in part(self.products[*member]).iter() {
                ends.push((first.into(), true, *member));
                ends.push((u64::from(last) + 1, false, *member));
            }
        }
        ends.sort_unstable();
        let mut known: HashMap<Vec<usize>, Option<Arc<Node>>> = HashMap::new();
        let mut parts: Vec<(u32, u32, Arc<Node>)> = Vec::new();
        let mut active: Vec<usize> = Vec::new();
        let mut groups = ends.chunk_by(|a, b| a.0 == b.0).peekable();
        while let Some(group) = groups.next() {
            for (_, begins, member) in group {
                match (active.binary_search(member), begins) {
                    (Err(at), true) => active.insert(at, *member),
                    (Ok(at), false) => drop(active.remove(at)),
                    // A product's ranges are separate, so it neither begins nor ends twice.
                    _ => {}
                }
            }
            let Some(next) = groups.peek() else { break };
            let below = match known.get(&active) {
                Some(below) => below.clone(),
                None => {
                    let below = self.node(&active, level + 1);
                    known.insert(active.clone(), below.clone());
                    below
                }
            };
            if let (Some(below), Ok(first), Ok(last)) = (below, u32::try_from(group[0].0), u32::try_from(next[0].0 - 1)) {
                push(&mut parts, first, last, below);
            }
        }
        (!parts.is_empty()).then(|| Arc::new(Node::Split(parts)))
    }
}

/// Appends a range, joined with the one before where both lead to the same packets.
fn push(parts: &mut Vec<(u32, u32, Arc<Node>)>, first: u32, last: u32, below: Arc<Node>) {
    match parts.last_mut() {
        Some((_, end, before)) if end.checked_add(1) == Some(first) && *before == below => *end = last,
        _ => parts.push((first, last, below)),
    }
}

struct Combiner {
    combination: Combination,
    /// Pairs that were combined, by where they are in memory: both sets keep their nodes alive meanwhile.
    known: HashMap<(*const Node, *const Node), Option<Arc<Node>>>,
}

impl Combiner {
    fn node(&mut self, ours: Option<&Arc<Node>>, theirs: Option<&Arc<Node>>) -> Option<Arc<Node>> {
        let (ours, theirs) = match (ours, theirs, self.combination) {
            (Some(ours), Some(theirs), _) => (ours, theirs),
            (ours, None, Combination::Either | Combination::FirstOnly) => return ours.cloned(),
            (None, theirs, Combination::Either) => return theirs.cloned(),
            _ => return None,
        };
        if Arc::ptr_eq(ours, theirs) {
            return match self.combination {
                Combination::FirstOnly => None,
                _ => Some(Arc::clone(ours)),
            };
        }
        let pair = (Arc::as_ptr(ours), Arc::as_ptr(theirs));
        if let Some(known) = self.known.get(&pair) {
            return known.clone();
        }
        let out = match (ours.as_ref(), theirs.as_ref()) {
            (Node::Sources(ours), Node::Sources(theirs)) => {
                let sources = match self.combination {
                    Combination::Either => ours.union(theirs),
                    Combination::Both => ours.intersection(theirs),
                    Combination::FirstOnly => ours.difference(theirs),
                };
                (!sources.is_empty()).then(|| Arc::new(Node::Sources(sources)))
            }
            (Node::Split(ours), Node::Split(theirs)) => self.overlaid(ours, theirs),
            // Both are of the same level, so both are of the same kind.
            _ => None,
        };
        self.known.insert(pair, out.clone());
        out
    }

    fn overlaid(&mut self, ours: &[(u32, u32, Arc<Node>)], theirs: &[(u32, u32, Arc<Node>)]) -> Option<Arc<Node>> {
        let mut cuts: Vec<u64> = Vec::with_capacity(2 * (ours.len() + theirs.len()));
        for (first, last, _) in ours.iter().chain(theirs) {
            cuts.extend([u64::from(*first), u64::from(*last) + 1]);
        }
        cuts.sort_unstable();
        cuts.dedup();
        let (mut ours, mut theirs) = (Cursor(ours), Cursor(theirs));
        let mut parts = Vec::new();
        for pair in cuts.windows(2) {
            let (Ok(first), Ok(last)) = (u32::try_from(pair[0]), u32::try_from(pair[1] - 1)) else { continue };
            if let Some(below) = self.node(ours.at(first), theirs.at(first)) {
                push(&mut parts, first, last, below);
            }
        }
        (!parts.is_empty()).then(|| Arc::new(Node::Split(parts)))
    }
}

/// The rest of a node's ranges, read forwards.
struct Cursor<'n>(&'n [(u32, u32, Arc<Node>)]);

impl<'n> Cursor<'n> {
    /// The subtree of a number; numbers are requested in ascending order.
    fn at(&mut self, number: u32) -> Option<&'n Arc<Node>> {
        while let Some(((_, last, _), rest)) = self.0.split_first()
            && *last < number
        {
            self.0 = rest;
        }
        self.0.first().filter(|(first, ..)| *first <= number).map(|(_, _, below)| below)
    }
}
