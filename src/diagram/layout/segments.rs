//! From routes and tracks to pieces of lines with coordinates.

use std::collections::{BTreeMap, BTreeSet};

use super::CARD;
use super::PITCH;
use super::grid::{Grid, SlotKind};
use super::place::Places;
use super::port::Port;
use super::route::Net;
use super::tracks::Tracks;
use crate::diagram::{DrawnLine, Picture, Point, Segment};

struct Pen<'a> {
    grid: &'a Grid,
    tracks: &'a Tracks,
    places: &'a Places,
}

/// All lines, without their labels.
pub(super) fn lines(picture: &Picture, grid: &Grid, nets: &[Net], tracks: &Tracks, places: &Places) -> Vec<DrawnLine> {
    let pen = Pen { grid, tracks, places };
    nets.iter().enumerate().map(|(at, net)| pen.line(picture, at, net)).collect()
}

impl Pen<'_> {
    fn line(&self, picture: &Picture, at: usize, net: &Net) -> DrawnLine {
        let line = &picture.lines[at];
        let mut pieces = Vec::new();
        let mut arrows = Vec::new();
        // What meets at each crossing of a channel and a slot: columns have an x for each port.
        for (slot, channel, next) in &net.down {
            let x = self.x(at, *slot);
            pieces.push((Point { x, y: self.y(at, *channel, *slot) }, Point { x, y: self.y(at, *next, *slot) }));
        }
        let mut ends: BTreeMap<usize, Vec<i32>> = BTreeMap::new();
        for port in &net.ports {
            let y = self.y(at, port.channel, port.slot);
            let x = self.port_x(at, net, port);
            let edge = self.edge(at, port);
            pieces.push((Point { x, y }, Point { x, y: edge }));
            if let Some(run) = self.tracks.run_at.get(&(at, port.channel, port.slot)) {
                ends.entry(*run).or_default().push(x);
            }
            if port.side.is_some() {
                pieces.push((Point { x, y: edge }, Point { x: self.side(port), y: edge }));
            } else if line.kind.is_directed() && line.to.contains(&port.node) {
                arrows.push((Point { x, y: edge }, !port.up));
            }
        }
        for (slot, channel, next) in &net.down {
            for channel in [channel, next] {
                if let Some(run) = self.tracks.run_at.get(&(at, *channel, *slot)) {
                    ends.entry(*run).or_default().push(self.x(at, *slot));
                }
            }
        }
        for (run, xs) in ends {
            let y = self.run_y(run);
            if let (Some(left), Some(right)) = (xs.iter().min(), xs.iter().max()) {
                pieces.push((Point { x: *left, y }, Point { x: *right, y }));
            }
        }
        let segments = joined(pieces);
        DrawnLine { line: at, kind: line.kind, joints: joints(&segments), segments, arrows, label: None }
    }

    /// The middle of a line in a slot where it runs down.
    fn x(&self, net: usize, slot: usize) -> i32 {
        let (left, width) = self.places.slots[slot];
        let count = i32::try_from(self.tracks.widths[slot]).unwrap_or(0);
        let track = i32::try_from(self.tracks.down.get(&(net, slot)).copied().unwrap_or(0)).unwrap_or(0);
        left + (width - count * PITCH) / 2 + track * PITCH + PITCH / 2
    }

    /// Where a line leaves a box. Lines to the upper and to the lower box of a column never have the same place.
    fn port_x(&self, net: usize, ways: &Net, port: &Port) -> i32 {
        if !matches!(self.grid.slots[port.slot].kind, SlotKind::Column(_)) {
            return self.x(net, port.slot);
        }
        // A line straight from one box to the one below has one place for both.
        let run = self.tracks.run_at.contains_key(&(net, port.channel, port.slot));
        let up = port.up
            || (!run && ways.ports.iter().any(|other| other.up && (other.channel, other.slot) == (port.channel, port.slot)));
        let lines = self.tracks.at_edge.get(&(port.channel, port.slot, up)).map(Vec::as_slice).unwrap_or_default();
        let count = i32::try_from(lines.len()).unwrap_or(1).max(1);
        let at = i32::try_from(lines.iter().position(|line| *line == net).unwrap_or(0)).unwrap_or(0);
        let pitch = ((CARD - 24) / count).clamp(4, 16);
        let (left, width) = self.places.slots[port.slot];
        let x = left + width / 2 + ((2 * at - (count - 1)) * pitch) / 2;
        x.div_euclid(4) * 4 + if up { 0 } else { 2 }
    }

    fn run_y(&self, run: usize) -> i32 {
        let run = &self.tracks.runs[run];
        track_y(self.tracks, self.places, run.channel, run.track)
    }

    fn y(&self, net: usize, channel: usize, slot: usize) -> i32 {
        match self.tracks.run_at.get(&(net, channel, slot)) {
            Some(run) => self.run_y(*run),
            None => {
                let (top, height) = self.places.channels[channel];
                top + height / 2
            }
        }
    }

    /// The edge of the box that a port is at; the middle of its side.
    fn edge(&self, net: usize, port: &Port) -> i32 {
        if let Some(row) = port.side {
            let (top, height) = self.places.rows[row];
            let lines = self.tracks.at_side.get(&(row, port.slot)).map(Vec::as_slice).unwrap_or_default();
            let count = i32::try_from(lines.len()).unwrap_or(1).max(1);
            let at = i32::try_from(lines.iter().position(|line| *line == net).unwrap_or(0)).unwrap_or(0);
            let pitch = ((height - 6) / count).clamp(2, PITCH);
            return top + height / 2 + (2 * at - (count - 1)) * pitch / 2;
        }
        let area = self.places.of_node[port.node.0].map(|at| self.places.boxes[at].area);
        area.map_or(0, |area| if port.up { area.bottom() } else { area.y })
    }

    fn side(&self, port: &Port) -> i32 {
        let area = self.places.of_node[port.node.0].map(|at| self.places.boxes[at].area);
        let left = self.grid.slots[port.slot].kind == SlotKind::Outer { left: true };
        area.map_or(0, |area| if left { area.x } else { area.right() })
    }
}

