//! What was tested to carry how many: pools, and edge servers by the roles on them.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Provenance};

/// A tested topology of a pool.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PoolCapacity {
    /// `standard_edition`, `consolidated`, `expanded.mid_range` or `expanded`.
    pub id: String,
    /// Users that it carries.
    pub users: u64,
    /// Front ends.
    pub front_ends: u64,
    /// The fewest front ends that a source names, where sources differ: with as many, a shortage is only a note.
    #[serde(default)]
    pub front_ends_at_least: Option<u64>,
    /// Web Conferencing Servers of their own.
    #[serde(default)]
    pub web_conferencing_servers: u64,
    /// A/V Conferencing Servers of their own.
    #[serde(default)]
    pub av_conferencing_servers: u64,
    /// Web Components Servers of their own.
    #[serde(default)]
    pub web_components_servers: u64,
    /// Archiving Servers, where messages are archived.
    #[serde(default)]
    pub archiving_servers: u64,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(PoolCapacity, "pool_capacities.toml", |row, checks| {
    if row.users == 0 || row.front_ends == 0 {
        checks.refuse(&row.id, "a pool has users and front ends");
    }
    if row.front_ends_at_least.is_some_and(|least| least == 0 || least >= row.front_ends) {
        checks.refuse(&row.id, "`front_ends_at_least` is fewer than `front_ends`");
    }
}, conflict: conflict);

const POOL_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("users", &["users"]),
    column("front ends", &["front_ends"]),
    column("at least", &["front_ends_at_least"]),
    column("Web Conferencing", &["web_conferencing_servers"]),
    column("A/V Conferencing", &["av_conferencing_servers"]),
    column("Web Components", &["web_components_servers"]),
    column("archiving", &["archiving_servers"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const POOLS: Kind = Kind::of::<PoolCapacity>(
    "pool_capacities",
    "Capacity of pools",
    "The tested topologies of pools: how many servers of each kind carry how many users, with messages, conferences and voice together.",
    POOL_COLUMNS,
);

/// What one edge server carries, by the roles on it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EdgeCapacity {
    /// `access`, `web_conferencing`, `av`, `access_web_conferencing` or `all`.
    pub id: String,
    /// Connections of clients to the Access Edge.
    #[serde(default)]
    pub access_connections: Option<u64>,
    /// Connections of clients to the Web Conferencing Edge.
    #[serde(default)]
    pub web_conferencing_connections: Option<u64>,
    /// Sessions through the A/V Edge at the same time.
    #[serde(default)]
    pub av_sessions: Option<u64>,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(EdgeCapacity, "edge_capacities.toml", |row, checks| {
    if [row.access_connections, row.web_conferencing_connections, row.av_sessions].iter().all(Option::is_none) {
        checks.refuse(&row.id, "an edge server carries something");
    }
}, conflict: conflict);

const EDGE_COLUMNS: &[Column] = &[
    column("roles", &["id"]),
    column("Access Edge", &["access_connections"]),
    column("Web Conferencing Edge", &["web_conferencing_connections"]),
    column("A/V Edge", &["av_sessions"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const EDGES: Kind = Kind::of::<EdgeCapacity>(
    "edge_capacities",
    "Capacity of edge servers",
    "The capacity of one edge server, by the roles on it: connections of clients, and simultaneous sessions of audio and video.",
    EDGE_COLUMNS,
);
