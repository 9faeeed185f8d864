//! Why a line of an artifact is there.

use serde::Serialize;

use crate::catalog::{Confidence, Provenance};
use crate::text::{SourceMap, Span};

/// Turns places into `file:line`, and says whether artifacts show them.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'s> {
    /// The files.
    pub sources: &'s SourceMap,
    /// Whether artifacts name file and line; without them a moved block changes none.
    pub show: bool,
}

impl Lines<'_> {
    /// A reference to a declaration.
    pub fn source_ref(&self, path: impl Into<String>, span: Option<Span>) -> SourceRef {
        SourceRef { path: path.into(), place: span.map(|span| self.place(span)), shown: self.show }
    }

    /// `file:line` of a place.
    pub fn place(&self, span: Span) -> String {
        self.sources.place(span)
    }
}

/// A declaration that a row follows from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourceRef {
    /// Its path in the topology, such as `redmond.pool01` or `contoso.external_access`.
    pub path: String,
    /// `file:line`.
    pub place: Option<String>,
    /// Whether artifacts name the place beside the path.
    #[serde(skip)]
    pub shown: bool,
}

impl SourceRef {
    /// The path and the place, for answers.
    pub fn placed(&self) -> String {
        match &self.place {
            Some(place) => format!("{} ({place})", self.path),
            None => self.path.clone(),
        }
    }
}

/// As artifacts write it.
impl std::fmt::Display for SourceRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.shown { f.write_str(&self.placed()) } else { f.write_str(&self.path) }
    }
}

/// Why a row is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// The features that need it; `im_presence` is the base. No artifact repeats them: a feature more would change every line that
    /// it shares.
    pub features: Vec<&'static str>,
    /// The declarations that it follows from, most telling first.
    pub declared: Vec<SourceRef>,
    /// Where the features are switched on.
    pub switches: Vec<SourceRef>,
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
            switches: Vec::new(),
            row: row.into(),
            step: provenance.step,
            source: provenance.source.clone(),
            confidence: provenance.confidence,
            purpose: purpose.into(),
        }
    }

    /// Every declaration that it follows from, those of features too.
    pub fn named(&self) -> impl Iterator<Item = &SourceRef> {
        self.declared.iter().chain(&self.switches)
    }

    /// `P01 step 6 redmond.edge`, the form of comments.
    pub fn short(&self) -> String {
        let mut text = format!("{} step {}", self.row, self.step);
        if let Some(first) = self.declared.first() {
            text += &format!(" {first}");
        }
        text
    }
}