/// The middle of a track.
pub(super) fn track_y(tracks: &Tracks, places: &Places, channel: usize, track: usize) -> i32 {
    let (top, height) = places.channels[channel];
    let heights = &tracks.heights[channel];
    let (all, before): (i32, i32) = (heights.iter().sum(), heights[..track].iter().sum());
    top + (height - all) / 2 + before + heights[track] / 2
}

/// Pieces as segments, those on one line that touch each other as one.
fn joined(pieces: Vec<(Point, Point)>) -> Vec<Segment> {
    let mut across: BTreeMap<i32, BTreeSet<(i32, i32)>> = BTreeMap::new();
    let mut down: BTreeMap<i32, BTreeSet<(i32, i32)>> = BTreeMap::new();
    for (from, to) in pieces {
        if from.y == to.y && from.x != to.x {
            across.entry(from.y).or_default().insert((from.x.min(to.x), from.x.max(to.x)));
        } else if from.x == to.x && from.y != to.y {
            down.entry(from.x).or_default().insert((from.y.min(to.y), from.y.max(to.y)));
        }
    }
    let mut segments = Vec::new();
    for (x, spans) in down {
        segments
            .extend(merged(spans).into_iter().map(|(from, to)| Segment { from: Point { x, y: from }, to: Point { x, y: to } }));
    }
    for (y, spans) in across {
        segments
            .extend(merged(spans).into_iter().map(|(from, to)| Segment { from: Point { x: from, y }, to: Point { x: to, y } }));
    }
    segments
}

fn merged(spans: BTreeSet<(i32, i32)>) -> Vec<(i32, i32)> {
    let mut out: Vec<(i32, i32)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// Where at least three pieces of a line meet: a crossing with another line has no such mark.
fn joints(segments: &[Segment]) -> Vec<Point> {
    let mut joints = BTreeSet::new();
    for across in segments.iter().filter(|segment| segment.is_horizontal()) {
        for down in segments.iter().filter(|segment| !segment.is_horizontal()) {
            let point = Point { x: down.from.x, y: across.from.y };
            let on = across.from.x <= point.x && point.x <= across.to.x && down.from.y <= point.y && point.y <= down.to.y;
            let corner = (point.x == across.from.x || point.x == across.to.x) && (point.y == down.from.y || point.y == down.to.y);
            if on && !corner {
                joints.insert(point);
            }
        }
    }
    joints.into_iter().collect()
}
