//! Which neighbouring lines align with each other: those of one kind, without a blank line or a comment between them.

use super::body::{Entry, EntryKind, cells, header, is_one_line, items, key_of, one_line};
use super::list::{in_one_line, value_of};
use super::{WIDTH, margin, width};
use crate::syntax::{Node, SyntaxKind};

/// What an entry is for its neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An attribute on one line.
    Attribute,
    /// A block on one line.
    ShortBlock,
    /// An assertion: only the comments behind them are aligned.
    Assertion,
    /// What aligns with nothing: a comment, and what has several lines.
    Alone,
}

/// What an entry is.
pub(super) fn kind_of(entry: &Entry<'_>, depth: usize) -> Kind {
    let EntryKind::Item(node, _) = entry.what else { return Kind::Alone };
    match node.kind() {
        // One with several lines has a sign to print too.
        SyntaxKind::Attr => Kind::Attribute,
        SyntaxKind::Block if fits(node, depth) => Kind::ShortBlock,
        SyntaxKind::Block => Kind::Alone,
        _ => Kind::Assertion,
    }
}

/// How many of the first entries are one run.
pub(super) fn run_len(entries: &[Entry<'_>], depth: usize) -> usize {
    let neighbours = |pair: &&[Entry<'_>]| !pair[1].blank && alike(&pair[0], &pair[1], depth);
    1 + entries.windows(2).take_while(neighbours).count()
}

fn alike(above: &Entry<'_>, below: &Entry<'_>, depth: usize) -> bool {
    let kind = kind_of(above, depth);
    let (Some(above), Some(below), true) = (above.item(), below.item(), kind == kind_of(below, depth)) else { return false };
    match kind {
        Kind::Attribute => is_short(above) && is_short(below),
        Kind::ShortBlock => same_columns(above, below),
        Kind::Assertion => true,
        Kind::Alone => false,
    }
}

fn is_short(attr: Node<'_>) -> bool {
    value_of(attr).is_some_and(|value| in_one_line(value).is_some())
}

/// Blocks of one kind, or blocks without names that have the same attributes.
fn same_columns(above: Node<'_>, below: Node<'_>) -> bool {
    let keys = |block| items(block).map(key_of).collect::<Vec<_>>();
    let nameless = |block| header(block) == key_of(block);
    key_of(above) == key_of(below) || nameless(above) && nameless(below) && keys(above) == keys(below)
}

/// Whether a block is on one line and may stay there.
fn fits(block: Node<'_>, depth: usize) -> bool {
    is_one_line(block) && width(&margin(depth)) + width(&one_line(&header(block), &cells(block))) <= WIDTH
}
