//! Firewalls that run on servers: which one an operating system has, what its rules can express, and what every server admits.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::Transport;

/// The firewall of an operating system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostFirewall {
    /// Stable name.
    pub id: String,
    /// The words of `operating_system` that have it.
    pub systems: Vec<String>,
    /// What its commands are called.
    pub tool: HostTool,
    /// Whether a rule takes ranges of ports; otherwise single ones.
    pub ranges: bool,
    /// Whether a rule can name the server's own addresses and the sender's ports; if not, a port has one list of senders.
    pub exact: bool,
    /// What its rules can say, for people.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// The commands of a firewall on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostTool {
    /// `netsh firewall`.
    Firewall,
    /// `netsh advfirewall`.
    Advfirewall,
}

fact_row!(HostFirewall, "host_firewalls.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    if row.systems.is_empty() {
        checks.refuse(&row.id, "a firewall belongs to an operating system");
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("systems", &["systems"]),
    column("tool", &["tool"]),
    column("ranges of ports", &["ranges"]),
    column("own addresses", &["exact"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const FIREWALLS: Kind = Kind::of::<HostFirewall>(
    "host_firewalls",
    "Firewalls of operating systems",
    "The capabilities of the firewall on a server, by its operating system.",
    COLUMNS,
);

/// What every server admits from the networks of administrators.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostAdmission {
    /// Stable name.
    pub id: String,
    /// TCP or UDP.
    pub transport: Transport,
    /// The port.
    pub port: u16,
    /// What is spoken.
    pub application: String,
    /// What for.
    pub purpose: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(HostAdmission, "host_admissions.toml", |row, checks| {
    checks.text(&row.id, "application", &row.application);
    checks.text(&row.id, "purpose", &row.purpose);
});

const ADMISSION_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("transport", &["transport"]),
    column("port", &["port"]),
    column("application", &["application"]),
    column("purpose", &["purpose"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const ADMISSIONS: Kind = Kind::of::<HostAdmission>(
    "host_admissions",
    "Management of servers",
    "The traffic from the networks of administrators that the firewall on every server allows.",
    ADMISSION_COLUMNS,
);
