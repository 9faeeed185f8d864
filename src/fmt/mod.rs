//! The canonical layout of a file. Input: a tree; output: text with the same tokens. Knows nothing of the schema.
//!
//! Only blanks, line ends and the last comma of a list change. A line that holds a mistake passes through byte for byte, and so
//! does a block whose braces do not match: how far its text should be indented cannot be known.

mod align;
mod body;
mod layout;
mod list;

use std::borrow::Cow;

use crate::syntax::{SyntaxTree, parse_plain};

/// No line gets longer than this by joining or aligning; what stands in one token may.
const WIDTH: usize = 120;

/// The text of `tree` in canonical layout.
pub fn format(tree: &SyntaxTree) -> String {
    // Guesses about braces follow the indentation, which is about to change.
    let tree = if tree.is_guess() { Cow::Owned(parse_plain(tree.file(), tree.text().into())) } else { Cow::Borrowed(tree) };
    let mut layout = layout::Layout::default();
    layout.body(&body::of_file(tree.root()), 0);
    align::join(layout.into_lines())
}

/// How wide a text is on a line.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// The blanks in front of a line.
fn margin(depth: usize) -> String {
    "  ".repeat(depth)
}

#[cfg(test)]
mod tests;
