//! Where lines may begin and end at a box.

use super::grid::{Grid, RowKind, Seat};
use crate::diagram::{LineKind, NodeId};

/// A place at a box where a line may leave it: it enters a channel in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Port {
    pub(super) node: NodeId,
    pub(super) channel: usize,
    pub(super) slot: usize,
    /// Whether the box is above the channel.
    pub(super) up: bool,
    /// The row whose side the line leaves from; `None` at the upper or lower edge of a box.
    pub(super) side: Option<usize>,
}

/// The ports of a box for lines of a kind.
pub(super) fn ports(grid: &Grid, node: NodeId, kind: LineKind) -> Vec<Port> {
    match grid.seats[node.0] {
        Seat::Nowhere => Vec::new(),
        Seat::Card { row, column } => {
            let at = &grid.rows[row];
            let slot = grid.column_slot(at.site, column);
            vec![
                Port { node, channel: at.above, slot, up: false, side: None },
                Port { node, channel: at.below, slot, up: true, side: None },
            ]
        }
        Seat::Wide { first, .. } if matches!(kind, LineKind::Joins | LineKind::Wan | LineKind::Trunk) => {
            let at = &grid.rows[first];
            if matches!(at.kind, RowKind::Across(_)) {
                let slots = (0..grid.columns.len()).map(|site| grid.outer_slot(site, kind == LineKind::Joins));
                return slots.map(|slot| Port { node, channel: at.below, slot, up: true, side: None }).collect();
            }
            // The sides of a frame are those of its head.
            let slot = grid.outer_slot(at.site, kind == LineKind::Joins);
            vec![
                Port { node, channel: at.above, slot, up: false, side: Some(first) },
                Port { node, channel: at.below, slot, up: true, side: Some(first) },
            ]
        }
        Seat::Wide { first, last } => {
            let (upper, lower) = (&grid.rows[first], &grid.rows[last]);
            let slots = (0..grid.column_count(upper.site)).map(|column| grid.column_slot(upper.site, column));
            let both = |slot| {
                [
                    Port { node, channel: upper.above, slot, up: false, side: None },
                    Port { node, channel: lower.below, slot, up: true, side: None },
                ]
            };
            slots.flat_map(both).collect()
        }
    }
}
