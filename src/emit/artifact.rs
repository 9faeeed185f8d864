//! One file of a build.

use serde::Serialize;

/// Who takes a file from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Team {
    /// Firewalls, load balancers, publishing.
    Network,
    /// Zones.
    Dns,
    /// Certificates.
    Pki,
    /// The people who build it.
    Deployment,
}

impl Team {
    /// `network`, `dns`, `pki` or `deployment`.
    pub fn word(self) -> &'static str {
        match self {
            Team::Network => "network",
            Team::Dns => "dns",
            Team::Pki => "pki",
            Team::Deployment => "deployment",
        }
    }
}

/// One file of a build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    /// Path below the output folder, `/` between folders; built from checked names only.
    pub path: String,
    /// Who takes it.
    pub team: Team,
    /// What it was made from: paths in the topology.
    pub made_from: Vec<String>,
    /// Its content.
    pub content: String,
}
