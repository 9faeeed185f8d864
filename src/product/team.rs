//! The teams that a deployment is divided among: who does a step, and who takes a file.

use serde::{Deserialize, Serialize};

/// A team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Team {
    /// Firewalls, reverse proxies, routes.
    Network,
    /// Load balancers.
    Balancers,
    /// Zones and records.
    Dns,
    /// Certificates.
    Pki,
    /// Active Directory.
    Directory,
    /// Windows, databases, and the servers of the product.
    Servers,
    /// Gateways, dial plans, voice mail.
    Voice,
    /// The people who lead the deployment, and test it.
    Deployment,
}

impl Team {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Team; 8] =
        [Team::Network, Team::Balancers, Team::Dns, Team::Pki, Team::Directory, Team::Servers, Team::Voice, Team::Deployment];

    /// Its word in catalogues, files and on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Team::Network => "network",
            Team::Balancers => "balancers",
            Team::Dns => "dns",
            Team::Pki => "pki",
            Team::Directory => "directory",
            Team::Servers => "servers",
            Team::Voice => "voice",
            Team::Deployment => "deployment",
        }
    }

    /// The name that people read.
    pub fn title(self) -> &'static str {
        match self {
            Team::Network => "network team",
            Team::Balancers => "load balancer team",
            Team::Dns => "DNS team",
            Team::Pki => "PKI team",
            Team::Directory => "Active Directory team",
            Team::Servers => "server team",
            Team::Voice => "voice team",
            Team::Deployment => "deployment team",
        }
    }
}
