//! What holds for the whole organization.

use std::collections::BTreeSet;

use crate::lower::{Decl, Fqdn};
use crate::product::{Feature, IssuerKind, Product};
use crate::text::{Span, Spanned};

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
    /// Whether users have their accounts in it, as the topology says.
    pub user_accounts: bool,
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
    /// How many days its certificates are valid, where the topology says so.
    pub lifetime: Option<u64>,
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
    /// Zones that others maintain, by the name of their block.
    pub shared_zones: Vec<SharedZone>,
    /// The place of the block.
    pub span: Option<Span>,
}

/// A zone that others maintain.
#[derive(Debug, Clone)]
pub struct SharedZone {
    /// Its name in DNS.
    pub fqdn: Spanned<Fqdn>,
    /// Who maintains it.
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
    /// Whether all names are samples without an owner.
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
    pub fn features_meeting(&self, when: &[Vec<Feature>]) -> Option<Vec<(Feature, Span)>> {
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
        // Without it the topology has an error and is read on as one of the first release.
        product: decl.word("product").map_or(Product::ALL[0], |product| product.value),
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
    on.extend(decl.words("features").map(|feature| (feature.value, feature.span)));
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
        on.extend(external.choices("federated_av").filter_map(|partner| Some((of_partners(partner.value)?, partner.span))));
    }
    on.sort();
    on.dedup_by_key(|(feature, _)| *feature);
    on
}

/// Audio and video with partners that run a release.
fn of_partners(release: &str) -> Option<Feature> {
    format!("federated_av_{release}").parse().ok()
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
        Some(AdDomain {
            name: domain.name.clone(),
            fqdn: domain.fqdn("fqdn")?,
            prepared: domain.boolean("prepared"),
            user_accounts: domain.boolean("user_accounts"),
        })
    };
    decl.blocks("domain").filter_map(domain).collect()
}

fn authority(decl: &Decl) -> Option<CertificationAuthority> {
    Some(CertificationAuthority {
        name: decl.name.clone(),
        kind: decl.word("kind")?.value,
        config: decl.text("config").map(|text| text.value.to_owned()),
        lifetime: decl.duration("lifetime").map(|lifetime| lifetime.value / DAY),
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

/// Seconds of a day.
const DAY: u64 = 86_400;

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

#[cfg(test)]
mod tests {
    use super::of_partners;
    use crate::schema::{Type, blocks};

    #[test]
    fn every_partner_release_has_its_feature() {
        let attr = blocks::of_kind("external_access").next().and_then(|block| block.attr("federated_av")).expect("an attribute");
        let Type::List(Type::Choice(releases)) = attr.ty else { panic!("`federated_av` is no list of words") };
        for release in releases.iter() {
            assert!(of_partners(release.word).is_some(), "`{}` has no feature", release.word);
        }
    }
}
