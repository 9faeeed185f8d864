//! What users have and what it needs: for each service of the users of a site, the servers, devices, ways and certificates without
//! which it stops, with the alternatives of each. Input: model, catalogue, graph, certificates. Output: an [`OutagePlan`].
//! Rules read its single points of failure, questions what a given outage takes away.

mod build;
mod cuts;
mod detour;
mod needs;
mod pairs;
mod part;
mod people;
mod relations;
mod standing;
mod ways;

pub use build::plan;
pub use cuts::Cuts;
pub use needs::{Need, NeedId};
pub use part::{Part, PartId, Parts};
pub use people::People;
pub use standing::Standing;
pub use ways::Way;

use crate::catalog::Service;
use crate::graph::NetworkGraph;
use crate::model::{NetworkId, SiteId};
use needs::Needs;
use ways::Directory;

/// What can fail, who is served, and what each service of theirs needs.
#[derive(Debug, Clone)]
pub struct OutagePlan {
    /// What can fail.
    pub parts: Parts,
    /// Users by site, home and network.
    pub people: Vec<People>,
    /// The services that the topology offers, in the order of the catalogue.
    pub services: Vec<&'static Service>,
    /// Each service for all people who have it, by service and then by people.
    pub uses: Vec<Use>,
    /// Uses that do not work even without an outage; other rules report the causes.
    pub broken: usize,
    /// Whether front ends stop when they cannot archive.
    pub is_critical: bool,
    graph: NetworkGraph,
    needs: Needs,
    ways: Vec<Way>,
    directories: Vec<Directory>,
    /// The site of each network and firewall, by its number.
    network_sites: Vec<Option<SiteId>>,
    firewall_sites: Vec<SiteId>,
}

/// A service of some people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Use {
    /// The position in [`OutagePlan::services`].
    pub service: usize,
    /// The position in [`OutagePlan::people`].
    pub people: usize,
    /// What it needs.
    pub need: NeedId,
}

impl OutagePlan {
    fn site_of(&self, network: NetworkId) -> Option<SiteId> {
        self.network_sites.get(network.index()).copied().flatten()
    }
}
