//! Pairs of failures: the single points of failure that a first failure makes. Only the needs above the first one are looked at
//! again, and only the ways that could go round it.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::OutagePlan;
use super::cuts::{Cuts, intersection, union};
use super::needs::Need;
use super::part::{Part, PartId};
use super::ways::WayCuts;
use crate::graph::Node;

type Set = Option<Rc<[PartId]>>;

/// What has changed with the first failure, by need.
type Changed = FxHashMap<u32, Set>;

/// Look-ups that all first failures share.
struct Index {
    /// The needs that each need is part of.
    above: Vec<Vec<u32>>,
    parts: FxHashMap<PartId, u32>,
    ways: Vec<Option<u32>>,
    uses: FxHashMap<u32, Vec<usize>>,
}

impl OutagePlan {
    /// Calls `found` with each pair of parts and the position of a use that the pair takes away and neither of them does, until it
    /// says no. Parts of which one takes over are in no pair, nor is what `counts` leaves out.
    pub fn pairs(&self, cuts: &Cuts, counts: impl Fn(Part) -> bool, mut found: impl FnMut(PartId, PartId, usize) -> bool) {
        let index = self.index();
        let whole = WayCuts::new(&self.graph, &self.directories);
        let takes_part = |part: &PartId| !self.parts.has_spare(*part) && counts(self.parts.part(*part));
        for first in self.parts.all().filter(takes_part) {
            let mut changed = Changed::default();
            self.change_ways(first, &whole, &index, &mut changed);
            if let Some(need) = index.parts.get(&first) {
                changed.insert(*need, None);
            }
            let mut queue: BinaryHeap<Reverse<u32>> = BinaryHeap::new();
            let mut queued: BTreeSet<u32> = BTreeSet::new();
            for need in changed.keys().copied().collect::<BTreeSet<u32>>() {
                queue.extend(
                    index.above[need as usize].iter().filter(|above| queued.insert(**above)).map(|above| Reverse(*above)),
                );
            }
            while let Some(Reverse(need)) = queue.pop() {
                let now = self.now(need, cuts, &changed);
                if now == cuts.set(need) {
                    continue;
                }
                changed.insert(need, now);
                queue.extend(
                    index.above[need as usize].iter().filter(|above| queued.insert(**above)).map(|above| Reverse(*above)),
                );
            }
            let touched: BTreeSet<u32> = changed.keys().copied().collect();
            for need in touched {
                let (Some(uses), Some(now), Some(before)) =
                    (index.uses.get(&need), changed.get(&need).cloned().flatten(), cuts.set(need))
                else {
                    continue;
                };
                let second = now.iter().filter(|part| **part > first && takes_part(part) && before.binary_search(part).is_err());
                for second in second {
                    if !uses.iter().all(|used| found(first, *second, *used)) {
                        return;
                    }
                }
            }
        }
    }

    fn index(&self) -> Index {
        let mut index = Index {
            above: vec![Vec::new(); self.needs.iter().len()],
            parts: FxHashMap::default(),
            ways: vec![None; self.ways.len()],
            uses: FxHashMap::default(),
        };
        for (at, need) in self.needs.iter().enumerate() {
            let at = at as u32;
            match need {
                Need::Part(part) => {
                    index.parts.insert(*part, at);
                }
                Need::Way(way) => index.ways[*way as usize] = Some(at),
                Need::All(needs) | Need::Any(needs) => needs.iter().for_each(|need| index.above[need.0 as usize].push(at)),
            }
        }
        for (at, used) in self.uses.iter().enumerate() {
            index.uses.entry(used.need.0).or_default().push(at);
        }
        index
    }

    /// The ways that end with the first failure, or have other single points of failure after it.
    fn change_ways(&self, first: PartId, whole: &WayCuts, index: &Index, changed: &mut Changed) {
        let node = match self.parts.part(first) {
            Part::Firewall(id) => Some(Node::Firewall(id)),
            Part::WanLink(id) => Some(Node::WanLink(id)),
            Part::Computer(_) => None,
            _ => return,
        };
        let left = whole.without(&self.graph, &self.directories, node, first);
        if node.is_none() && left.is_empty() {
            return;
        }
        for (at, way) in self.ways.iter().enumerate() {
            let Some(need) = index.ways[at] else { continue };
            let before = whole.of(*way, &self.parts, &self.directories);
            if before.as_ref().is_some_and(|cuts| cuts.binary_search(&first).is_ok()) {
                changed.insert(need, None);
            } else if let Some(now) = left.of(*way, &self.parts, &self.directories).filter(|now| *now != before) {
                changed.insert(need, now.map(Into::into));
            }
        }
    }

    fn now(&self, need: u32, cuts: &Cuts, changed: &Changed) -> Set {
        let child = |child: &super::NeedId| changed.get(&child.0).cloned().unwrap_or_else(|| cuts.set(child.0));
        match self.needs.at(need) {
            Need::Part(_) | Need::Way(_) => cuts.set(need),
            Need::All(needs) => needs.iter().map(child).collect::<Option<Vec<_>>>().map(|all| union(&all)),
            Need::Any(needs) => needs.iter().filter_map(child).reduce(|common, next| intersection(&common, &next)),
        }
    }
}
