//! Which roles may share a computer.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};
use crate::product::GroupKind;

/// What is said of two roles on one computer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// They may.
    Allowed,
    /// They may, and should not.
    NotRecommended,
    /// They may not.
    Unsupported,
}

/// How two databases on one computer are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Instances {
    /// They are in one instance.
    Same,
    /// Each is in an instance of its own.
    Apart,
}

/// Two roles on one computer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collocation {
    /// Stable name.
    pub id: String,
    /// One role, in the words of the table.
    pub role: String,
    /// The other.
    pub with: String,
    /// The blocks of the one role; none where the language cannot say that it shares a computer.
    #[serde(default)]
    pub blocks: Vec<GroupKind>,
    /// The blocks of the other; none where any is meant.
    #[serde(default)]
    pub with_blocks: Vec<GroupKind>,
    /// The blocks of the one database, where the row is about databases.
    #[serde(default)]
    pub databases: Vec<GroupKind>,
    /// The blocks of the other.
    #[serde(default)]
    pub with_databases: Vec<GroupKind>,
    /// Where the row is about databases in the same instance only, or about those in separate instances.
    #[serde(default)]
    pub instance: Option<Instances>,
    /// What is said of them.
    pub verdict: Verdict,
    /// What it depends on, or costs.
    #[serde(default)]
    pub note: Option<String>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl Collocation {
    /// Whether it says something of two blocks on one computer.
    pub fn covers(&self, one: GroupKind, other: GroupKind) -> bool {
        let with = |kind: GroupKind| self.with_blocks.is_empty() || self.with_blocks.contains(&kind);
        (self.blocks.contains(&one) && with(other)) || (self.blocks.contains(&other) && with(one))
    }

    /// Whether it says something of the databases of two blocks on one computer.
    pub fn covers_databases(&self, one: GroupKind, other: GroupKind, instances: Instances) -> bool {
        let pairs = |one, other| self.databases.contains(&one) && self.with_databases.contains(&other);
        self.instance.is_none_or(|expected| expected == instances) && (pairs(one, other) || pairs(other, one))
    }
}

fact_row!(Collocation, "collocation.toml", |row, checks| {
    for (field, text) in [("role", Some(&row.role)), ("with", Some(&row.with)), ("note", row.note.as_ref())] {
        if let Some(text) = text {
            checks.text(&row.id, field, text);
        }
    }
    if row.blocks.is_empty() && !row.with_blocks.is_empty() {
        checks.refuse(&row.id, "`with_blocks` without `blocks` pair with nothing");
    }
    if row.databases.is_empty() != row.with_databases.is_empty() {
        checks.refuse(&row.id, "`databases` and `with_databases` are the two halves of a pair");
    }
    if row.databases.is_empty() && row.instance.is_some() {
        checks.refuse(&row.id, "`instance` says something of `databases`, and there are none");
    }
}, conflict: conflict);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("role", &["role"]),
    column("with", &["with"]),
    column("verdict", &["verdict"]),
    column("note", &["note"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Collocation>(
    "collocation",
    "Roles on one computer",
    "Which roles may share a computer. Combinations that are not listed are untested and unsupported.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact::facts;
    use crate::catalog::fact_file::read_rows;
    use crate::product::Product;

    fn verdict(product: Product, one: GroupKind, other: GroupKind) -> Option<Verdict> {
        let rows = facts::<Collocation>(product).iter().filter(|row| row.covers(one, other));
        rows.max_by_key(|row| !row.with_blocks.is_empty()).map(|row| row.verdict)
    }

    #[test]
    fn a_pair_is_found_from_both_sides() {
        let (server, archive, access) = (GroupKind::StandardEdition, GroupKind::ArchivingServer, GroupKind::WebAccess);
        assert_eq!(verdict(Product::Ocs2007, server, archive), Some(Verdict::Allowed));
        assert_eq!(verdict(Product::Ocs2007, archive, server), Some(Verdict::Allowed));
        assert_eq!(verdict(Product::Ocs2007R2, archive, server), Some(Verdict::NotRecommended));
        assert_eq!(verdict(Product::Ocs2007, GroupKind::DomainController, access), Some(Verdict::Unsupported));
        assert_eq!(verdict(Product::Ocs2007, archive, GroupKind::BackEnd), None);
    }

    #[test]
    fn the_monitoring_server_of_the_second_release_may_share() {
        let on = |product| verdict(product, GroupKind::StandardEdition, GroupKind::MonitoringServer);
        assert_eq!(on(Product::Ocs2007), Some(Verdict::Unsupported));
        assert_eq!(on(Product::Ocs2007R2), Some(Verdict::Allowed));
    }

    #[test]
    fn databases_are_judged_by_their_owner() {
        let (pool, archive, directors) = (GroupKind::EnterprisePool, GroupKind::ArchivingServer, GroupKind::DirectorArray);
        let verdict = |product, one, other, instances| {
            facts::<Collocation>(product).iter().find(|row| row.covers_databases(one, other, instances)).map(|row| row.verdict)
        };
        let (rtm, r2) = (Product::Ocs2007, Product::Ocs2007R2);
        assert_eq!(verdict(rtm, pool, pool, Instances::Apart), Some(Verdict::Unsupported));
        assert_eq!(verdict(rtm, archive, pool, Instances::Same), Some(Verdict::Unsupported));
        assert_eq!(verdict(rtm, archive, pool, Instances::Apart), None);
        assert_eq!(verdict(r2, pool, archive, Instances::Same), Some(Verdict::Allowed));
        assert_eq!(verdict(r2, GroupKind::GroupChat, pool, Instances::Same), Some(Verdict::Allowed));
        assert_eq!(verdict(r2, pool, directors, Instances::Apart), Some(Verdict::Allowed));
        assert_eq!(verdict(r2, pool, directors, Instances::Same), Some(Verdict::Unsupported));
    }

    #[test]
    fn unpaired_blocks_are_refused() {
        let text = "[[collocation]]\nid = \"a\"\nrole = \"r\"\nwith = \"w\"\nwith_blocks = [\"director\"]\nverdict = \"allowed\"\nstep = 2\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let errors = read_rows::<Collocation>(text).err().unwrap_or_default();
        let messages: Vec<String> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(messages, ["collocation.toml: row `a`: `with_blocks` without `blocks` pair with nothing"]);
    }
}
