//! Where the parser has found something, so that lowering does not report what only follows from it.

use std::collections::BTreeSet;

use super::describe;
use crate::syntax::{Node, SyntaxKind, SyntaxTree};
use crate::text::Span;

/// The surroundings of error nodes.
#[derive(Debug, Default)]
pub(super) struct Broken {
    /// The innermost blocks, attributes and assertions around them, sorted.
    around: Vec<Span>,
    /// The nodes themselves, sorted.
    nodes: Vec<Span>,
    /// Attributes with something behind their value that does not belong there, sorted.
    doubtful: Vec<Span>,
    /// The words in text that is no item: any of them may be the name of a block that could not be read.
    pub(super) words: BTreeSet<String>,
    top: bool,
}

impl Broken {
    pub(super) fn new(trees: &[&SyntaxTree]) -> Self {
        let mut broken = Self::default();
        for tree in trees {
            let mut open: Vec<(Node<'_>, Option<Span>)> = vec![(tree.root(), None)];
            while let Some((node, around)) = open.pop() {
                if node.kind().is_error() {
                    broken.note(node, around);
                }
                let holds = matches!(node.kind(), SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion);
                let around = if holds { Some(node.span()) } else { around };
                if matches!(node.kind(), SyntaxKind::Block | SyntaxKind::File) {
                    broken.note_doubtful(node);
                }
                open.extend(node.children().map(|child| (child, around)));
            }
        }
        for spans in [&mut broken.around, &mut broken.nodes, &mut broken.doubtful] {
            spans.sort_unstable();
            spans.dedup();
        }
        broken
    }

    fn note(&mut self, node: Node<'_>, around: Option<Span>) {
        self.nodes.push(node.span());
        match around {
            Some(span) => self.around.push(span),
            None => self.top = true,
        }
        if node.kind() == SyntaxKind::Bad {
            let words = node.text().split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-')));
            self.words.extend(words.filter(|word| describe::is_word(word)).map(str::to_owned));
        }
    }

    /// `users = 9 monkeys`: text behind the value on its line puts the value itself in doubt. A lone `;` or `,` does not.
    fn note_doubtful(&mut self, node: Node<'_>) {
        let mut attr: Option<Span> = None;
        for child in node.children() {
            match child.kind() {
                SyntaxKind::Attr => attr = Some(child.span()),
                SyntaxKind::Blank => {}
                SyntaxKind::Bad if child.text().bytes().all(|b| matches!(b, b',' | b';')) => {}
                SyntaxKind::Bad => self.doubtful.extend(attr),
                _ => attr = None,
            }
        }
    }

    /// Whether something directly in this block, attribute or assertion is broken, so that what seems to be missing may be there.
    pub(super) fn inside(&self, span: Span) -> bool {
        self.around.binary_search(&span).is_ok()
    }

    /// Whether the value of this attribute is not all that is written there.
    pub(super) fn is_doubtful(&self, attr: Span) -> bool {
        self.doubtful.binary_search(&attr).is_ok()
    }

    /// Whether something is broken between two places of one file.
    pub(super) fn between(&self, first: Span, second: Span) -> bool {
        let next = self.nodes.partition_point(|node| *node < first);
        self.nodes.get(next).is_some_and(|node| first.file == second.file && *node < second)
    }

    /// Whether something outside all blocks is broken.
    pub(super) fn at_top(&self) -> bool {
        self.top
    }
}
