//! How a load balancer treats connections: which server is given one, how long it stays there, how a server is known to live.

use serde::{Deserialize, Serialize};

use crate::catalog::Provenance;
use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::product::{PortRange, Role, Transport};

/// What stays with one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Affinity {
    /// Each connection.
    Connection,
    /// All connections of a client.
    Client,
}

/// Which server is given the next connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// The one with the fewest.
    LeastConnections,
    /// Each in turn.
    RoundRobin,
}

/// One thing that a load balancer does, for all that it balances or for some of it. Exactly one of the optional fields about what
/// it does is there.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Balancing {
    /// Stable name, such as `method`.
    pub id: String,
    /// The roles that it is for; all when empty.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// The transports that it is for; both when empty.
    #[serde(default)]
    pub transport: Vec<Transport>,
    /// The ports that it is for; all when empty.
    #[serde(default)]
    pub ports: Vec<PortRange>,
    /// Which server is given a connection.
    #[serde(default)]
    pub method: Option<Method>,
    /// What stays with it.
    #[serde(default)]
    pub affinity: Option<Affinity>,
    /// Seconds between two health checks of a server, each of which opens a TCP connection.
    #[serde(default)]
    pub check_seconds: Option<u64>,
    /// The port of the health check where it is not the listener's own.
    #[serde(default)]
    pub check_port: Option<u16>,
    /// Whether small packets wait for each other (Nagle's algorithm).
    #[serde(default)]
    pub nagle: Option<bool>,
    /// Why, for people.
    pub what: String,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl Balancing {
    /// Whether it is for a listener.
    pub fn is_for(&self, role: Role, transport: Transport, port: u16) -> bool {
        (self.roles.is_empty() || self.roles.contains(&role))
            && (self.transport.is_empty() || self.transport.contains(&transport))
            && (self.ports.is_empty() || self.ports.iter().any(|range| range.contains(port)))
    }

    /// How many of its conditions narrow it; of two rows about the same thing the more specific one counts.
    pub fn specificity(&self) -> usize {
        usize::from(!self.roles.is_empty()) + usize::from(!self.transport.is_empty()) + usize::from(!self.ports.is_empty())
    }
}

fact_row!(Balancing, "balancing.toml", |row, checks| {
    checks.text(&row.id, "what", &row.what);
    let subjects = [
        row.method.is_some(),
        row.affinity.is_some(),
        row.check_seconds.is_some(),
        row.check_port.is_some(),
        row.nagle.is_some(),
    ];
    if subjects.iter().filter(|named| **named).count() != 1 {
        checks.refuse(&row.id, "a row says one thing: `method`, `affinity`, `check_seconds`, `check_port` or `nagle`");
    }
    if row.check_seconds == Some(0) || row.check_port == Some(0) {
        checks.refuse(&row.id, "0 is neither a time nor a port");
    }
});

const COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("for", &["roles", "transport", "ports"]),
    column("method", &["method"]),
    column("affinity", &["affinity"]),
    column("check every (s)", &["check_seconds"]),
    column("check port", &["check_port"]),
    column("Nagle", &["nagle"]),
    column("what", &["what"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const KIND: Kind = Kind::of::<Balancing>(
    "balancing",
    "What load balancers do",
    "How connections are distributed, how long a client stays with a server, and how servers are checked.",
    COLUMNS,
);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::fact_file::read_rows;

    #[test]
    fn bad_rows_are_refused() {
        let good = "[[balancing]]\nid = \"a\"\nmethod = \"round_robin\"\nwhat = \"a\"\nstep = 7\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<Balancing>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert!(faults("method = \"round_robin\"\n", "").contains("a row says one thing"));
        assert!(faults("what", "nagle = false\nwhat").contains("a row says one thing"));
        assert!(faults("method = \"round_robin\"", "check_seconds = 0").contains("0 is neither a time nor a port"));
        assert!(faults("round_robin", "random").contains("unknown variant `random`"));
    }

    #[test]
    fn rows_match_the_groups_they_name() {
        let text = "[[balancing]]\nid = \"a\"\nroles = [\"front_end\"]\nports = [\"135\"]\ncheck_port = 5061\nwhat = \"a\"\nstep = 7\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let rows = read_rows::<Balancing>(text).expect("a good row");
        assert!(rows[0].is_for(Role::FrontEnd, Transport::Tcp, 135));
        assert!(!rows[0].is_for(Role::FrontEnd, Transport::Tcp, 136));
        assert!(!rows[0].is_for(Role::Director, Transport::Tcp, 135));
        assert_eq!(rows[0].specificity(), 2);
    }
}
