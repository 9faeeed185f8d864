//! What holds for the whole organization.

use std::collections::BTreeSet;

use crate::lower::{Decl, Fqdn};
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
    /// Desktops shared in conferences, by an Application Sharing Server.
    DesktopSharing,
    /// Conferencing Attendant and Announcement Service.
    DialInConferencing,
    /// Response Group Service.
    ResponseGroup,
    /// Outside Voice Control.
    OutsideVoiceControl,
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
            Feature::DesktopSharing => "desktop_sharing",
            Feature::DialInConferencing => "dial_in_conferencing",
            Feature::ResponseGroup => "response_group",
            Feature::OutsideVoiceControl => "outside_voice_control",
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
    /// Whether it is prepared for the product already.
    pub prepared: bool,
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
    /// Whether zones inside lead from addresses back to names.
    pub reverse_zones: bool,
    /// Domains that are not hosted inside.
    pub pinpoint_domains: Vec<Spanned<Fqdn>>,
    /// Zones that somebody else keeps, by the name of their block.
    pub shared_zones: Vec<SharedZone>,
    /// Where the block stands.
    pub span: Option<Span>,
}

/// A zone that somebody else keeps.
#[derive(Debug, Clone)]
pub struct SharedZone {
    /// Its name in DNS.
    pub fqdn: Spanned<Fqdn>,
    /// Who keeps it.
    pub owner: String,
    /// Whether they keep it for computers inside.
    pub internal: bool,
    /// Whether they keep it on the internet.
    pub external: bool,
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
    /// `configuration_container` or `system_container`, where the topology says which.
    pub global_settings: Option<&'static str>,
    /// Whether the schema is prepared for the product already.
    pub schema_prepared: bool,
    /// Whether the forest is.
    pub forest_prepared: bool,
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

    /// The features that meet a condition of the catalogue (all of one inner list), each with its place; `None` where it is not
    /// met, and none of them where there is no condition.
    pub fn meeting(&self, when: &[Vec<Feature>]) -> Option<Vec<(Feature, Span)>> {
        let mut on = BTreeSet::new();
        for all in when {
            let places: Option<Vec<_>> = all.iter().map(|feature| Some((*feature, self.feature(*feature)?))).collect();
            on.extend(places.into_iter().flatten());
        }
        (when.is_empty() || !on.is_empty()).then(|| on.into_iter().collect())
    }
}

/// Reads the `organization` block.
pub(super) fn read(decl: &Decl) -> Organization {
    let external = decl.block("external_access").map(external_access).unwrap_or_default();
    let directory = decl.block("active_directory");
    let global_settings = directory.and_then(|directory| directory.choice("global_settings"));
    let prepared = |word| directory.is_some_and(|directory| directory.choices("prepared").any(|done| done.value == word));
    Organization {
        name: decl.name.clone(),
        span: decl.name_span,
        product: match decl.choice("product").map(|product| product.value) {
            Some("ocs_2007_r2") => Product::Ocs2007R2,
            _ => Product::Ocs2007,
        },
        sample: decl.boolean("sample"),
        sip_domains: decl.fqdns("sip_domains").map(|name| name.map(Fqdn::clone)).collect(),
        features: features(decl),
        external,
        domains: directory.map(domains).unwrap_or_default(),
        global_settings: global_settings.map(|choice| choice.value),
        schema_prepared: prepared("schema"),
        forest_prepared: prepared("forest"),
        authorities: decl.blocks("certification_authority").filter_map(authority).collect(),
        subject: decl.block("certificate_subject").map(subject).unwrap_or_default(),
        dns: dns(decl.block("dns")),
    }
}

