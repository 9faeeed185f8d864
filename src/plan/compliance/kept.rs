//! How long records are kept, beside what the release supports and was measured with.

use serde::Serialize;

use super::{Decisions, PoolRow};
use crate::catalog::{Confidence, Limit, fact};
use crate::text::thousands;

/// Seconds of a day.
const DAY: u64 = 86_400;

/// How a time compares with a figure of the release.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Within it.
    Within,
    /// Beyond it.
    Beyond,
    /// The topology states no time, or no users.
    NotStated,
    /// It does not apply to so few users.
    FewerUsers,
}

/// A time beside a figure.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct RetentionRow {
    /// What the figure says.
    pub what: &'static str,
    /// The figure, in days.
    pub days: u64,
    /// The days that the topology states.
    pub stated: Option<u64>,
    /// How they compare.
    pub standing: Standing,
    /// More about it.
    pub detail: Option<String>,
    /// The row of the catalogue.
    pub row: &'static str,
    /// The pages that state it, by key.
    pub source: &'static [String],
    /// How sure it is.
    pub confidence: Confidence,
}

/// The comparisons that apply.
pub(super) fn retention(decisions: &Decisions<'_>, pools: &[PoolRow<'_>]) -> Vec<RetentionRow> {
    let product = decisions.topology.organization.product;
    let stated = decisions.block.and_then(|block| block.duration("retention")).map(|kept| kept.value.div_ceil(DAY));
    let row = |id: &str, standing: &dyn Fn(u64, u64) -> Standing, detail: Option<String>| {
        let limit = fact::<Limit>(product, id)?;
        let standing = stated.map_or(Standing::NotStated, |days| standing(days, limit.value));
        Some(RetentionRow {
            what: &limit.what,
            days: limit.value,
            stated,
            standing,
            detail,
            row: &limit.id,
            source: &limit.provenance.source,
            confidence: limit.provenance.confidence,
        })
    };
    let within = |is: bool| if is { Standing::Within } else { Standing::Beyond };
    let mut rows = Vec::new();
    if decisions.archives() {
        rows.extend(row("archiving.retention", &|days, most| within(days <= most), None));
        rows.extend(row("archiving.retention.least", &|days, least| within(days >= least), None));
    }
    // The capacity of the first release was measured with so many users and days.
    let purge = if decisions.archives() { "archiving.purge.im_archiving" } else { "archiving.purge.call_detail_records" };
    let many = fact::<Limit>(product, "archiving_server.users.im_archiving");
    if let Some(many) = many.filter(|_| decisions.archives() || decisions.calls) {
        let archived = || pools.iter().filter(|pool| !pool.archived_by.is_empty() || !pool.recorded_by.is_empty());
        let users = archived().filter_map(|pool| pool.users).fold(0, u64::saturating_add);
        let unknown = archived().any(|pool| pool.users.is_none());
        let standing = |days: u64, most: u64| match (days <= most, users >= many.value, unknown) {
            (true, ..) => Standing::Within,
            (false, true, _) => Standing::Beyond,
            (false, false, true) => Standing::NotStated,
            (false, false, false) => Standing::FewerUsers,
        };
        let detail =
            format!("{} users are archived or recorded; the figure counts from {}", thousands(users), thousands(many.value));
        rows.extend(row(purge, &standing, Some(detail)));
    }
    if decisions.calls || decisions.quality {
        let detail = "this is the default of the release, not a limit".to_owned();
        rows.extend(row("monitoring.retention", &|days, kept| within(days <= kept), Some(detail)));
    }
    rows
}
