//! What is wrong with one piece of text, before its place in the file is known.

use std::ops::Range;

use crate::diag::{Code, Diag, Fix};
use crate::text::Span;

/// A finding about a text. Boxed, because it travels as the error of small results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem(Box<Parts>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Parts {
    code: Code,
    message: String,
    label: String,
    help: Option<String>,
    /// The bytes of the text that are underlined; all when absent.
    at: Option<Range<usize>>,
    /// The right text, and the bytes that it replaces; all when absent.
    rewrite: Option<(Option<Range<usize>>, String)>,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self(Box::new(Parts { code, message: message.into(), label: label.into(), help: None, at: None, rewrite: None }))
    }

    /// Its code.
    pub(super) fn code(&self) -> Code {
        self.0.code
    }

    /// Underlines a part of the text only.
    pub(super) fn at(mut self, range: Range<usize>) -> Self {
        self.0.at = Some(range);
        self
    }

    /// Says the way out.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Names the one right text to put in place of all of this one; it is the help too where none is set.
    pub(super) fn rewrite(mut self, text: impl Into<String>) -> Self {
        self.0.rewrite = Some((None, text.into()));
        self
    }

    /// The same problem of a text of `len` bytes that begins `offset` bytes into a larger one.
    pub(super) fn shifted(mut self, offset: usize, len: usize) -> Self {
        let at = self.0.at.take().unwrap_or(0..len);
        self.0.at = Some(at.start + offset..at.end + offset);
        let shift = |(range, text): (Option<Range<usize>>, String)| {
            let range = range.unwrap_or(0..len);
            (Some(range.start + offset..range.end + offset), text)
        };
        self.0.rewrite = self.0.rewrite.take().map(shift);
        self
    }

    /// The finding, for a text at `span`.
    pub(super) fn into_diag(self, span: Span) -> Diag {
        let Parts { code, message, label, help, at, rewrite } = *self.0;
        let part = |range: Range<usize>| {
            let end = span.start.saturating_add(range.end as u32).min(span.end);
            Span::new(span.file, span.start.saturating_add(range.start as u32).min(end), end)
        };
        let help = help.or_else(|| rewrite.as_ref().map(|(_, text)| format!("write `{text}`")));
        let mut diag = Diag::error(code, message, at.map_or(span, part), label).help_opt(help);
        if let Some((range, text)) = rewrite {
            diag = diag.fix(Fix::write(range.map_or(span, part), text));
        }
        diag
    }
}