fn features(decl: &Decl) -> Vec<(Feature, Span)> {
    let mut on = vec![(Feature::ImPresence, decl.name_span)];
    for word in decl.choices("features") {
        let feature = match word.value {
            "web_conferencing" => Feature::WebConferencing,
            "av_conferencing" => Feature::AvConferencing,
            "enterprise_voice" => Feature::EnterpriseVoice,
            "im_archiving" => Feature::ImArchiving,
            "call_detail_records" => Feature::CallDetailRecords,
            "qoe_monitoring" => Feature::QoeMonitoring,
            "web_access" => Feature::WebAccess,
            "sip_tcp" => Feature::SipTcp,
            "device_update" => Feature::DeviceUpdate,
            "desktop_sharing" => Feature::DesktopSharing,
            "dial_in_conferencing" => Feature::DialInConferencing,
            "response_group" => Feature::ResponseGroup,
            "outside_voice_control" => Feature::OutsideVoiceControl,
            _ => continue,
        };
        on.push((feature, word.span));
    }
    if let Some(external) = decl.block("external_access") {
        for (attr, feature) in [("remote_users", Feature::RemoteUsers), ("anonymous_meetings", Feature::AnonymousMeetings)] {
            if external.boolean(attr) {
                on.push((feature, external.place(attr)));
            }
        }
        let federation = external.choice("federation");
        if let Some(federation) = federation.filter(|federation| federation.value != "none") {
            on.push((Feature::Federation, federation.span));
            if federation.value == "discovered" {
                on.push((Feature::FederationDiscovery, federation.span));
            }
        }
        if let Some(first) = external.choices("public_im").next() {
            on.push((Feature::PublicIm, first.span));
        }
        for release in external.choices("federated_av") {
            let feature = if release.value == "ocs_2007" { Feature::FederatedAvOcs2007 } else { Feature::FederatedAvOcs2007R2 };
            on.push((feature, release.span));
        }
    }
    on.sort();
    on.dedup_by_key(|(feature, _)| *feature);
    on
}

fn external_access(decl: &Decl) -> ExternalAccess {
    ExternalAccess {
        share: decl.percent("share"),
        federation: match decl.choice("federation").map(|choice| choice.value) {
            Some("allowed_partners") => Federation::AllowedPartners,
            Some("discovered") => Federation::Discovered,
            _ => Federation::None,
        },
        public_im: decl.choices("public_im").collect(),
        span: Some(decl.name_span),
    }
}

fn domains(decl: &Decl) -> Vec<AdDomain> {
    let domain = |domain: &Decl| {
        Some(AdDomain { name: domain.name.clone(), fqdn: domain.fqdn("fqdn")?, prepared: domain.boolean("prepared") })
    };
    decl.blocks("domain").filter_map(domain).collect()
}

fn authority(decl: &Decl) -> Option<CertificationAuthority> {
    Some(CertificationAuthority {
        name: decl.name.clone(),
        kind: if decl.choice("kind")?.value == "public" { IssuerKind::Public } else { IssuerKind::Enterprise },
        config: decl.text("config").map(|text| text.value.to_owned()),
        span: decl.name_span,
    })
}

fn subject(decl: &Decl) -> CertificateSubject {
    let text = |name| decl.text(name).map(|text| text.value.to_owned());
    CertificateSubject {
        organization: text("organization"),
        unit: text("unit"),
        locality: text("locality"),
        state: text("state"),
        country: text("country"),
    }
}

/// The time to live of records where no `dns` block states one: an hour, the default of Windows DNS zones.
const DEFAULT_TTL: u64 = 3600;

fn dns(decl: Option<&Decl>) -> Dns {
    let Some(decl) = decl else { return Dns { ttl: DEFAULT_TTL, ..Dns::default() } };
    Dns {
        internal_name_servers: decl.fqdns("internal_name_servers").map(|name| name.map(Fqdn::clone)).collect(),
        external_name_servers: decl.fqdns("external_name_servers").map(|name| name.map(Fqdn::clone)).collect(),
        hostmaster: decl.fqdn("hostmaster"),
        ttl: decl.duration("ttl").map_or(DEFAULT_TTL, |ttl| ttl.value),
        reverse_zones: decl.boolean("reverse_zones"),
        pinpoint_domains: decl.fqdns("pinpoint_domains").map(|name| name.map(Fqdn::clone)).collect(),
        shared_zones: decl.blocks("zone").filter_map(shared_zone).collect(),
        span: Some(decl.name_span),
    }
}

fn shared_zone(decl: &Decl) -> Option<SharedZone> {
    let views: Vec<&str> = decl.choices("views").map(|view| view.value).collect();
    Some(SharedZone {
        fqdn: decl.fqdn("fqdn")?,
        owner: decl.text("owner")?.value.to_owned(),
        internal: views.is_empty() || views.contains(&"internal"),
        external: views.is_empty() || views.contains(&"external"),
    })
}
