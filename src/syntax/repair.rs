//! Where a brace was forgotten or is one too many. The grammar alone notices at the end of the file, with every block after the
//! mistake in the wrong place; people indent, and the indentation shows where the mistake is.
//!
//! The guess is a second text with braces added or removed, which is parsed again. It is taken only if all braces of that text
//! match; if not, the first tree is kept.

use std::sync::Arc;

use super::parser::{Mistake, Parsed, parse_text};
use super::{Node, SyntaxKind, SyntaxTree};

/// The tree with the braces where they were meant, or `None` when the braces match or the indentation does not show it.
pub(super) fn repair(parsed: &Parsed) -> Option<Parsed> {
    if !parsed.tree.nodes().any(|node| node.kind().is_error()) {
        return None;
    }
    [Patch::without_kindless_braces(parsed), Patch::guess(parsed)].iter().filter(|patch| !patch.is_empty()).find_map(|patch| {
        let again = parse_text(parsed.tree.file(), patch.text(parsed.tree.text()).into())?;
        patch.accept(&parsed.tree, again)
    })
}

/// No guess is made about a text that seems to be nested deeper than this.
const MAX_OPEN: usize = 2 * super::bounds::MAX_DEPTH;

/// Braces to add and to take out, by offset in the original text.
#[derive(Default)]
struct Patch {
    added: Vec<(u32, char)>,
    removed: Vec<u32>,
}

/// An open block: how far its line is indented, which line that is, and the offset of its brace if that one is a guess.
struct Open {
    indent: usize,
    line: usize,
    guessed: Option<u32>,
}

