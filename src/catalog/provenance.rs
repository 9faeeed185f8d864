//! The source of a fact, its confidence, and contradicting claims about it.

use serde::{Deserialize, Serialize};

/// How sure a fact is. A fact of low confidence can give a note, never an error, and no open port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Recalled, or one weak source.
    Low,
    /// One source.
    Medium,
    /// The maker's own page, or two independent sources.
    High,
}

impl Confidence {
    /// `low`, `medium` or `high`.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::Low => "low",
            Confidence::Medium => "medium",
            Confidence::High => "high",
        }
    }
}

/// What every row of a catalogue carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provenance {
    /// The step of the Planning Guide that needs it, 1 to 12.
    pub step: u8,
    /// Pages that state it, as keys of the catalogue's `sources.toml`.
    pub source: Vec<String>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Sources that contradict each other, and what the catalogue does about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conflict {
    /// Two claims or more.
    pub claims: Vec<Claim>,
    /// What the row follows, and why.
    pub choice: String,
}

/// One side of a [`Conflict`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// What is claimed.
    pub says: String,
    /// Who claims it, as keys of `sources.toml`.
    pub source: Vec<String>,
}

/// A page that is the source of facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What it is.
    pub title: String,
    /// Where it is.
    pub address: String,
}
