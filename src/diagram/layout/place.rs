//! Coordinates of slots, channels, rows and boxes.

use super::cards::{card, card_height, text, wide, wide_height};
use super::grid::{Grid, RowKind, SlotKind};
use super::heading::heading;
use super::tracks::Tracks;
use super::{CARD, MARGIN, PITCH};
use crate::diagram::measure::width;
use crate::diagram::{Caption, DrawnBox, DrawnText, Font, Frame, NodeId, Picture, Point, Rect, Tone};

/// The width of the titles of bands.
const BAND: i32 = 26;
/// Between two sites.
const BETWEEN: i32 = 14;
/// A picture is at least so wide, for its heading and legend.
const NARROWEST: i32 = 640;
/// The height of a channel in which the label of a line from top to bottom has room.
const STRAIGHT: i32 = 44;
/// Above and below the tracks of a channel: room for arrows.
const AIR: i32 = 11;

/// Where everything is but the lines.
#[derive(Debug, Clone, Default)]
pub(super) struct Places {
    /// The left end and the width of each slot.
    pub(super) slots: Vec<(i32, i32)>,
    /// The top and the height of each channel.
    pub(super) channels: Vec<(i32, i32)>,
    /// The top and the height of each row.
    pub(super) rows: Vec<(i32, i32)>,
    pub(super) boxes: Vec<DrawnBox>,
    /// By box, the position in `boxes`.
    pub(super) of_node: Vec<Option<usize>>,
    pub(super) bands: Vec<Caption>,
    pub(super) sites: Vec<Caption>,
    pub(super) heading: Vec<DrawnText>,
    pub(super) width: i32,
    /// The lower end of the last band.
    pub(super) bottom: i32,
}

impl Places {
    pub(super) fn new(picture: &Picture, grid: &Grid, tracks: &Tracks) -> Self {
        let mut places = Self { of_node: vec![None; picture.nodes.len()], ..Self::default() };
        places.slots(grid, tracks);
        let (heading, top) = heading(picture, places.width);
        places.heading = heading;
        places.rows(picture, grid, tracks, top);
        places.boxes(picture, grid);
        places.captions(picture, grid);
        places
    }

    fn slots(&mut self, grid: &Grid, tracks: &Tracks) {
        let mut x = MARGIN + BAND;
        for (at, slot) in grid.slots.iter().enumerate() {
            let lines = i32::try_from(tracks.widths[at]).unwrap_or(0) * PITCH;
            let first = at == grid.first_slot[slot.site];
            if first && slot.site > 0 {
                x += BETWEEN;
            }
            let edge = at == grid.first_slot[slot.site] + 1 || at + 2 == grid.first_slot[slot.site + 1];
            let width = match slot.kind {
                SlotKind::Column(_) => CARD,
                SlotKind::Outer { .. } => 10 + lines + if lines > 0 { 8 } else { 0 },
                SlotKind::Gap if edge => 8 + lines,
                SlotKind::Gap => 12 + lines,
            };
            self.slots.push((x, width));
            x += width;
        }
        self.width = (x + MARGIN).max(NARROWEST);
    }

    fn rows(&mut self, picture: &Picture, grid: &Grid, tracks: &Tracks, top: i32) {
        self.channels = grid.channels.iter().map(|_| (0, 0)).collect();
        self.rows = grid.rows.iter().map(|_| (0, 0)).collect();
        let height = |channel: usize| {
            let lines: i32 = tracks.heights[channel].iter().sum();
            let base = base(grid, channel);
            let straight = if tracks.labelled_straight.contains(&channel) { STRAIGHT } else { 0 };
            if lines > 0 { base.max(lines + 2 * AIR).max(straight) } else { base.max(straight) }
        };
        let mut y = top;
        for (at, layer) in grid.layers.iter().enumerate() {
            if at == 0 || grid.layers[at - 1].band != layer.band {
                self.bands.push(band(picture, layer.band, y, self.width));
            }
            self.channels[layer.channel] = (y, height(layer.channel));
            y += height(layer.channel);
            let mut lowest = y;
            for rows in &layer.rows {
                let mut here = y;
                for &row in rows {
                    let tall = self.row_height(picture, grid, row);
                    self.rows[row] = (here, tall);
                    here += tall;
                    let channel = grid.rows[row].below;
                    // A channel across all sites begins below the last of them.
                    if grid.channels[channel].site.is_some() {
                        self.channels[channel] = (here, height(channel));
                        here += height(channel);
                    }
                }
                lowest = lowest.max(here);
            }
            if let Some((channel, row)) = layer.across {
                if channel != layer.channel {
                    self.channels[channel] = (lowest, height(channel));
                    lowest += height(channel);
                }
                let tall = self.row_height(picture, grid, row);
                self.rows[row] = (lowest, tall);
                lowest += tall;
            }
            // The frames of sites end a little below their last row.
            y = lowest + if grid.layers.get(at + 1).is_some_and(|next| next.band != layer.band) { 10 } else { 0 };
            if let Some(band) = self.bands.last_mut() {
                let needed = band.texts.first().map_or(0, |title| title.area.height) + 12;
                let last = grid.layers.get(at + 1).is_none_or(|next| next.band != layer.band);
                if last {
                    y = y.max(band.area.y + needed);
                }
                band.area.height = y - band.area.y;
            }
        }
        for band in &mut self.bands {
            center(band);
        }
        self.bottom = y;
    }

