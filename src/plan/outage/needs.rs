//! Needs: parts and ways, put together by "all of" and "any of". Equal needs are one.

use rustc_hash::FxHashMap;

use super::part::PartId;

/// The number of a need; what it is made of has lower numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NeedId(pub(super) u32);

/// What something needs.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Need {
    /// A part.
    Part(PartId),
    /// A way, by its position.
    Way(u32),
    /// All of them.
    All(Box<[NeedId]>),
    /// At least one of them.
    Any(Box<[NeedId]>),
}

/// All needs.
#[derive(Debug, Clone, Default)]
pub(super) struct Needs {
    all: Vec<Need>,
    known: FxHashMap<Need, NeedId>,
}

impl Needs {
    fn add(&mut self, need: Need) -> NeedId {
        if let Some(id) = self.known.get(&need) {
            return *id;
        }
        let id = NeedId(self.all.len() as u32);
        self.known.insert(need.clone(), id);
        self.all.push(need);
        id
    }

    pub(super) fn part(&mut self, part: PartId) -> NeedId {
        self.add(Need::Part(part))
    }

    pub(super) fn way(&mut self, way: u32) -> NeedId {
        self.add(Need::Way(way))
    }

    pub(super) fn all_of(&mut self, needs: Vec<NeedId>) -> NeedId {
        match one(needs) {
            Ok(only) => only,
            Err(several) => self.add(Need::All(several)),
        }
    }

    pub(super) fn any_of(&mut self, needs: Vec<NeedId>) -> NeedId {
        match one(needs) {
            Ok(only) => only,
            Err(several) => self.add(Need::Any(several)),
        }
    }

    pub(super) fn at(&self, number: u32) -> &Need {
        &self.all[number as usize]
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, Need> {
        self.all.iter()
    }
}

fn one(mut needs: Vec<NeedId>) -> Result<NeedId, Box<[NeedId]>> {
    needs.sort_unstable();
    needs.dedup();
    match needs.as_slice() {
        [only] => Ok(*only),
        _ => Err(needs.into_boxed_slice()),
    }
}
