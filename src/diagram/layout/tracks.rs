//! A track for each line in each channel and slot: by the left-edge rule, so that two lines never lie on each other.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::{Grid, SlotKind};
use super::port::Port;
use super::route::Net;
use super::{LABEL_PITCH, PITCH};
use crate::diagram::Picture;

/// A horizontal run of a line in a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) net: usize,
    pub(super) channel: usize,
    /// Its first and last slot.
    pub(super) slots: (usize, usize),
    /// Its track in the channel, from the top.
    pub(super) track: usize,
}

/// Where lines leave a box: channel, slot, and whether the box is above.
type Edge = (usize, usize, bool);

/// All tracks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tracks {
    pub(super) runs: Vec<Run>,
    /// `(line, channel, slot)` to the run that is there.
    pub(super) run_at: BTreeMap<(usize, usize, usize), usize>,
    /// The height of each track of each channel.
    pub(super) heights: Vec<Vec<i32>>,
    /// The channels that a line with a label crosses straight from one box to the next.
    pub(super) labelled_straight: BTreeSet<usize>,
    /// The track of each line in each slot where it runs down.
    pub(super) down: BTreeMap<(usize, usize), usize>,
    /// How many tracks a slot has.
    pub(super) widths: Vec<usize>,
    /// Lines that leave the side of a box, by row and slot, from top to bottom.
    pub(super) at_side: BTreeMap<(usize, usize), Vec<usize>>,
    /// Lines that leave a box, by channel, slot and side, in their order from left to right.
    pub(super) at_edge: BTreeMap<Edge, Vec<usize>>,
}

impl Tracks {
    pub(super) fn new(picture: &Picture, grid: &Grid, nets: &[Net]) -> Self {
        let mut tracks =
            Self { heights: vec![Vec::new(); grid.channels.len()], widths: vec![0; grid.slots.len()], ..Self::default() };
        tracks.find_runs(nets);
        tracks.assign_runs(picture, nets);
        tracks.assign_down(grid, nets);
        tracks.order_ports(nets);
        for (line, net) in picture.lines.iter().zip(nets) {
            if !line.label.is_empty() && net.across.is_empty() {
                tracks.labelled_straight.extend(net.ports.iter().map(|port| port.channel));
            }
        }
        tracks
    }

    /// Makes tracks lower that no label is on. `labels` are the channel and track of each.
    pub(super) fn close_up(&mut self, labels: &BTreeSet<(usize, usize)>) {
        for (channel, heights) in self.heights.iter_mut().enumerate() {
            for (track, height) in heights.iter_mut().enumerate() {
                if !labels.contains(&(channel, track)) {
                    *height = PITCH;
                }
            }
        }
    }

    fn find_runs(&mut self, nets: &[Net]) {
        for (net, ways) in nets.iter().enumerate() {
            let mut open: Option<Run> = None;
            for &(channel, slot) in &ways.across {
                match &mut open {
                    Some(run) if run.channel == channel && run.slots.1 == slot => run.slots.1 = slot + 1,
                    open => self.runs.extend(open.replace(Run { net, channel, slots: (slot, slot + 1), track: 0 })),
                }
            }
            self.runs.extend(open);
        }
    }

    fn assign_runs(&mut self, picture: &Picture, nets: &[Net]) {
        let mut order: Vec<usize> = (0..self.runs.len()).collect();
        let key = |run: &Run| (run.channel, leaning(run, &nets[run.net]), run.slots.0, run.slots.1, run.net);
        order.sort_by_key(|at| key(&self.runs[*at]));
        let mut taken: BTreeMap<usize, Vec<Vec<(usize, usize)>>> = BTreeMap::new();
        for at in order {
            let Run { net, channel, slots, .. } = self.runs[at];
            let rows = taken.entry(channel).or_default();
            let free = |row: &Vec<(usize, usize)>| row.iter().all(|other| other.1 < slots.0 || slots.1 < other.0);
            let track = rows.iter().position(free).unwrap_or(rows.len());
            if track == rows.len() {
                rows.push(Vec::new());
                self.heights[channel].push(0);
            }
            rows[track].push(slots);
            let height = if picture.lines[net].label.is_empty() { PITCH } else { LABEL_PITCH };
            self.heights[channel][track] = self.heights[channel][track].max(height);
            self.runs[at].track = track;
        }
        for (at, run) in self.runs.iter().enumerate() {
            self.run_at.extend((run.slots.0..=run.slots.1).map(|slot| ((run.net, run.channel, slot), at)));
        }
    }

