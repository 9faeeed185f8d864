//! The route of each line: a cheapest way through channels and slots. Ends of one line share what they can.
//! Costs are whole numbers and ties go to the lower position, so a picture always gets the same routes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::grid::{Grid, RowKind, SlotKind};
use super::port::{Port, ports};
use crate::diagram::{Line, LineKind, NodeId, Picture};

/// The way of a line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Net {
    /// `(channel, slot)`: it runs in the channel from the slot to the next one.
    pub(super) across: BTreeSet<(usize, usize)>,
    /// `(slot, channel, next channel)`: it runs in the slot from one channel to the one below.
    pub(super) down: BTreeSet<(usize, usize, usize)>,
    /// Where it leaves boxes.
    pub(super) ports: BTreeSet<Port>,
}

/// What a turn costs.
const TURN: u32 = 70;
/// What it costs to share a piece of a channel with another line.
const COMPANY: u32 = 9;
/// What it costs to pass a network to which neither end belongs.
const FOREIGN: u32 = 25;
/// What it costs to go around a firewall that the line does not pass: more than any other way.
const AROUND: u32 = 100_000;

/// The ways of all lines.
pub(super) fn routes(picture: &Picture, grid: &Grid) -> Vec<Net> {
    let mut used = Used::default();
    // Short lines first: they have the least choice.
    let mut order: Vec<usize> = (0..picture.lines.len()).collect();
    order.sort_by_key(|at| (picture.lines[*at].kind, span(grid, &picture.lines[*at]), *at));
    let mut nets = vec![Net::default(); picture.lines.len()];
    for at in order {
        let net = Router { grid, line: &picture.lines[at], used: &used }.net();
        used.take(&net);
        nets[at] = net;
    }
    nets
}

/// How far apart the ends of a line are in the grid.
fn span(grid: &Grid, line: &Line) -> usize {
    let rows =
        line.from.iter().chain(&line.to).flat_map(|node| ports(grid, *node, line.kind)).map(|port| port.channel + port.slot);
    let (low, high) = rows.fold((usize::MAX, 0), |(low, high), at| (low.min(at), high.max(at)));
    high.saturating_sub(low)
}

#[derive(Default)]
struct Used {
    across: BTreeMap<(usize, usize), u32>,
    down: BTreeMap<(usize, usize, usize), u32>,
}

impl Used {
    fn take(&mut self, net: &Net) {
        for piece in &net.across {
            *self.across.entry(*piece).or_default() += 1;
        }
        for piece in &net.down {
            *self.down.entry(*piece).or_default() += 1;
        }
    }
}

/// A crossing of a channel and a slot, and whether it was reached along the channel.
type State = (usize, usize, bool);

struct Router<'a> {
    grid: &'a Grid,
    line: &'a Line,
    used: &'a Used,
}

