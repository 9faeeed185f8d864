//! Releases of the product and the end of their support.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;

/// A release.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Its word in a topology.
    pub id: String,
    /// The name that people use.
    pub title: String,
    /// When it came out: year and month.
    pub released: String,
    /// The last day of security fixes by its maker, such as `2018-01-09`.
    pub end_of_support: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl Release {
    /// The last day of support: year, month, day.
    pub fn last_day(&self) -> Option<(u16, u8, u8)> {
        let mut parts = self.end_of_support.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))
    }
}

fact_row!(Release, "releases.toml", |row, checks| {
    checks.text(&row.id, "title", &row.title);
    if row.last_day().is_none() {
        checks.refuse(&row.id, "`end_of_support` is not a date");
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("title", &["title"]),
    column("released", &["released"]),
    column("end of support", &["end_of_support"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind =
    Kind::of::<Release>("releases", "Releases", "Releases of the product, with the end of their support.", COLUMNS);
