//! What holds for the whole organization.

use crate::lower::Fqdn;
use crate::schema::Product;
use crate::text::{Span, Spanned};

/// Something the deployment offers; flows, names and certificates of the catalogue name the features that need them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feature {
    /// Instant messaging and presence: always on.
    ImPresence,
    /// On-premise web conferencing.
    WebConferencing,
    /// Audio and video conferencing and calls.
    AvConferencing,
    /// Enterprise Voice.
    EnterpriseVoice,
    /// Archiving of instant messages.
    ImArchiving,
    /// Call detail records.
    CallDetailRecords,
    /// Media quality monitoring.
    QoeMonitoring,
    /// Communicator Web Access.
    WebAccess,
    /// Unencrypted SIP over TCP for clients.
    SipTcp,
    /// Updates for Communicator Phone Edition.
    DeviceUpdate,
    /// Own users outside the network.
    RemoteUsers,
    /// Participants without an account.
    AnonymousMeetings,
    /// Federation with other organizations.
    Federation,
    /// Partners found by DNS.
    FederationDiscovery,
    /// MSN, AOL or Yahoo!.
    PublicIm,
    /// Audio and video with partners that run OCS 2007.
    #[serde(rename = "federated_av_ocs_2007")]
    FederatedAvOcs2007,
    /// Audio and video with partners that run OCS 2007 R2.
    #[serde(rename = "federated_av_ocs_2007_r2")]
    FederatedAvOcs2007R2,
}

impl Feature {
    /// The word in topologies and catalogues.
    pub fn word(self) -> &'static str {
        match self {
            Feature::ImPresence => "im_presence",
            Feature::WebConferencing => "web_conferencing",
            Feature::AvConferencing => "av_conferencing",
            Feature::EnterpriseVoice => "enterprise_voice",
            Feature::ImArchiving => "im_archiving",
            Feature::CallDetailRecords => "call_detail_records",
            Feature::QoeMonitoring => "qoe_monitoring",
            Feature::WebAccess => "web_access",
            Feature::SipTcp => "sip_tcp",
            Feature::DeviceUpdate => "device_update",
            Feature::RemoteUsers => "remote_users",
            Feature::AnonymousMeetings => "anonymous_meetings",
            Feature::Federation => "federation",
            Feature::FederationDiscovery => "federation_discovery",
            Feature::PublicIm => "public_im",
            Feature::FederatedAvOcs2007 => "federated_av_ocs_2007",
            Feature::FederatedAvOcs2007R2 => "federated_av_ocs_2007_r2",
        }
    }
}

/// How partners are found and trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Federation {
    /// No federation.
    #[default]
    None,
    /// Only listed partners.
    AllowedPartners,
    /// Partners found by DNS.
    Discovered,
}

/// The `external_access` block.
#[derive(Debug, Clone, Default)]
pub struct ExternalAccess {
    /// The share of users outside at the same time, in hundredths of a percent.
    pub share: Option<Spanned<u32>>,
    /// How federation works.
    pub federation: Federation,
    /// Public providers: `msn`, `aol`, `yahoo`.
    pub public_im: Vec<Spanned<&'static str>>,
    /// The place of the block.
    pub span: Option<Span>,
}

/// A domain of the forest.
#[derive(Debug, Clone)]
pub struct AdDomain {
    /// Its name in the topology.
    pub name: String,
    /// Its DNS name.
    pub fqdn: Spanned<Fqdn>,
}

/// Who issues certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IssuerKind {
    /// The organization's own Enterprise CA.
    Enterprise,
    /// A CA that partners and public clients trust.
    Public,
}

/// A `certification_authority` block.
#[derive(Debug, Clone)]
pub struct CertificationAuthority {
    /// Its name in the topology.
    pub name: String,
    /// What it is.
    pub kind: IssuerKind,
    /// `host\CA name` for requests on line.
    pub config: Option<String>,
    /// Where it is declared.
    pub span: Span,
}

/// The parts of a certificate's subject beside its common name.
#[derive(Debug, Clone, Default)]
pub struct CertificateSubject {
    /// O.
    pub organization: Option<String>,
    /// OU.
    pub unit: Option<String>,
    /// L.
    pub locality: Option<String>,
    /// S or ST.
    pub state: Option<String>,
    /// C, two letters.
    pub country: Option<String>,
}

/// The `dns` block: what zones need beside records.
#[derive(Debug, Clone, Default)]
pub struct Dns {
    /// Name servers of the internal view.
    pub internal_name_servers: Vec<Spanned<Fqdn>>,
    /// Name servers of the external view.
    pub external_name_servers: Vec<Spanned<Fqdn>>,
    /// The mailbox of the SOA record, as a domain name.
    pub hostmaster: Option<Spanned<Fqdn>>,
    /// Time to live of records, seconds.
    pub ttl: u64,
    /// Where the block stands.
    pub span: Option<Span>,
}

/// The `organization` block.
#[derive(Debug, Clone)]
pub struct Organization {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub span: Span,
    /// The product release.
    pub product: Product,
    /// Whether all names are samples that nobody owns.
    pub sample: bool,
    /// The SIP domains, first one is the default.
    pub sip_domains: Vec<Spanned<Fqdn>>,
    /// What is switched on, each with the place that says so, sorted.
    pub features: Vec<(Feature, Span)>,
    /// What outsiders may do.
    pub external: ExternalAccess,
    /// The domains of the forest, by name.
    pub domains: Vec<AdDomain>,
    /// `configuration_container` or `system_container`.
    pub global_settings: &'static str,
    /// The certification authorities, by name.
    pub authorities: Vec<CertificationAuthority>,
    /// Subject parts of all requests.
    pub subject: CertificateSubject,
    /// Zones' needs.
    pub dns: Dns,
}

impl Organization {
    /// Where a feature is switched on, if it is.
    pub fn feature(&self, feature: Feature) -> Option<Span> {
        self.features.iter().find(|(on, _)| *on == feature).map(|(_, span)| *span)
    }
}