impl Router<'_> {
    /// One end is the root, the nearest others join one after the other.
    fn net(&self) -> Net {
        let mut ends: Vec<NodeId> = Vec::new();
        let (one, many) =
            if self.line.to.len() == 1 { (&self.line.to, &self.line.from) } else { (&self.line.from, &self.line.to) };
        for node in one.iter().chain(many) {
            if !ends.contains(node) {
                ends.push(*node);
            }
        }
        let mut net = Net::default();
        let Some((root, others)) = ends.split_first() else { return net };
        for node in others {
            let Some((from, path, to)) = self.path(*node, *root, &net) else { continue };
            for pair in path.windows(2) {
                let ((channel, slot, _), (next_channel, next_slot, _)) = (pair[0], pair[1]);
                if channel == next_channel {
                    net.across.insert((channel, slot.min(next_slot)));
                } else {
                    net.down.insert((slot, channel.min(next_channel), channel.max(next_channel)));
                }
            }
            net.ports.insert(from);
            net.ports.extend(to);
        }
        net
    }

    /// A cheapest way from a box to the net, or to the root if the net is empty.
    fn path(&self, node: NodeId, root: NodeId, net: &Net) -> Option<(Port, Vec<State>, Option<Port>)> {
        let mut goals: BTreeMap<(usize, usize), Option<Port>> = BTreeMap::new();
        let mut touched: BTreeSet<(usize, usize)> =
            net.across.iter().flat_map(|(channel, slot)| [(*channel, *slot), (*channel, slot + 1)]).collect();
        touched.extend(net.down.iter().flat_map(|(slot, channel, next)| [(*channel, *slot), (*next, *slot)]));
        for port in ports(self.grid, root, self.line.kind) {
            goals.entry((port.channel, port.slot)).or_insert(Some(port));
        }
        touched.extend(net.ports.iter().map(|port| (port.channel, port.slot)));
        for at in touched {
            goals.insert(at, None);
        }
        let starts: BTreeMap<(usize, usize), Port> =
            ports(self.grid, node, self.line.kind).into_iter().map(|port| ((port.channel, port.slot), port)).collect();
        let mut best: BTreeMap<State, (u32, Option<State>)> = BTreeMap::new();
        let mut queue = BinaryHeap::new();
        for &(channel, slot) in starts.keys() {
            let state = (channel, slot, false);
            best.insert(state, (0, None));
            queue.push(Reverse((0, state)));
        }
        while let Some(Reverse((cost, state))) = queue.pop() {
            if best.get(&state).is_some_and(|(known, _)| *known < cost) {
                continue;
            }
            let (channel, slot, _) = state;
            if let Some(goal) = goals.get(&(channel, slot)) {
                let mut path = vec![state];
                while let Some((_, Some(before))) = path.last().and_then(|last| best.get(last)) {
                    path.push(*before);
                }
                path.reverse();
                let start = starts.get(&path.first().map(|(channel, slot, _)| (*channel, *slot))?)?;
                return Some((*start, path, *goal));
            }
            for (next, step) in self.steps(state) {
                let total = cost + step;
                if best.get(&next).is_none_or(|(known, _)| total < *known) {
                    best.insert(next, (total, Some(state)));
                    queue.push(Reverse((total, next)));
                }
            }
        }
        None
    }

    fn steps(&self, (channel, slot, along): State) -> Vec<(State, u32)> {
        let mut steps = Vec::new();
        let about = self.grid.channels[channel];
        let turn = |along_next: bool| if along == along_next { 0 } else { TURN };
        let side = |to: usize, piece: usize| {
            let company = self.used.across.get(&(channel, piece)).copied().unwrap_or_default();
            let across_sites = self.grid.slots[slot].site != self.grid.slots[to].site;
            ((channel, to, true), (if across_sites { 40 } else { 95 }) + company * COMPANY + turn(true))
        };
        if slot > about.slots.0 {
            steps.push(side(slot - 1, slot - 1));
        }
        if slot < about.slots.1 {
            steps.push(side(slot + 1, slot));
        }
        let here = self.grid.slots[slot];
        if matches!(here.kind, SlotKind::Column(_)) {
            return steps;
        }
        let column = &self.grid.columns[here.site];
        // The channels of a site are sorted by number.
        let Ok(at) = column.binary_search_by_key(&channel, |(channel, _)| *channel) else { return steps };
        let mut step = |from: usize, to: usize| {
            let (upper, lower) = (from.min(to), from.max(to));
            let Some(cost) = self.passage(column[upper].1, here.kind) else { return };
            let piece = (slot, column[upper].0, column[lower].0);
            let company = self.used.down.get(&piece).copied().unwrap_or_default();
            steps.push(((column[to].0, slot, false), cost + company * COMPANY + turn(false)));
        };
        if at > 0 {
            step(at, at - 1);
        }
        if at + 1 < column.len() {
            step(at, at + 1);
        }
        steps
    }

    /// What it costs to pass a row beside its cards; `None` if a firewall is in the way.
    fn passage(&self, row: Option<usize>, slot: SlotKind) -> Option<u32> {
        let Some(row) = row else { return Some(12) };
        let outer = matches!(slot, SlotKind::Outer { .. });
        match &self.grid.rows[row].kind {
            RowKind::Cards(_) => Some(110),
            RowKind::Title | RowKind::Across(_) => Some(50),
            RowKind::Wall(_) if !matches!(self.line.kind, LineKind::Tcp | LineKind::Udp | LineKind::Both) => Some(45),
            RowKind::Wall(wall) if self.line.walls.contains(wall) => (!outer).then_some(45),
            RowKind::Wall(_) => outer.then_some(AROUND),
            RowKind::Bar(_) | RowKind::Head(_) | RowKind::Foot(_) if outer => Some(35),
            RowKind::Bar(_) | RowKind::Head(_) => Some(35 + FOREIGN),
            RowKind::Foot(_) => Some(12),
        }
    }
}
