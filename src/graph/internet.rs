//! What a firewall reaches over the internet: its own organization's other outer networks are strangers to it.

use std::collections::VecDeque;

use super::areas::Areas;
use crate::model::{FirewallId, NetworkId};

/// How an area is reached from a firewall.
#[derive(Debug, Clone, Copy)]
struct Reached {
    distance: u32,
    over: bool,
}

/// For each area, whether a shortest way to it from any side of the firewall, not back through it, leads over the internet. Where a
/// way inside is as short, the internet counts: that is where public addresses are routed.
pub(super) fn over_internet(areas: &Areas, firewall: FirewallId) -> Vec<bool> {
    let internet = areas.of(NetworkId::INTERNET);
    let mut reached: Vec<Option<Reached>> = vec![None; areas.count()];
    let mut entered: Vec<Option<Reached>> = vec![None; areas.firewall_count()];
    entered[firewall.index()] = Some(Reached { distance: 0, over: true });
    let mut queue = VecDeque::new();
    for &(area, _) in areas.sides(firewall) {
        reached[area.0 as usize] = Some(Reached { distance: 0, over: false });
        queue.push_back(area);
    }
    while let Some(area) = queue.pop_front() {
        let Some(Reached { distance, over }) = reached[area.0 as usize] else { continue };
        let over = over || area == internet;
        for &(next, _) in areas.borders(area) {
            // A firewall that was entered as near and by no better way leads nowhere new.
            let known = &mut entered[next.index()];
            if known.is_some_and(|known| known.distance < distance || (known.over || !over)) {
                continue;
            }
            *known = Some(Reached { distance, over });
            for &(far, _) in areas.sides(next) {
                match &mut reached[far.0 as usize] {
                    Some(there) => there.over |= over && there.distance == distance + 1,
                    empty => {
                        *empty = Some(Reached { distance: distance + 1, over });
                        queue.push_back(far);
                    }
                }
            }
        }
    }
    reached.into_iter().map(|reached| reached.is_some_and(|reached| reached.over)).collect()
}