    fn row_height(&self, picture: &Picture, grid: &Grid, row: usize) -> i32 {
        let about = &grid.rows[row];
        let columns = grid.column_count(about.site);
        match &about.kind {
            RowKind::Title => 36,
            RowKind::Wall(node) => wide_height(picture.node(*node), columns) + 4,
            RowKind::Bar(node) | RowKind::Head(node) => wide_height(picture.node(*node), columns),
            RowKind::Across(_) => 26,
            RowKind::Cards(nodes) => nodes.iter().map(|node| card_height(picture.node(*node))).max().unwrap_or(0),
            RowKind::Foot(_) => 0,
        }
    }

    /// From the frames' left end to their right end.
    fn inner(&self, grid: &Grid, site: usize) -> (i32, i32) {
        let left = self.slots[grid.first_slot[site] + 1].0;
        let (x, width) = self.slots[grid.first_slot[site + 1] - 2];
        (left, x + width)
    }

    fn boxes(&mut self, picture: &Picture, grid: &Grid) {
        for (at, row) in grid.rows.iter().enumerate() {
            let (y, height) = self.rows[at];
            let (left, right) = self.inner(grid, row.site);
            let area = Rect { x: left, y, width: right - left, height };
            let columns: Vec<i32> =
                (0..grid.column_count(row.site)).map(|column| self.slots[grid.column_slot(row.site, column)].0).collect();
            let wide = |id: NodeId, area, head, frame| wide(id, picture.node(id), area, head, &columns, frame);
            match &row.kind {
                RowKind::Title => {}
                RowKind::Wall(node) => self.add(wide(*node, area, height, Frame::Wall)),
                RowKind::Bar(node) => self.add(wide(*node, area, height, Frame::Bar)),
                RowKind::Across(node) => {
                    // Lines beside the frames of sites end at it.
                    let left = self.slots.first().map_or(left, |slot| slot.0);
                    let right = self.slots.last().map_or(right, |slot| slot.0 + slot.1);
                    self.add(wide(*node, Rect { x: left, width: right - left, ..area }, height, Frame::Bar));
                }
                RowKind::Head(node) => self.add(wide(*node, area, height, Frame::Around)),
                RowKind::Foot(node) => {
                    if let Some(frame) = self.of_node[node.0].and_then(|at| self.boxes.get_mut(at)) {
                        frame.area.height = y - frame.area.y;
                    }
                }
                RowKind::Cards(nodes) => {
                    for (column, node) in nodes.iter().enumerate() {
                        let x = columns[column];
                        self.add(card(*node, picture.node(*node), Rect { x, y, width: CARD, height }));
                    }
                }
            }
        }
    }

    fn add(&mut self, drawn: DrawnBox) {
        self.of_node[drawn.node.0] = Some(self.boxes.len());
        self.boxes.push(drawn);
    }

    fn captions(&mut self, picture: &Picture, grid: &Grid) {
        for (site, about) in picture.sites.iter().enumerate() {
            let title = grid.rows.iter().position(|row| row.site == site && row.kind == RowKind::Title);
            let Some(title) = title else { continue };
            let within = |row: &super::grid::Row| picture.bands[grid.layers[row.layer].band].tone != Tone::Plain;
            let own = |row: &super::grid::Row| row.site == site && !matches!(row.kind, RowKind::Across(_)) && within(row);
            let last = grid.rows.iter().rposition(own);
            let last = last.unwrap_or(title);
            let (x, _) = self.slots[grid.first_slot[site]];
            let (end, width) = self.slots[grid.first_slot[site + 1] - 1];
            let (y, _) = self.rows[title];
            let (row, tall) = self.rows[last];
            let below = grid.rows[last].below;
            let bottom = match grid.channels[below].site {
                Some(_) => self.channels[below].0 + self.channels[below].1 - 2,
                None => row + tall + 8,
            };
            let area = Rect { x, y, width: end + width - x, height: bottom - y };
            let column = self.slots[grid.column_slot(site, 0)].0;
            let mut texts = vec![text(&about.title, Font::Head, Point { x: column, y: y + 16 }, CARD, false)];
            let facts = about.facts.join(" · ");
            texts.push(text(&facts, Font::Plain, Point { x: column, y: y + 31 }, CARD, true));
            self.sites.push(Caption { area, tone: None, site: Some(site), texts });
        }
    }
}

/// The height of a channel without lines.
fn base(grid: &Grid, channel: usize) -> i32 {
    let neighbours = |row: &&super::grid::Row| row.above == channel || row.below == channel;
    let mut height = 8;
    for row in grid.rows.iter().filter(neighbours) {
        let above = row.below == channel;
        height = height.max(match row.kind {
            RowKind::Cards(_) if above => 12,
            RowKind::Cards(_) => 10,
            RowKind::Title if above => 4,
            RowKind::Bar(_) => 12,
            _ => 8,
        });
    }
    if grid.channels[channel].site.is_none() { height.max(14) } else { height }
}

fn band(picture: &Picture, band: usize, y: i32, width_of_picture: i32) -> Caption {
    let about = &picture.bands[band];
    let area = Rect { x: MARGIN / 2, y, width: width_of_picture - MARGIN, height: 0 };
    let length = width(&about.title, Font::Head);
    let at = Point { x: area.x + 16, y };
    let text = DrawnText {
        text: about.title.clone(),
        font: Font::Head,
        at,
        centered: true,
        vertical: true,
        area: Rect { x: at.x - Font::Head.ascent(), y, width: Font::Head.ascent() + Font::Head.descent(), height: length },
        muted: true,
    };
    Caption { area, tone: Some(about.tone), site: None, texts: vec![text] }
}

/// Puts the title of a band in the middle of its height.
fn center(band: &mut Caption) {
    let middle = band.area.y + band.area.height / 2;
    for title in &mut band.texts {
        title.at.y = middle;
        title.area.y = middle - title.area.height / 2;
    }
}
