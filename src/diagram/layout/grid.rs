//! The grid: slots from left to right (columns of cards, gaps between them), and for each site rows from top to bottom with
//! channels between them. A channel at the top of each layer runs across all sites.

use crate::diagram::{Cell, NodeId, Picture, Strip, Tone};

/// What a slot is, from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SlotKind {
    /// Beside the frames of networks, within the site.
    Outer {
        /// The one on the left.
        left: bool,
    },
    /// Between columns of cards.
    Gap,
    /// A column of cards.
    Column(usize),
}

/// A slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) site: usize,
    pub(super) kind: SlotKind,
}

/// What a row holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowKind {
    /// The title of the site.
    Title,
    Wall(NodeId),
    Bar(NodeId),
    /// The head of a frame.
    Head(NodeId),
    /// Cards, by column.
    Cards(Vec<NodeId>),
    /// The lower end of a frame.
    Foot(NodeId),
    /// A bar across all sites.
    Across(NodeId),
}

/// A row of a site, or one across all sites.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) site: usize,
    pub(super) layer: usize,
    pub(super) kind: RowKind,
    /// The channels above and below.
    pub(super) above: usize,
    pub(super) below: usize,
}

/// A channel: lines run in it from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Channel {
    /// The site; `None` across all.
    pub(super) site: Option<usize>,
    /// Its first and last slot.
    pub(super) slots: (usize, usize),
}

/// A horizontal part of the picture: what is at the border of a band, or in the band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layer {
    pub(super) band: usize,
    /// The channel across all sites at its top.
    pub(super) channel: usize,
    /// The rows of each site.
    pub(super) rows: Vec<Vec<usize>>,
    /// The bar across all sites at its lower end, with the channel above it.
    pub(super) across: Option<(usize, usize)>,
}

/// Where a box is in the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seat {
    /// In a row of cards.
    Card { row: usize, column: usize },
    /// Across the site, in one row or from the first to the last.
    Wide { first: usize, last: usize },
    /// Not in the picture.
    Nowhere,
}

/// The grid of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    pub(super) slots: Vec<Slot>,
    /// The first slot of each site, and one more.
    pub(super) first_slot: Vec<usize>,
    pub(super) rows: Vec<Row>,
    /// From top to bottom for every site: a channel further down has a higher number.
    pub(super) channels: Vec<Channel>,
    pub(super) layers: Vec<Layer>,
    /// For each site its channels from top to bottom, each with the row below it.
    pub(super) columns: Vec<Vec<(usize, Option<usize>)>>,
    /// By box.
    pub(super) seats: Vec<Seat>,
}

impl Grid {
    pub(super) fn new(picture: &Picture) -> Self {
        let mut grid = Self {
            slots: Vec::new(),
            first_slot: Vec::new(),
            rows: Vec::new(),
            channels: Vec::new(),
            layers: Vec::new(),
            columns: vec![Vec::new(); picture.sites.len()],
            seats: vec![Seat::Nowhere; picture.nodes.len()],
        };
        for (site, column) in picture.sites.iter().enumerate() {
            grid.first_slot.push(grid.slots.len());
            grid.slots.push(Slot { site, kind: SlotKind::Outer { left: true } });
            for at in 0..column.columns {
                grid.slots.extend([Slot { site, kind: SlotKind::Gap }, Slot { site, kind: SlotKind::Column(at) }]);
            }
            grid.slots.extend([Slot { site, kind: SlotKind::Gap }, Slot { site, kind: SlotKind::Outer { left: false } }]);
        }
        grid.first_slot.push(grid.slots.len());
        let mut titled: Vec<bool> = picture.sites.iter().map(|site| site.title.is_empty()).collect();
        let mut open = Vec::new();
        for (band, about) in picture.bands.iter().enumerate() {
            if !about.border.is_empty() {
                grid.layer(picture, band, &about.border, &mut titled, &mut open);
            }
            grid.layer(picture, band, &about.cells, &mut titled, &mut open);
            if let Some(node) = about.across {
                grid.across(node, &mut open);
            }
        }
        for row in open {
            let site = grid.rows[row].site;
            let channel = grid.channels.len();
            grid.channels.push(Channel { site: Some(site), slots: grid.slots_of(site) });
            grid.columns[site].push((channel, None));
            grid.rows[row].below = channel;
        }
        grid
    }

