//! The text of a topology, before `fmt` lays it out.

use std::fmt::Display;

/// Lines so far.
#[derive(Debug, Default)]
pub(super) struct Page {
    text: String,
}

impl Page {
    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// A line.
    pub(super) fn line(&mut self, line: impl Display) {
        self.text += &format!("{line}\n");
    }

    /// A blank line in front of what follows.
    pub(super) fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A comment.
    pub(super) fn note(&mut self, words: impl Display) {
        self.line(format!("# {words}"));
    }
}

/// A text in quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A whole number as topologies write it: `26_000`.
pub(super) fn digits(number: u64) -> String {
    crate::text::thousands(number).replace(',', "_")
}
