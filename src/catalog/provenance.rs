//! Where a fact comes from and how sure it is.

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
