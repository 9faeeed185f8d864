//! What the product keeps of what people say and do, and what an auditor must know of how it does so. One fact a row.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::Feature;

/// What is kept of one thing that people do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecordedThing {
    /// Stable name.
    pub id: String,
    /// What people do.
    pub what: String,
    /// Whether its content is archived where messages are.
    pub archived: bool,
    /// Whether that it took place is recorded where call details are.
    pub recorded: bool,
    /// What an auditor must know.
    #[serde(default)]
    pub note: Option<String>,
    /// Possible when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(RecordedThing, "recorded_things.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
}, keeps_order: true);

const THING_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("what people do", &["what"]),
    column("content archived", &["archived"]),
    column("recorded", &["recorded"]),
    column("note", &["note"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const THINGS: Kind = Kind::of::<RecordedThing>(
    "recorded_things",
    "What is kept",
    "What is kept of each thing that people do: its content, where messages are archived; that it took place, where call details are recorded.",
    THING_COLUMNS,
);

/// What a fact about archiving is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ComplianceTopic {
    /// How it is decided what is kept.
    Policy,
    /// How records travel.
    Transport,
    /// How they are protected.
    Protection,
    /// How long they are kept.
    Retention,
    /// What happens when archiving fails.
    Failure,
}

impl ComplianceTopic {
    /// The heading of its facts.
    pub fn title(self) -> &'static str {
        match self {
            ComplianceTopic::Policy => "How it is decided what is kept",
            ComplianceTopic::Transport => "How records travel",
            ComplianceTopic::Protection => "How records are protected",
            ComplianceTopic::Retention => "How records are deleted",
            ComplianceTopic::Failure => "When archiving fails",
        }
    }
}

/// A fact about archiving.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComplianceFact {
    /// Stable name.
    pub id: String,
    /// What it is about.
    pub topic: ComplianceTopic,
    /// The fact, as a sentence.
    pub what: String,
    /// Only where front ends stop when they cannot archive, or only where they do not.
    #[serde(default)]
    pub critical: Option<bool>,
    /// Holds when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(ComplianceFact, "compliance_facts.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
}, keeps_order: true);

const FACT_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("about", &["topic"]),
    column("fact", &["what"]),
    column("critical", &["critical"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const FACTS: Kind = Kind::of::<ComplianceFact>(
    "compliance_facts",
    "Archiving",
    "What an auditor must know of archiving and recording.",
    FACT_COLUMNS,
);
