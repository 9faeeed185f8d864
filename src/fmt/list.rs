//! Values: lists stay on one line if they were on one and fit; otherwise each element has a line and a comma.

use super::align::Line;
use super::{WIDTH, margin, width};
use crate::syntax::{Node, SyntaxKind};

/// The value of an attribute: the last of its tokens that is one.
pub(super) fn value_of(attr: Node<'_>) -> Option<Node<'_>> {
    attr.children().filter(|child| is_value(*child)).last()
}

/// A value on one line.
pub(super) fn inline(value: Node<'_>) -> String {
    if value.kind() != SyntaxKind::List {
        return value.text().to_owned();
    }
    let elements: Vec<String> = value.children().filter(|child| is_value(*child)).map(inline).collect();
    format!("[{}]", elements.join(", "))
}

/// A value behind `head`, which holds the margin too; `tail` follows the value, and `comment` what the last line is.
pub(super) fn print<'t>(
    lines: &mut Vec<Line<'t>>,
    depth: usize,
    head: &str,
    value: Node<'t>,
    tail: &str,
    comment: Option<&'t str>,
    run: usize,
) {
    let list = value.kind() == SyntaxKind::List;
    let one_line = if list && value.text().contains('\n') {
        let empty = value.children().all(|child| !is_value(child) && child.kind() != SyntaxKind::Comment);
        empty.then(|| String::from("[]"))
    } else {
        let text = inline(value);
        (!list || width(head) + width(&text) + width(tail) <= WIDTH).then_some(text)
    };
    if let Some(text) = one_line {
        return lines.push(Line { text: format!("{head}{text}{tail}"), comment, run });
    }
    let (opener, entries) = entries(value);
    lines.push(Line { text: format!("{head}["), comment: opener, run: 0 });
    for entry in entries {
        if entry.blank {
            lines.push(Line { text: String::new(), comment: None, run: 0 });
        }
        match entry.element {
            Some(element) => {
                print(lines, depth + 1, &margin(depth + 1), element, ",", entry.comment, run);
            }
            None => lines.push(Line { text: margin(depth + 1), comment: entry.comment, run: 0 }),
        }
    }
    lines.push(Line { text: format!("{}]{tail}", margin(depth)), comment, run: 0 });
}

/// A line of a list: an element with the comment behind it, or a comment alone.
struct Entry<'t> {
    blank: bool,
    element: Option<Node<'t>>,
    comment: Option<&'t str>,
}

/// The comment behind `[`, and the lines.
fn entries(list: Node<'_>) -> (Option<&str>, Vec<Entry<'_>>) {
    let mut opener = None;
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut newlines = 0;
    for child in list.children() {
        let blank = newlines > 1 && !entries.is_empty();
        match child.kind() {
            SyntaxKind::Newline => newlines += 1,
            SyntaxKind::Comment => {
                match entries.last_mut() {
                    None if newlines == 0 && opener.is_none() => opener = Some(child.text()),
                    Some(Entry { element: Some(_), comment: comment @ None, .. }) if newlines == 0 => {
                        *comment = Some(child.text())
                    }
                    _ => entries.push(Entry { blank, element: None, comment: Some(child.text()) }),
                }
                newlines = 0;
            }
            SyntaxKind::Comma => newlines = 0,
            _ if is_value(child) => {
                entries.push(Entry { blank, element: Some(child), comment: None });
                newlines = 0;
            }
            _ => {}
        }
    }
    (opener, entries)
}

fn is_value(node: Node<'_>) -> bool {
    matches!(node.kind(), SyntaxKind::Scalar | SyntaxKind::Quoted | SyntaxKind::Raw | SyntaxKind::List)
}
