//! What reverse proxies publish: for each its listener, and for each site behind it the names outside, the paths, and where
//! they lead.
//! Input: model, flows, certificates. Output: a [`PublishingPlan`]. Knows nothing of nginx or ISA Server.

mod make;

use std::net::{Ipv4Addr, SocketAddrV4};

use super::certificate::CertificatePlan;
use super::{Lines, Reason, SourceRef};
use crate::catalog::{ProxySetting, facts};
use crate::flow::Flows;
use crate::lower::Fqdn;
use crate::model::{GroupId, ServerId, Topology};

/// All reverse proxies that publish anything.
#[derive(Debug, Clone, Default)]
pub struct PublishingPlan {
    /// By path.
    pub proxies: Vec<Proxy>,
    /// What each rule is set to: rows of the catalogue, by id.
    pub settings: Vec<ProxySetting>,
}

/// One reverse proxy: a computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proxy {
    /// The group.
    pub group: GroupId,
    /// The server of an array, whose servers listen at addresses of their own; `None` for a single proxy.
    pub server: Option<ServerId>,
    /// Its path in the topology.
    pub path: String,
    /// A name for its folder; no other proxy has it.
    pub label: String,
    /// Where it listens, over TLS.
    pub sockets: Vec<SocketAddrV4>,
    /// The public address, where a firewall translates it.
    pub public: Option<Ipv4Addr>,
    /// Why it listens: a reason for each flow.
    pub reasons: Vec<Reason>,
    /// What it publishes, by path.
    pub sites: Vec<Site>,
    /// Where it is declared.
    pub declared: SourceRef,
}

/// A web farm, or Communicator Web Access.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// The path of the group in the topology.
    pub path: String,
    /// A name without dots; no other site has it.
    pub label: String,
    /// The names outside that lead to it, the one for people first.
    pub names: Vec<PublicName>,
    /// The certificate that the proxy shows for these names; `None` where none is planned.
    pub certificate: Option<ListenerCertificate>,
    /// The paths that go through; all others do not.
    pub paths: Vec<PublishedPath>,
    /// Where they lead.
    pub upstream: Upstream,
    /// Why the way inside is open.
    pub reason: Reason,
}

/// A certificate of the plan of certificates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenerCertificate {
    /// The name of its folder.
    pub slug: String,
    /// The common name of its subject.
    pub common_name: Fqdn,
}

/// A name outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicName {
    /// The name.
    pub name: Fqdn,
    /// Why it leads here.
    pub reason: Reason,
}

/// A published path. The web servers ignore case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedPath {
    /// From the slash on.
    pub path: String,
    /// Whether paths below it are published too; if not, it is one page.
    pub below: bool,
    /// The most that is sent there at once, where the guide says so.
    pub largest: Option<SizeLimit>,
    /// Why.
    pub reason: Reason,
}

/// A size with the row that states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SizeLimit {
    /// In megabytes.
    pub megabytes: u64,
    /// The row of the catalogue.
    pub row: String,
}

/// Where a site's requests go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream {
    /// The name that the web server's certificate must hold; `None` where it has no name.
    pub name: Option<Fqdn>,
    /// The virtual address, or the addresses of the servers.
    pub addresses: Vec<Ipv4Addr>,
    /// The port.
    pub port: u16,
    /// Whether the way is encrypted.
    pub tls: bool,
    /// A name for the file with the certificates of the authority that issued the web server's, made from the authority's own;
    /// `None` where none is known.
    pub authority: Option<String>,
}

/// Seconds that a proxy waits for a connection inside. The guide has no figure.
pub const CONNECT_SECONDS: u32 = 15;

/// Seconds that an open connection may be silent, outside and inside. The guide has no figure.
pub const IDLE_SECONDS: u32 = 120;

impl PublishingPlan {
    /// What a rule is set to, by the id of the row.
    pub fn setting(&self, id: &str) -> Option<&ProxySetting> {
        self.settings.iter().find(|row| row.id == id)
    }

    /// The proxy of a group, or the first of an array: all its servers publish the same.
    pub fn proxy(&self, group: GroupId) -> Option<&Proxy> {
        self.proxies_of(group).first()
    }

    /// The proxies of a group.
    pub fn proxies_of(&self, group: GroupId) -> &[Proxy] {
        // Proxies are by path, and so are the numbers of groups.
        let from = self.proxies.partition_point(|proxy| proxy.group < group);
        let to = self.proxies.partition_point(|proxy| proxy.group <= group);
        self.proxies.get(from..to).unwrap_or_default()
    }
}

/// Plans what the reverse proxies of a topology publish.
pub fn plan(topology: &Topology, flows: &Flows<'_>, certificates: &CertificatePlan, lines: &Lines<'_>) -> PublishingPlan {
    let settings = facts::<ProxySetting>(topology.organization.product).to_vec();
    PublishingPlan { proxies: make::proxies(topology, flows, certificates, lines), settings }
}
