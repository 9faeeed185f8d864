//! Entries to lines: margins, blank lines, and what neighbouring attributes and one-line blocks align.

use super::align::Line;
use super::body::{Body, Entry, EntryKind, header, is_one_line, of_block};
use super::list::{inline, print, value_of};
use super::{WIDTH, margin, width};
use crate::syntax::{Node, SyntaxKind};

/// The lines so far.
#[derive(Debug, Default)]
pub(super) struct Layout<'t> {
    lines: Vec<Line<'t>>,
    run: usize,
}

impl<'t> Layout<'t> {
    pub(super) fn into_lines(self) -> Vec<Line<'t>> {
        self.lines
    }

    /// The lines of a body.
    pub(super) fn body(&mut self, body: &Body<'t>, depth: usize) {
        self.run += 1;
        let mut rest = body.entries.as_slice();
        while let Some(entry) = rest.first() {
            let (group, after) = rest.split_at(group_len(rest, depth));
            match entry.what {
                EntryKind::Item(node, _) if node.kind() == SyntaxKind::Attr => self.attributes(group, depth),
                EntryKind::Item(node, _) if fits(node, depth) => self.short_blocks(group, depth),
                _ => group.iter().for_each(|entry| self.single(*entry, depth)),
            }
            rest = after;
        }
    }

    /// A run of attributes: their `=` are aligned.
    fn attributes(&mut self, group: &[Entry<'t>], depth: usize) {
        let keys = group.iter().filter_map(|entry| entry.item()).map(|attr| width(key_of(attr)));
        let column = keys.max().unwrap_or(0);
        let wide = group.iter().filter_map(|entry| entry.item()).any(|attr| equals_of(attr).len() > 1);
        for entry in group {
            let EntryKind::Item(attr, comment) = entry.what else {
                self.single(*entry, depth);
                continue;
            };
            self.blank(*entry);
            let Some(value) = value_of(attr) else { continue };
            // The signs themselves are below each other: `?=` begins one column earlier.
            let equals = if wide { format!("{:>2}", equals_of(attr)) } else { equals_of(attr).to_owned() };
            let head = format!("{}{:column$} {equals} ", margin(depth), key_of(attr));
            let before = self.lines.len();
            print(&mut self.lines, depth, &head, value, "", comment, self.run);
            if self.lines.len() > before + 1 {
                self.run += 1;
            }
        }
    }

    /// A run of blocks with a line each: their braces are aligned, and their attributes too where they have the same.
    fn short_blocks(&mut self, group: &[Entry<'t>], depth: usize) {
        let blocks: Vec<Node<'t>> = group.iter().filter_map(|entry| entry.item()).collect();
        let texts = aligned(&blocks, depth)
            .unwrap_or_else(|| blocks.iter().map(|block| one_line(&header(*block), &cells(*block))).collect());
        let mut texts = texts.into_iter();
        for entry in group {
            match entry.what {
                EntryKind::Item(_, comment) => {
                    self.blank(*entry);
                    let text = format!("{}{}", margin(depth), texts.next().unwrap_or_default());
                    self.lines.push(Line { text, comment, run: self.run });
                }
                _ => self.single(*entry, depth),
            }
        }
    }

    /// An entry that aligns with no other.
    fn single(&mut self, entry: Entry<'t>, depth: usize) {
        self.blank(entry);
        match entry.what {
            EntryKind::Comment(comment) => {
                self.run += 1;
                self.lines.push(Line { text: margin(depth), comment: Some(comment), run: 0 });
            }
            EntryKind::Item(node, comment) if node.kind() == SyntaxKind::Block => {
                let body = of_block(node);
                let head = format!("{}{}", margin(depth), header(node));
                if body.opener.is_none() && body.entries.is_empty() {
                    return self.lines.push(Line { text: format!("{head} {{}}"), comment, run: self.run });
                }
                self.lines.push(Line { text: format!("{head} {{"), comment: body.opener, run: 0 });
                self.body(&body, depth + 1);
                self.run += 1;
                self.lines.push(Line { text: format!("{}}}", margin(depth)), comment, run: 0 });
            }
            EntryKind::Item(node, comment) => {
                self.lines.push(Line { text: format!("{}{}", margin(depth), item(node)), comment, run: self.run });
            }
        }
    }

    fn blank(&mut self, entry: Entry<'t>) {
        if entry.blank {
            self.run += 1;
            self.lines.push(Line { text: String::new(), comment: None, run: 0 });
        }
    }
}

impl<'t> Entry<'t> {
    fn item(&self) -> Option<Node<'t>> {
        match self.what {
            EntryKind::Item(node, _) => Some(node),
            _ => None,
        }
    }
}