impl Patch {
    fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    /// Where a block has no `}`, a `{` without a kind in front may be the one that is too many.
    fn without_kindless_braces(parsed: &Parsed) -> Self {
        if parsed.tree.nodes().all(|node| node.kind() != SyntaxKind::MissingBrace) {
            return Self::default();
        }
        let kindless = |node: &Node<'_>| parsed.mistake(*node) == Some(Mistake::Item) && node.text().starts_with('{');
        let removed = parsed.tree.nodes().filter(kindless).map(|node| node.span().start).collect();
        Self { added: Vec::new(), removed }
    }

    /// Closes a block that has no `}`. Where its `{` was a guess too, it was no block.
    fn close(&mut self, block: &Open, end: u32) {
        match block.guessed {
            Some(offset) => {
                if let Some(place) = self.added.iter().rposition(|(at, brace)| *at == offset && *brace == '{') {
                    self.added.remove(place);
                }
            }
            None => self.added.push((end, '}')),
        }
    }

    fn guess(parsed: &Parsed) -> Self {
        let stray = parsed.tree.nodes().any(|node| node.kind() == SyntaxKind::Stray);
        let lines = Lines::new(parsed.tree.text());
        let mut patch = Self::default();
        let mut open: Vec<Open> = Vec::new();
        let mut last_end = 0;
        let mut last_line = usize::MAX;
        let mut item = 0;
        // Text like the beginning of a block without its brace: its line and its end.
        let mut header: Option<(usize, u32)> = None;
        let leaves: Vec<(Node<'_>, u32)> = parsed
            .tree
            .nodes()
            .filter_map(|node| {
                if is_item(node) {
                    item = node.span().start;
                }
                (node.is_leaf() && !node.span().is_empty() && !is_space(node, parsed)).then_some((node, item))
            })
            .collect();
        for (place, (leaf, item)) in leaves.iter().enumerate() {
            let span = leaf.span();
            let line = lines.line_of(span.start);
            let first = line != last_line;
            let indent = lines.indent(line);
            match leaf.kind() {
                SyntaxKind::RightBrace | SyntaxKind::Stray => {
                    let matching = if first {
                        open.iter().rposition(|block| block.indent == indent)
                    } else {
                        open.iter().rposition(|block| block.line == line)
                    };
                    match matching {
                        Some(matching) if first => {
                            open.drain(matching + 1..).rev().for_each(|block| patch.close(&block, last_end));
                            open.pop();
                        }
                        Some(_) => _ = open.pop(),
                        None if !first && header.is_some_and(|(on, end)| on == line && end < last_end) => {
                            let (_, end) = header.take().unwrap_or_default();
                            let place = patch.added.partition_point(|(at, _)| *at <= end);
                            patch.added.insert(place, (end, '{'));
                        }
                        None if stray => patch.removed.push(span.start),
                        None => _ = open.pop(),
                    }
                }
                _ if first && *item == span.start => {
                    while let Some(block) = open.pop_if(|block| block.indent >= indent && block.line < line) {
                        patch.close(&block, last_end);
                    }
                }
                _ => {}
            }
            if leaf.kind() == SyntaxKind::LeftBrace {
                let line = lines.line_of(*item);
                open.push(Open { indent: lines.indent(line), line, guessed: None });
            }
            if is_header(*leaf) {
                header = Some((line, span.end));
            }
            let deeper = leaves.get(place + 1).is_some_and(|(next, _)| {
                let next = lines.line_of(next.span().start);
                next > line && lines.indent(next) > indent
            });
            if deeper && is_header(*leaf) {
                patch.added.push((span.end, '{'));
                open.push(Open { indent, line, guessed: Some(span.end) });
            }
            if open.len() > MAX_OPEN {
                return Self::default();
            }
            last_end = span.end;
            last_line = lines.line_of(span.end);
        }
        open.iter().rev().for_each(|block| patch.close(block, last_end));
        patch
    }

    /// The text with the patch. A removed brace becomes a `]`, which keeps the offsets and is an error node of its own.
    fn text(&self, text: &str) -> String {
        let mut bytes = String::with_capacity(text.len() + self.added.len());
        let mut added = self.added.iter().peekable();
        let mut removed = self.removed.iter().peekable();
        for (at, c) in text.char_indices() {
            while let Some((_, brace)) = added.next_if(|(offset, _)| *offset as usize == at) {
                bytes.push(*brace);
            }
            bytes.push(if removed.next_if(|offset| **offset as usize == at).is_some() { ']' } else { c });
        }
        bytes.extend(added.map(|(_, brace)| brace));
        bytes
    }

    /// The tree of the patched text, with its nodes over the original one.
    fn accept(&self, original: &SyntaxTree, again: Parsed) -> Option<Parsed> {
        let added: Vec<u32> = self.added.iter().enumerate().map(|(before, (offset, _))| offset + before as u32).collect();
        let to_original = |offset: u32| offset - added.partition_point(|place| *place < offset) as u32;
        let (mut matched, mut removed) = (0, 0);
        let mut nodes = Vec::new();
        for node in again.tree.nodes() {
            let mut data = *node.data();
            data.start = to_original(data.start);
            data.end = to_original(data.end);
            match data.kind {
                SyntaxKind::MissingBrace | SyntaxKind::Stray => return None,
                SyntaxKind::LeftBrace | SyntaxKind::RightBrace if data.start == data.end => {
                    matched += 1;
                    data.kind = match data.kind {
                        SyntaxKind::LeftBrace => SyntaxKind::MissingOpening,
                        _ => SyntaxKind::MissingBrace,
                    };
                }
                SyntaxKind::Bad
                    if again.mistake(node) == Some(Mistake::Bracket) && self.removed.binary_search(&data.start).is_ok() =>
                {
                    removed += 1;
                    // A `{` that was taken out stays what it is, an error leaf at its place.
                    if original.text()[data.start as usize..].starts_with('}') {
                        data.kind = SyntaxKind::Stray;
                    }
                }
                _ => {}
            }
            nodes.push(data);
        }
        (matched == self.added.len() && removed == self.removed.len()).then(|| Parsed {
            tree: SyntaxTree::new(original.file(), Arc::clone(original.shared_text()), nodes),
            mistakes: again.mistakes,
        })
    }
}

fn is_item(node: Node<'_>) -> bool {
    matches!(node.kind(), SyntaxKind::Attr | SyntaxKind::Block | SyntaxKind::Assertion | SyntaxKind::Bad)
}

/// What is allowed after the place of a forgotten brace on the same line.
fn is_space(node: Node<'_>, parsed: &Parsed) -> bool {
    node.kind().is_trivia() || matches!(parsed.mistake(node), Some(Mistake::Hidden | Mistake::Comment))
}

/// One or two words that could be the kind and name of a block.
fn is_header(leaf: Node<'_>) -> bool {
    leaf.kind() == SyntaxKind::Bad
        && leaf.text().split([' ', '\t']).filter(|word| !word.is_empty()).count() <= 2
        && leaf.text().starts_with(|c: char| c.is_ascii_alphabetic())
        && leaf.text().chars().all(|c| c.is_ascii_alphanumeric() || "_-.[] \t".contains(c))
}

/// Where lines begin and how far they are indented.
struct Lines {
    starts: Vec<u32>,
    indents: Vec<usize>,
}

impl Lines {
    fn new(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
        let indents = text.split('\n').map(|line| line.bytes().take_while(|b| matches!(b, b' ' | b'\t')).count()).collect();
        Self { starts, indents }
    }

    fn line_of(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset) - 1
    }

    fn indent(&self, line: usize) -> usize {
        self.indents[line]
    }
}
