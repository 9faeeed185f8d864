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

/// The text of a value that was on one line; an empty list always is.
pub(super) fn in_one_line(value: Node<'_>) -> Option<String> {
    let empty = || value.children().all(|child| !is_value(child) && child.kind() != SyntaxKind::Comment);
    let broken = value.kind() == SyntaxKind::List && value.text().contains('\n');
    (!broken || empty()).then(|| inline(value))
}

/// An element of a list with a comma: on one line if it was and fits.
fn print<'t>(lines: &mut Vec<Line<'t>>, depth: usize, element: Node<'t>, comment: Option<&'t str>) {
    let head = margin(depth);
    let fits = |text: &String| element.kind() != SyntaxKind::List || width(&head) + width(text) < WIDTH;
    match in_one_line(element).filter(fits) {
        Some(text) => lines.push(Line { text: format!("{head}{text},"), comment, run: 0 }),
        None => print_broken(lines, depth, &head, element, ",", comment),
    }
}

/// A list on several lines behind `head`, which holds the margin too; `tail` follows the list, and `comment` its last line.
pub(super) fn print_broken<'t>(
    lines: &mut Vec<Line<'t>>,
    depth: usize,
    head: &str,
    value: Node<'t>,
    tail: &str,
    comment: Option<&'t str>,
) {
    let (opener, entries) = entries(value);
    lines.push(Line { text: format!("{head}["), comment: opener, run: 0 });
    for entry in entries {
        if entry.blank {
            lines.push(Line { text: String::new(), comment: None, run: 0 });
        }
        match entry.element {
            Some(element) => print(lines, depth + 1, element, entry.comment),
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
