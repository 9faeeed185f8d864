//! Why a line of an artifact is there.

use serde::Serialize;

use crate::catalog::{Confidence, Provenance};
use crate::text::{SourceMap, Span};

/// Turns places into `file:line`, or leaves the lines out.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'s> {
    /// The files.
    pub sources: &'s SourceMap,
    /// Whether reasons name file and line; without them a moved block changes no artifact.
    pub show: bool,
}

impl Lines<'_> {
    /// A reference to a declaration.
    pub fn source_ref(&self, path: impl Into<String>, span: Option<Span>) -> SourceRef {
        SourceRef { path: path.into(), place: span.and_then(|span| self.place(span)) }
    }

    /// `file:line` of a place, where lines are shown.
    pub fn place(&self, span: Span) -> Option<String> {
        self.show.then(|| self.sources.place(span))
    }
}

/// A declaration that a row follows from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceRef {
    /// Its path in the topology, such as `redmond.pool01` or `contoso.external_access`.
    pub path: String,
    /// `file:line`; absent with `--no-lines`.
    pub place: Option<String>,
}

impl std::fmt::Display for SourceRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{} ({place})", self.path),
            None => f.write_str(&self.path),
        }
    }
}

/// Why a row is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The features that need it; `im_presence` is the base.
    pub features: Vec<&'static str>,
    /// The declarations that it follows from, most telling first.
    pub declared: Vec<SourceRef>,
    /// The row of the catalogue.
    pub row: String,
    /// The step of the Planning Guide.
    pub step: u8,
    /// Pages that state the fact: the catalogue's source keys.
    pub source: Vec<String>,
    /// How sure it is.
    pub confidence: Confidence,
    /// What it is for, for people.
    pub purpose: String,
}

impl Reason {
    /// A reason from a row's provenance.
    pub fn new(row: impl Into<String>, purpose: impl Into<String>, provenance: &Provenance) -> Self {
        Self {
            features: Vec::new(),
            declared: Vec::new(),
            row: row.into(),
            step: provenance.step,
            source: provenance.source.clone(),
            confidence: provenance.confidence,
            purpose: purpose.into(),
        }
    }

    /// `P01 step 6 [remote_users, federation] redmond.edge (contoso.ocstopo:71)`, the form of comments.
    pub fn short(&self) -> String {
        let mut text = format!("{} step {}", self.row, self.step);
        if !self.features.is_empty() {
            text += &format!(" [{}]", self.features.join(", "));
        }
        if let Some(first) = self.declared.first() {
            text += &format!(" {first}");
        }
        text
    }
}
