//! What certificates must not be used for together, and which of them may carry a wildcard in place of a name.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// Uses that must not share one certificate.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeparateCertificates {
    /// Stable name, such as `av_authentication`.
    pub id: String,
    /// A row of certificates, such as `C17`.
    pub certificate: String,
    /// The rows whose certificate it must not be.
    pub apart_from: Vec<String>,
    /// Why, as a clause.
    pub why: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl SeparateCertificates {
    /// Whether it separates two rows.
    pub fn keeps_apart(&self, one: &str, other: &str) -> bool {
        let apart = |a: &str, b: &str| self.certificate == a && self.apart_from.iter().any(|from| from == b);
        apart(one, other) || apart(other, one)
    }
}

fact_row!(SeparateCertificates, "separate_certificates.toml", |row, checks| {
    checks.text(&row.id, "why", &row.why);
    if row.apart_from.is_empty() || row.apart_from.contains(&row.certificate) {
        checks.refuse(&row.id, "it names at least one other row");
    }
});

/// Whether a wildcard is taken in place of a name.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wildcard {
    /// Stable name, such as `listener`.
    pub id: String,
    /// Rows of certificates; none means all that no other row names.
    #[serde(default)]
    pub certificates: Vec<String>,
    /// Whether one is taken.
    pub taken: bool,
    /// What is known, as a clause.
    pub why: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(Wildcard, "wildcards.toml", |row, checks| {
    checks.text(&row.id, "why", &row.why);
});

/// What is known of wildcards on the certificate of a row.
pub fn wildcard<'r>(rows: &'r [Wildcard], certificate: &str) -> Option<&'r Wildcard> {
    let own = rows.iter().find(|row| row.certificates.iter().any(|id| id == certificate));
    own.or_else(|| rows.iter().find(|row| row.certificates.is_empty()))
}

const SEPARATE_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("certificate", &["certificate"]),
    column("apart from", &["apart_from"]),
    column("why", &["why"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const SEPARATE: Kind = Kind::of::<SeparateCertificates>(
    "separate_certificates",
    "Certificates that must be separate",
    "Uses that must not share one certificate.",
    SEPARATE_COLUMNS,
);

const WILDCARD_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("certificates", &["certificates"]),
    column("taken", &["taken"]),
    column("why", &["why"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const WILDCARDS: Kind = Kind::of::<Wildcard>(
    "wildcards",
    "Wildcards",
    "Which certificates may carry a wildcard in place of a name.",
    WILDCARD_COLUMNS,
);