    /// A channel across all sites, below the rows that wait for one.
    fn channel_across(&mut self, open: &mut Vec<usize>) -> usize {
        let channel = self.channels.len();
        self.channels.push(Channel { site: None, slots: (0, self.slots.len().saturating_sub(1)) });
        for column in &mut self.columns {
            column.push((channel, None));
        }
        for row in open.drain(..) {
            self.rows[row].below = channel;
        }
        channel
    }

    fn slots_of(&self, site: usize) -> (usize, usize) {
        (self.first_slot[site], self.first_slot[site + 1] - 1)
    }

    fn layer(&mut self, picture: &Picture, band: usize, cells: &[Cell], titled: &mut [bool], open: &mut Vec<usize>) {
        let layer = self.layers.len();
        let channel = self.channel_across(open);
        self.layers.push(Layer { band, channel, rows: Vec::new(), across: None });
        for (site, column) in picture.sites.iter().enumerate() {
            let strips = cells.iter().filter(|cell| cell.site == site).flat_map(|cell| &cell.strips);
            let mut kinds: Vec<RowKind> = strips.flat_map(|strip| rows_of(strip, column.columns)).collect();
            // What is outside is above the title.
            if !kinds.is_empty() && !titled[site] && !matches!(picture.bands[band].tone, Tone::Internet | Tone::Plain) {
                titled[site] = true;
                kinds.insert(0, RowKind::Title);
            }
            let mut rows: Vec<usize> = Vec::new();
            let mut above = channel;
            for kind in kinds {
                let row = self.rows.len();
                if let Some(before) = rows.last() {
                    above = self.channels.len();
                    self.channels.push(Channel { site: Some(site), slots: self.slots_of(site) });
                    self.columns[site].push((above, None));
                    self.rows[*before].below = above;
                }
                if let Some(last) = self.columns[site].last_mut() {
                    last.1 = Some(row);
                }
                self.seat(row, &kind);
                // The channel below is known when the next row is.
                self.rows.push(Row { site, layer, kind, above, below: above });
                rows.push(row);
            }
            open.extend(rows.last());
            self.layers[layer].rows.push(rows);
        }
    }

    /// A bar below all rows of the last layer.
    fn across(&mut self, node: NodeId, open: &mut Vec<usize>) {
        let (row, layer) = (self.rows.len(), self.layers.len() - 1);
        let above = if open.is_empty() { self.layers[layer].channel } else { self.channel_across(open) };
        for column in &mut self.columns {
            if let Some(last) = column.last_mut() {
                last.1 = Some(row);
            }
        }
        self.layers[layer].across = Some((above, row));
        self.seats[node.0] = Seat::Wide { first: row, last: row };
        self.rows.push(Row { site: 0, layer, kind: RowKind::Across(node), above, below: above });
        open.push(row);
    }

    fn seat(&mut self, row: usize, kind: &RowKind) {
        match kind {
            RowKind::Title | RowKind::Across(_) => {}
            RowKind::Wall(node) | RowKind::Bar(node) | RowKind::Head(node) => {
                self.seats[node.0] = Seat::Wide { first: row, last: row };
            }
            RowKind::Foot(node) => {
                if let Seat::Wide { last, .. } = &mut self.seats[node.0] {
                    *last = row;
                }
            }
            RowKind::Cards(nodes) => {
                for (column, node) in nodes.iter().enumerate() {
                    self.seats[node.0] = Seat::Card { row, column };
                }
            }
        }
    }

    /// The slot of a column of a site.
    pub(super) fn column_slot(&self, site: usize, column: usize) -> usize {
        self.first_slot[site] + 2 + 2 * column
    }

    /// How many columns a site has.
    pub(super) fn column_count(&self, site: usize) -> usize {
        (self.first_slot[site + 1] - self.first_slot[site] - 3) / 2
    }

    /// The slot beside the frames of a site.
    pub(super) fn outer_slot(&self, site: usize, left: bool) -> usize {
        if left { self.first_slot[site] } else { self.first_slot[site + 1] - 1 }
    }
}

fn rows_of(strip: &Strip, columns: usize) -> Vec<RowKind> {
    let cards = |nodes: &[NodeId]| nodes.chunks(columns.max(1)).map(|row| RowKind::Cards(row.to_vec())).collect::<Vec<_>>();
    match strip {
        Strip::Wall(node) => vec![RowKind::Wall(*node)],
        Strip::Bar(node) => vec![RowKind::Bar(*node)],
        Strip::Cards(nodes) => cards(nodes),
        Strip::Frame(node, nodes) => {
            let mut rows = vec![RowKind::Head(*node)];
            rows.extend(cards(nodes));
            rows.push(RowKind::Foot(*node));
            rows
        }
    }
}