    /// What runs down in a slot: between channels, or to the side of a box.
    fn assign_down(&mut self, grid: &Grid, nets: &[Net]) {
        let mut spans: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        // Twice the number of a channel, and odd numbers for what is between.
        let mut add = |net: usize, slot: usize, from: usize, to: usize| {
            let span = spans.entry((slot, net)).or_insert((from, to));
            *span = (span.0.min(from), span.1.max(to));
        };
        for (net, ways) in nets.iter().enumerate() {
            for &(slot, channel, next) in &ways.down {
                add(net, slot, 2 * channel, 2 * next);
            }
            for port in ways.ports.iter().filter(|port| !matches!(grid.slots[port.slot].kind, SlotKind::Column(_))) {
                let channel = 2 * port.channel;
                add(net, port.slot, channel.saturating_sub(usize::from(port.up)), channel + usize::from(!port.up));
            }
        }
        let mut order: Vec<_> =
            spans.into_iter().map(|((slot, net), span)| (slot, self.sideways(slot, net, &nets[net]), span, net)).collect();
        order.sort_unstable();
        let mut taken: BTreeMap<usize, Vec<Vec<(usize, usize)>>> = BTreeMap::new();
        for (slot, _, span, net) in order {
            let columns = taken.entry(slot).or_default();
            let free = |column: &Vec<(usize, usize)>| column.iter().all(|other| other.1 < span.0 || span.1 < other.0);
            let track = columns.iter().position(free).unwrap_or(columns.len());
            if track == columns.len() {
                columns.push(Vec::new());
            }
            columns[track].push(span);
            self.down.insert((net, slot), track);
            self.widths[slot] = self.widths[slot].max(track + 1);
        }
    }

    /// Whether the runs of a line at a slot lead to the left (0), both ways (1) or to the right (2).
    fn sideways(&self, slot: usize, net: usize, ways: &Net) -> u8 {
        let at = ways.down.iter().filter(|(at, _, _)| *at == slot).flat_map(|(_, channel, next)| [*channel, *next]);
        let channels: BTreeSet<usize> =
            at.chain(ways.ports.iter().filter(|port| port.slot == slot).map(|port| port.channel)).collect();
        let runs: Vec<&Run> =
            channels.iter().filter_map(|channel| self.run_at.get(&(net, *channel, slot))).map(|at| &self.runs[*at]).collect();
        let left = runs.iter().any(|run| run.slots.0 < slot);
        let right = runs.iter().any(|run| run.slots.1 > slot);
        match (left, right) {
            (true, false) => 0,
            (false, true) => 2,
            _ => 1,
        }
    }

    /// Lines to the left are on the left and reach their tracks without crossing each other.
    fn order_ports(&mut self, nets: &[Net]) {
        // Where it leads and how far away its track is, by edge.
        let mut edges: BTreeMap<Edge, Vec<(i32, i32, usize)>> = BTreeMap::new();
        for (net, ways) in nets.iter().enumerate() {
            for &Port { channel, slot, up, side, .. } in &ways.ports {
                if let Some(row) = side {
                    let lines = self.at_side.entry((row, slot)).or_default();
                    if !lines.contains(&net) {
                        lines.push(net);
                    }
                    continue;
                }
                let key = match self.run_at.get(&(net, channel, slot)).map(|at| &self.runs[*at]) {
                    None => (1, 0),
                    Some(run) => {
                        let count = self.heights[channel].len();
                        let away = i32::try_from(if up { run.track } else { count - run.track }).unwrap_or(i32::MAX);
                        match (run.slots.0 < slot, run.slots.1 > slot) {
                            (true, false) => (0, away),
                            (false, true) => (2, -away),
                            _ => (1, away),
                        }
                    }
                };
                edges.entry((channel, slot, up)).or_default().push((key.0, key.1, net));
            }
        }
        for (edge, mut lines) in edges {
            lines.sort_unstable();
            self.at_edge.insert(edge, lines.into_iter().map(|(_, _, net)| net).collect());
        }
    }
}

/// Where the ends of a run lead: up (0), both ways (1) or down (2). Those that lead up get the upper tracks.
fn leaning(run: &Run, net: &Net) -> u8 {
    let here = |slot: usize| run.slots.0 <= slot && slot <= run.slots.1;
    let mut ups =
        net.ports.iter().filter(|port| port.channel == run.channel && here(port.slot)).map(|port| port.up).collect::<Vec<_>>();
    ups.extend(net.down.iter().filter(|(slot, _, next)| *next == run.channel && here(*slot)).map(|_| true));
    ups.extend(net.down.iter().filter(|(slot, channel, _)| *channel == run.channel && here(*slot)).map(|_| false));
    match (ups.iter().all(|up| *up), ups.iter().any(|up| *up)) {
        (true, _) => 0,
        (false, true) => 1,
        (false, false) => 2,
    }
}
