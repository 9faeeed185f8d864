//! What is known of an outage: what takes over, what running calls and meetings lose, what is done by hand, how long it takes. One
//! fact a row, so that each has its own source.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::{GroupKind, Role};

/// What a fact about an outage is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageAspect {
    /// What does the work then.
    TakesOver,
    /// What happens to calls, meetings and sessions that run.
    Running,
    /// What of the data is lost.
    Data,
    /// What people do.
    ByHand,
    /// How long it takes.
    Time,
}

/// What is down, where it is no server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutageDevice {
    /// A load balancer.
    LoadBalancer,
    /// A firewall.
    Firewall,
    /// A WAN link.
    WanLink,
    /// All of a site.
    Site,
    /// A certificate that has expired.
    Certificate,
    /// A certification authority.
    CertificationAuthority,
}

/// How much of what does the same work is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// Nothing.
    None,
    /// One or more of several.
    Some,
}

/// One fact about an outage.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OutageFact {
    /// Stable name, such as `front_end.some.takes_over`.
    pub id: String,
    /// The role of the server that is down.
    #[serde(default)]
    pub role: Option<Role>,
    /// The device that is down, where it is no server.
    #[serde(default)]
    pub device: Option<OutageDevice>,
    /// The kind of block with the role, where others with the role are different.
    #[serde(default)]
    pub kind: Option<GroupKind>,
    /// For a database: the kind of block that it belongs to.
    #[serde(default)]
    pub of: Option<GroupKind>,
    /// How much is left.
    pub left: Left,
    /// Only where front ends stop when they cannot archive, or only where they do not.
    #[serde(default)]
    pub critical: Option<bool>,
    /// What it is about.
    pub aspect: OutageAspect,
    /// The fact, as a clause.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(OutageFact, "outages.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    if row.role.is_some() == row.device.is_some() {
        checks.refuse(&row.id, "an outage is one of a role or of a device");
    }
    if row.device.is_some() && (row.kind.is_some() || row.of.is_some()) {
        checks.refuse(&row.id, "`kind` and `of` are for roles");
    }
}, keeps_order: true);

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("down", &["role", "device"]),
    column("in", &["kind"]),
    column("of", &["of"]),
    column("left", &["left"]),
    column("about", &["aspect"]),
    column("fact", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<OutageFact>(
    "outages",
    "Outages",
    "What is known when a server or device is down: what takes over, what running calls and meetings lose, what is done by hand, \
     how long it takes. Where no row states a time, no source that was read does.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[outages]]\nid = \"x\"\nrole = \"front_end\"\nleft = \"some\"\naspect = \"running\"\nwhat = \"w\"\nstep = 10\nsource = [\"topology:HA\"]\nconfidence = \"high\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<OutageFact>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("role = \"front_end\"\n", ""), "outages.toml: row `x`: an outage is one of a role or of a device");
        assert!(faults("role", "device = \"site\"\nrole").contains("one of a role or of a device"));
        assert!(faults("role = \"front_end\"", "device = \"site\"\nkind = \"back_end\"").contains("are for roles"));
        assert!(faults("\"w\"", "\" \"").contains("`what` is empty"));
    }
}