/// How many of the first entries are laid out together: attributes, or blocks of one line, without a blank line between them.
/// Comments on lines of their own do not part them.
fn group_len(entries: &[Entry<'_>], depth: usize) -> usize {
    let kind = |entry: &Entry<'_>| match entry.what {
        EntryKind::Comment(_) => None,
        EntryKind::Item(node, _) => Some(match node.kind() {
            SyntaxKind::Attr => 1,
            SyntaxKind::Block if fits(node, depth) => 2,
            _ => 0,
        }),
    };
    let Some(first @ 1..) = entries.first().and_then(kind) else { return 1 };
    let same = |entry: &&Entry<'_>| !entry.blank && kind(entry).is_none_or(|kind| kind == first);
    let len = 1 + entries[1..].iter().take_while(same).count();
    len - entries[..len].iter().rev().take_while(|entry| kind(entry).is_none()).count()
}

/// Whether a node is a block on one line that may stay on it.
fn fits(node: Node<'_>, depth: usize) -> bool {
    node.kind() == SyntaxKind::Block && is_one_line(node) && 2 * depth + width(&one_line(&header(node), &cells(node))) <= WIDTH
}

/// An item on one line.
fn item(node: Node<'_>) -> String {
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
fn cells(block: Node<'_>) -> Vec<String> {
    items(block).map(item).collect()
}

fn items(block: Node<'_>) -> impl Iterator<Item = Node<'_>> {
    block.children().filter(|child| matches!(child.kind(), SyntaxKind::Block | SyntaxKind::Attr | SyntaxKind::Assertion))
}

fn one_line(header: &str, cells: &[String]) -> String {
    if cells.is_empty() { format!("{header} {{}}") } else { format!("{header} {{ {} }}", cells.join("  ")) }
}

/// Blocks with their braces below each other, unless a line would get too long.
fn aligned(blocks: &[Node<'_>], depth: usize) -> Option<Vec<String>> {
    let column = blocks.iter().map(|block| width(&header(*block))).max()?;
    let keys = |block: &Node<'_>| -> Vec<String> {
        items(*block).map(|item| if item.kind() == SyntaxKind::Attr { key_of(item).to_owned() } else { String::new() }).collect()
    };
    let mut lines = Vec::new();
    for run in blocks.chunk_by(|a, b| keys(a) == keys(b)) {
        let mut rows: Vec<Vec<String>> = run.iter().map(|block| cells(*block)).collect();
        let columns = rows.first().map_or(0, Vec::len);
        for place in 0..columns.saturating_sub(1) {
            let widest = rows.iter().map(|row| width(&row[place])).max().unwrap_or(0);
            for row in &mut rows {
                row[place] = format!("{:widest$}", row[place]);
            }
        }
        lines.extend(run.iter().zip(&rows).map(|(block, row)| one_line(&format!("{:column$}", header(*block)), row)));
    }
    lines.iter().all(|line| 2 * depth + width(line) <= WIDTH).then_some(lines)
}

/// `=`, or `?=`.
fn equals_of(attr: Node<'_>) -> &str {
    attr.child(SyntaxKind::Equals).map_or("=", Node::text)
}

fn key_of(attr: Node<'_>) -> &str {
    attr.children().next().map_or("", Node::text)
}
