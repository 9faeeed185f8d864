//! The canonical layout of a file. Input: a parsed file; output: text with the same tokens. Knows nothing of the schema.
//!
//! Only blanks, line ends and the last comma of a list change. A file that holds a mistake of syntax stays as it is, byte for
//! byte: what is meant shows in its layout alone, and `check` must find the same before and after.

mod align;
mod body;
mod layout;
mod list;
mod run;
mod table;

use crate::syntax::Parse;

/// No line gets longer than this by joining or aligning; a single token may.
const WIDTH: usize = 100;

/// The text of a file in canonical layout; as it is where it holds a mistake.
pub fn format(parsed: &Parse) -> String {
    let tree = &parsed.tree;
    if !parsed.diags.is_empty() {
        return tree.text().to_owned();
    }
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
