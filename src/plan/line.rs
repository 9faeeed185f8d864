//! A line of text for people, with what is shown as code.

use std::borrow::Cow;

use serde::Serialize;

/// A line of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Line(pub Vec<Run>);

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// The text; what a row of the catalogue says is not copied for each step that says it.
    pub text: Cow<'static, str>,
    /// Whether it is shown as code, exactly as written.
    pub code: bool,
}

impl Line {
    /// Its text without marks, as a comment or a title shows it.
    pub fn plain(&self) -> String {
        self.0.iter().map(|run| run.text.as_ref()).collect()
    }

    /// The line with a text before it.
    pub(super) fn after(mut self, before: Option<String>) -> Self {
        self.0.splice(0..0, before.map(|text| Run { text: text.into(), code: false }));
        self
    }
}
