//! What is wrong with one piece of text, before its place in the file is known.

use std::ops::Range;

use crate::diag::{Code, Diag, Edit, Fix};
use crate::text::Span;

/// A finding about a text; `at` counts bytes inside that text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    code: Code,
    message: String,
    label: String,
    help: Option<String>,
    at: Option<(u32, u32)>,
    rewrite: Option<String>,
}

impl Problem {
    pub(super) fn new(code: Code, message: impl Into<String>, label: impl Into<String>) -> Self {
        Self { code, message: message.into(), label: label.into(), help: None, at: None, rewrite: None }
    }

    /// Underlines a part of the text only.
    pub(super) fn at(mut self, range: Range<usize>) -> Self {
        self.at = Some((range.start as u32, range.end as u32));
        self
    }

    /// Says the way out.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the one right text to put in place of all of this one; it is the help too where none is set.
    pub(super) fn rewrite(mut self, text: impl Into<String>) -> Self {
        self.rewrite = Some(text.into());
        self
    }

    /// The same problem of a text that begins `offset` bytes into a larger one.
    pub(super) fn shifted(mut self, offset: usize, len: usize) -> Self {
        let offset = offset as u32;
        let (start, end) = self.at.unwrap_or((0, len as u32));
        self.at = Some((start + offset, end + offset));
        self.rewrite = None;
        self
    }

    /// The finding, for a text that stands at `span`.
    pub(super) fn into_diag(self, span: Span) -> Diag {
        let place = self.at.map_or(span, |(start, end)| {
            let end = span.start.saturating_add(end).min(span.end);
            Span::new(span.file, span.start.saturating_add(start).min(end), end)
        });
        let help = self.help.or_else(|| self.rewrite.as_ref().map(|text| format!("write `{text}`")));
        let mut diag = Diag::error(self.code, self.message, place, self.label).help_opt(help);
        if let Some(text) = self.rewrite {
            diag = diag.fix(Fix { title: format!("write `{text}`"), edits: vec![Edit { span, text }] });
        }
        diag
    }
}
