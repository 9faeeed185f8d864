//! Where the parser has found something, so that lowering does not report what only follows from it.

use crate::syntax::{Node, SyntaxKind, SyntaxTree};
use crate::text::Span;

/// The innermost blocks, attributes and assertions around nodes that stand for a mistake.
#[derive(Debug, Default)]
pub(super) struct Broken {
    /// Sorted.
    spans: Vec<Span>,
    top: bool,
}

impl Broken {
    pub(super) fn new(trees: &[&SyntaxTree]) -> Self {
        let mut broken = Self::default();
        for tree in trees {
            let mut open: Vec<(Node<'_>, Option<Span>)> = vec![(tree.root(), None)];
            while let Some((node, around)) = open.pop() {
                if node.kind().is_error() {
                    match around {
                        Some(span) => broken.spans.push(span),
                        None => broken.top = true,
                    }
                }
                let holds = matches!(node.kind(), SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion);
                let around = if holds { Some(node.span()) } else { around };
                open.extend(node.children().map(|child| (child, around)));
            }
        }
        broken.spans.sort_unstable();
        broken.spans.dedup();
        broken
    }

    /// Whether something directly in this block, attribute or assertion is broken, so that what seems to be missing may be there.
    pub(super) fn inside(&self, span: Span) -> bool {
        self.spans.binary_search(&span).is_ok()
    }

    /// Whether something outside all blocks is broken.
    pub(super) fn at_top(&self) -> bool {
        self.top
    }
}
