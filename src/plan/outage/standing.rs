//! What still works while parts are down: every need is looked at once.

use super::needs::{Need, NeedId};
use super::part::PartId;
use super::{OutagePlan, Use};
use crate::graph::Islands;

/// What still works while some parts are down.
#[derive(Debug, Clone)]
pub struct Standing {
    stands: Vec<bool>,
}

impl OutagePlan {
    /// What still works while these parts are down.
    pub fn standing(&self, down: &[PartId]) -> Standing {
        let gone = self.gone(down);
        let is_gone = |part: PartId| gone[part.index()];
        let islands = self.islands(is_gone);
        let passable: Vec<bool> = self.ways.iter().map(|way| self.is_passable(*way, &islands, is_gone)).collect();
        let mut stands: Vec<bool> = Vec::new();
        for need in self.needs.iter() {
            let met = match need {
                Need::Part(part) => !is_gone(*part),
                Need::Way(way) => passable[*way as usize],
                Need::All(needs) => needs.iter().all(|need| stands[need.0 as usize]),
                Need::Any(needs) => needs.iter().any(|need| stands[need.0 as usize]),
            };
            stands.push(met);
        }
        Standing { stands }
    }

    /// What is left of the network while these parts are down.
    pub fn network_without(&self, down: &[PartId]) -> Islands {
        let gone = self.gone(down);
        self.islands(|part| gone[part.index()])
    }

    fn gone(&self, down: &[PartId]) -> Vec<bool> {
        let mut gone = vec![false; self.parts.count()];
        for part in down {
            gone[part.index()] = true;
        }
        gone
    }

    /// The uses that do not work while these parts are down, by their positions.
    pub fn lost(&self, down: &[PartId]) -> Vec<usize> {
        let standing = self.standing(down);
        let is_lost = |(_, used): &(usize, &Use)| !standing.stands(used.need);
        self.uses.iter().enumerate().filter(is_lost).map(|(at, _)| at).collect()
    }
}

impl Standing {
    /// Whether a need is met.
    pub fn stands(&self, need: NeedId) -> bool {
        self.stands[need.0 as usize]
    }
}
