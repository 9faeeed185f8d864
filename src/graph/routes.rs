//! The shortest way between areas, counted in firewalls. The internet is an end, never a way through.

use std::collections::VecDeque;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::areas::{AreaId, Areas};
use crate::model::{FirewallId, NetworkId};

/// One firewall crossed, with the networks on both sides.
type Step = (FirewallId, NetworkId, NetworkId);

/// The way between two areas.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// Firewalls in order, each with the network on the near and on the far side.
    pub crossings: Vec<(FirewallId, NetworkId, NetworkId)>,
    /// Another way of the same length begins or passes here: the first of the firewalls where the ways part.
    pub other_way: Option<FirewallId>,
}

/// Finds ways, and remembers the tree of each source area.
#[derive(Debug)]
pub struct Router<'g> {
    areas: &'g Areas,
    trees: FxHashMap<AreaId, Rc<Vec<Option<Arrival>>>>,
}

/// How an area is first reached from the source.
#[derive(Debug, Clone)]
struct Arrival {
    distance: u32,
    from: AreaId,
    step: Option<Step>,
    other: Option<FirewallId>,
}

impl<'g> Router<'g> {
    pub(super) fn new(areas: &'g Areas) -> Self {
        Self { areas, trees: FxHashMap::default() }
    }

    /// The way from one area to another; `None` where there is none.
    pub fn route(&mut self, from: AreaId, to: AreaId) -> Option<Route> {
        let tree = match self.trees.get(&from) {
            Some(tree) => Rc::clone(tree),
            None => {
                let tree = Rc::new(self.tree(from));
                self.trees.insert(from, Rc::clone(&tree));
                tree
            }
        };
        let mut route = Route { crossings: Vec::new(), other_way: None };
        let mut area = to;
        while area != from {
            let arrival = tree[area.0 as usize].as_ref()?;
            route.crossings.push(arrival.step?);
            route.other_way = route.other_way.or(arrival.other);
            area = arrival.from;
        }
        route.crossings.reverse();
        Some(route)
    }

    fn tree(&self, from: AreaId) -> Vec<Option<Arrival>> {
        let internet = self.areas.of(NetworkId::INTERNET);
        let mut arrivals: Vec<Option<Arrival>> = vec![None; self.areas.count()];
        let mut entered: Vec<Option<u32>> = vec![None; self.areas.firewall_count()];
        arrivals[from.0 as usize] = Some(Arrival { distance: 0, from, step: None, other: None });
        let mut queue = VecDeque::from([from]);
        while let Some(area) = queue.pop_front() {
            if area == internet && area != from {
                continue;
            }
            let distance = arrivals[area.0 as usize].as_ref().map_or(0, |arrival| arrival.distance);
            for &(firewall, near) in self.areas.borders(area) {
                // A firewall entered from nearer leads nowhere new.
                if entered[firewall.index()].is_some_and(|at| at < distance) {
                    continue;
                }
                entered[firewall.index()] = Some(distance);
                for &(next, far) in self.areas.sides(firewall) {
                    if next == area {
                        continue;
                    }
                    match &mut arrivals[next.0 as usize] {
                        Some(arrival) if arrival.distance == distance + 1 => {
                            arrival.other = arrival.other.or(Some(firewall));
                        }
                        Some(_) => {}
                        empty => {
                            let step = Some((firewall, near, far));
                            *empty = Some(Arrival { distance: distance + 1, from: area, step, other: None });
                            queue.push_back(next);
                        }
                    }
                }
            }
        }
        arrivals
    }
}
