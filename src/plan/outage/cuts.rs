//! Single points of failure: the dominators of ways, put together over the needs. What all of several needs is cut where one of
//! them is; what any of several meets is cut only where all of them are.

use std::rc::Rc;

use super::OutagePlan;
use super::needs::{Need, NeedId};
use super::part::{Part, PartId};
use super::ways::WayCuts;

/// For each need, the parts without any of which it is not met.
#[derive(Debug, Clone)]
pub struct Cuts {
    of: Vec<Option<Rc<[PartId]>>>,
}

impl OutagePlan {
    /// The single points of failure of all needs.
    pub fn cuts(&self) -> Cuts {
        let found = WayCuts::new(&self.graph, &self.directories);
        let mut ways: Vec<Option<Vec<PartId>>> =
            self.ways.iter().map(|way| found.of(*way, &self.parts, &self.directories)).collect();
        self.add_sites(&mut ways);
        Cuts { of: self.put_together(ways) }
    }

    /// Adds the sites without which a way ends. A site takes away several nodes at once, so each is looked at by itself.
    fn add_sites(&self, ways: &mut [Option<Vec<PartId>>]) {
        for site in self.parts.all().filter(|part| matches!(self.parts.part(*part), Part::Site(_))) {
            let is_gone = |part: PartId| part == site;
            let islands = self.islands(is_gone);
            for (way, cuts) in self.ways.iter().zip(ways.iter_mut()) {
                if let Some(cuts) = cuts
                    && !self.is_passable(*way, &islands, is_gone)
                {
                    cuts.push(site);
                }
            }
        }
    }

    fn put_together(&self, ways: Vec<Option<Vec<PartId>>>) -> Vec<Option<Rc<[PartId]>>> {
        let ways: Vec<Option<Rc<[PartId]>>> = ways.into_iter().map(|way| way.map(Into::into)).collect();
        let mut of: Vec<Option<Rc<[PartId]>>> = Vec::new();
        for need in self.needs.iter() {
            let child = |need: &NeedId| of[need.0 as usize].clone();
            let cuts = match need {
                Need::Part(part) => Some(Rc::from([*part])),
                Need::Way(way) => ways[*way as usize].clone(),
                Need::All(needs) => needs.iter().map(child).collect::<Option<Vec<_>>>().map(|all| union(&all)),
                Need::Any(needs) => needs.iter().filter_map(child).reduce(|common, next| intersection(&common, &next)),
            };
            of.push(cuts);
        }
        of
    }
}

impl Cuts {
    /// The parts without any of which a need is not met, sorted; `None` where it is not met anyway.
    pub fn of(&self, need: NeedId) -> Option<&[PartId]> {
        self.of[need.0 as usize].as_deref()
    }

    pub(super) fn set(&self, number: u32) -> Option<Rc<[PartId]>> {
        self.of[number as usize].clone()
    }
}

pub(super) fn union(sets: &[Rc<[PartId]>]) -> Rc<[PartId]> {
    if let [only] = sets {
        return Rc::clone(only);
    }
    let mut all: Vec<PartId> = sets.iter().flat_map(|set| set.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    all.into()
}

pub(super) fn intersection(one: &Rc<[PartId]>, other: &Rc<[PartId]>) -> Rc<[PartId]> {
    if one == other {
        return Rc::clone(one);
    }
    one.iter().copied().filter(|part| other.binary_search(part).is_ok()).collect()
}
