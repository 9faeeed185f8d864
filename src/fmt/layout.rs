//! Entries to lines: margins, blank lines, and runs of neighbouring lines of one kind, whose columns are aligned.

use super::align::Line;
use super::body::{Body, Entry, EntryKind, equals_of, header, item, key_of, of_block};
use super::list::{in_one_line, print_broken, value_of};
use super::run::{Kind, kind_of, run_len};
use super::table::table;
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
        let mut rest = body.entries.as_slice();
        while let Some(first) = rest.first() {
            let (run, after) = rest.split_at(run_len(rest, depth));
            self.run += 1;
            match kind_of(first, depth) {
                Kind::Attribute => self.attributes(run, depth),
                Kind::ShortBlock => self.short_blocks(run, depth),
                Kind::Assertion | Kind::Alone => run.iter().for_each(|entry| self.single(*entry, depth)),
            }
            rest = after;
        }
    }

    /// A run of attributes with a line each: their signs are aligned. A list that is too long behind the aligned sign gets several
    /// lines and parts the run.
    fn attributes(&mut self, run: &[Entry<'t>], depth: usize) {
        let columns = Columns::of(run);
        let too_long = |entry: &Entry<'t>| entry.item().is_some_and(|attr| columns.too_long(attr, depth));
        for part in run.chunk_by(|a, b| !too_long(a) && !too_long(b)) {
            let columns = Columns::of(part);
            self.run += 1;
            for entry in part {
                let EntryKind::Item(attr, comment) = entry.what else { continue };
                let Some(value) = value_of(attr) else { continue };
                self.blank(*entry);
                match in_one_line(value).filter(|_| !too_long(entry)) {
                    Some(text) => {
                        let text = format!("{}{}{text}", margin(depth), columns.head(attr));
                        self.lines.push(Line { text, comment, run: self.run });
                    }
                    None => {
                        let head = format!("{}{}", margin(depth), columns.head(attr));
                        print_broken(&mut self.lines, depth, &head, value, "", comment);
                    }
                }
            }
        }
    }

    /// A run of blocks with a line each.
    fn short_blocks(&mut self, run: &[Entry<'t>], depth: usize) {
        let blocks: Vec<Node<'t>> = run.iter().filter_map(|entry| entry.item()).collect();
        for (entry, text) in run.iter().zip(table(&blocks, WIDTH.saturating_sub(width(&margin(depth))))) {
            self.blank(*entry);
            let comment = if let EntryKind::Item(_, comment) = entry.what { comment } else { None };
            self.lines.push(Line { text: format!("{}{text}", margin(depth)), comment, run: self.run });
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

/// Where the signs of a run of attributes are.
struct Columns {
    key: usize,
    /// Whether one of the signs is `?=`.
    wide: bool,
}

impl Columns {
    fn of(run: &[Entry<'_>]) -> Self {
        let attrs = || run.iter().filter_map(|entry| entry.item());
        Columns {
            key: attrs().map(|attr| width(key_of(attr))).max().unwrap_or(0),
            wide: attrs().any(|attr| equals_of(attr).len() > 1),
        }
    }

    /// What is in front of a value, without margin. The signs themselves are below each other: `?=` begins one column earlier.
    fn head(&self, attr: Node<'_>) -> String {
        let equals = equals_of(attr);
        let equals = if self.wide { format!("{equals:>2}") } else { equals.to_owned() };
        format!("{:1$} {equals} ", key_of(attr), self.key)
    }

    /// Whether the value is a list that does not fit behind the sign.
    fn too_long(&self, attr: Node<'_>, depth: usize) -> bool {
        let list = value_of(attr).filter(|value| value.kind() == SyntaxKind::List).and_then(in_one_line);
        list.is_some_and(|list| width(&margin(depth)) + width(&self.head(attr)) + width(&list) > WIDTH)
    }
}
