//! The content of a file or a block, line by line: items with their comments, and blank lines.

use super::list::{inline, value_of};
use crate::syntax::{Node, SyntaxKind};

/// The content of a file or a block.
#[derive(Debug, Default)]
pub(super) struct Body<'t> {
    /// The comment behind the opening brace.
    pub(super) opener: Option<&'t str>,
    /// The entries, each on lines of its own.
    pub(super) entries: Vec<Entry<'t>>,
}

/// One entry.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry<'t> {
    /// Whether a blank line is in front.
    pub(super) blank: bool,
    /// What it is.
    pub(super) what: EntryKind<'t>,
}

/// What an entry is.
#[derive(Debug, Clone, Copy)]
pub(super) enum EntryKind<'t> {
    /// A comment on a line of its own.
    Comment(&'t str),
    /// A block, attribute or assertion, and the comment behind it.
    Item(Node<'t>, Option<&'t str>),
}

impl<'t> Entry<'t> {
    /// The block, attribute or assertion.
    pub(super) fn item(&self) -> Option<Node<'t>> {
        match self.what {
            EntryKind::Item(node, _) => Some(node),
            EntryKind::Comment(_) => None,
        }
    }
}

/// The content of a file.
pub(super) fn of_file(file: Node<'_>) -> Body<'_> {
    collect(Body::default(), file.children().collect(), false)
}

/// The content between the braces of a block. Comments in front of the opening brace come first.
pub(super) fn of_block(block: Node<'_>) -> Body<'_> {
    let mut children = block.children();
    let mut body = Body::default();
    for child in children.by_ref().take_while(|child| child.kind() != SyntaxKind::LeftBrace) {
        match child.kind() {
            SyntaxKind::Comment if body.opener.is_none() => body.opener = Some(child.text()),
            SyntaxKind::Comment => body.entries.push(Entry { blank: false, what: EntryKind::Comment(child.text()) }),
            _ => {}
        }
    }
    let inner = children.take_while(|child| child.kind() != SyntaxKind::RightBrace).collect();
    collect(body, inner, true)
}

/// Kind and name of a block, with one blank between them.
pub(super) fn header(block: Node<'_>) -> String {
    let words = block.children().take_while(|child| child.kind() != SyntaxKind::LeftBrace);
    let words = words.filter(|child| matches!(child.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw));
    words.map(|word| word.text()).collect::<Vec<_>>().join(" ")
}

/// Whether a block is on one line from brace to brace, or is empty, and nothing in front of its brace needs more lines.
pub(super) fn is_one_line(block: Node<'_>) -> bool {
    let comment = block
        .children()
        .take_while(|child| child.kind() != SyntaxKind::LeftBrace)
        .any(|child| child.kind() == SyntaxKind::Comment);
    let empty = || braces(block).trim_matches(['{', '}', ' ', '\t', '\r', '\n']).is_empty();
    !comment && (!braces(block).contains('\n') || empty())
}

/// An item on one line.
pub(super) fn item(node: Node<'_>) -> String {
    match node.kind() {
        SyntaxKind::Block => one_line(&header(node), &cells(node)),
        SyntaxKind::Attr => {
            format!("{} {} {}", key_of(node), equals_of(node), value_of(node).map(inline).unwrap_or_default())
        }
        _ => {
            let words = node.children().filter(|child| !child.kind().is_trivia());
            words.map(|word| word.text()).collect::<Vec<_>>().join(" ")
        }
    }
}

/// The items of a block, each on one line.
pub(super) fn cells(block: Node<'_>) -> Vec<String> {
    items(block).map(item).collect()
}

/// The items of a block.
pub(super) fn items(block: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    block.children().filter(|child| matches!(child.kind(), SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion))
}

/// A block on one line.
pub(super) fn one_line(header: &str, cells: &[String]) -> String {
    if cells.is_empty() { format!("{header} {{}}") } else { format!("{header} {{ {} }}", cells.join("  ")) }
}

/// `=`, or `?=`.
pub(super) fn equals_of(attr: Node<'_>) -> &str {
    attr.child(SyntaxKind::Equals).map_or("=", Node::text)
}

/// The word in front of the sign, or a block's kind.
pub(super) fn key_of(item: Node<'_>) -> &str {
    item.children().next().map_or("", Node::text)
}

fn collect<'t>(mut body: Body<'t>, children: Vec<Node<'t>>, after_brace: bool) -> Body<'t> {
    let mut blank = false;
    let mut first = after_brace;
    for line in children.split(|child| child.kind() == SyntaxKind::Newline) {
        let line = match line {
            [bom, rest @ ..] if bom.kind() == SyntaxKind::Bom => rest,
            line => line,
        };
        if line.iter().all(|child| child.kind() == SyntaxKind::Blank) {
            blank |= !first;
        } else {
            let before = body.entries.len();
            add_line(&mut body, line, first);
            if let Some(entry) = body.entries.get_mut(before) {
                entry.blank = blank && before > 0;
            }
            blank = false;
        }
        first = false;
    }
    body
}

fn add_line<'t>(body: &mut Body<'t>, line: &[Node<'t>], after_brace: bool) {
    let before = body.entries.len();
    for child in line {
        match child.kind() {
            SyntaxKind::Comment => match body.entries.get_mut(before..).and_then(|entries| entries.last_mut()) {
                Some(Entry { what: EntryKind::Item(_, comment), .. }) => *comment = Some(child.text()),
                _ if after_brace && body.opener.is_none() => body.opener = Some(child.text()),
                _ => body.entries.push(Entry { blank: false, what: EntryKind::Comment(child.text()) }),
            },
            SyntaxKind::Blank => {}
            _ => body.entries.push(Entry { blank: false, what: EntryKind::Item(*child, None) }),
        }
    }
}

/// The text of a block from its opening brace.
fn braces(block: Node<'_>) -> &str {
    let brace = block.child(SyntaxKind::LeftBrace).map_or(block.span().start, |brace| brace.span().start);
    &block.text()[(brace - block.span().start) as usize..]
}
