//! Federation as a partner sees it: what each side gives the other, which ports open between them, and how both test it.
//! Input: model, traffic, names, certificates, catalogue. Output: a [`FederationPlan`]. Knows nothing of pages.

mod connections;
mod partners;

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use super::certificate::Certificate;
use super::dns::{DnsPlan, RecordData};
use super::{Plans, Reason};
use crate::catalog::{DnsView, Limit, PartnerTerm, RecordType, facts};
use crate::lower::Fqdn;
use crate::model::Federation;
use crate::product::{Feature, PortRange, Role, Side, Transport};

/// What partners get.
#[derive(Debug)]
pub struct FederationPlan<'a> {
    /// This side.
    pub own: OwnSide<'a>,
    /// A page for each listed partner, by name, and one for all others where it is of use.
    pub partners: Vec<Partner<'a>>,
    /// The terms that hold, in the order of the catalogue.
    pub terms: Vec<&'static PartnerTerm>,
    /// The limits for a partner that is not listed.
    pub limits: Vec<&'static Limit>,
}

/// What a partner must know of this side.
#[derive(Debug)]
pub struct OwnSide<'a> {
    /// The organization's name.
    pub organization: &'a str,
    /// The product.
    pub product: &'static str,
    /// The SIP domains.
    pub sip_domains: Vec<&'a Fqdn>,
    /// The Access Edges.
    pub access: Vec<AccessEdge<'a>>,
    /// What opens between both sides.
    pub connections: Vec<Connection<'a>>,
    /// The certificates that the Access Edges present outside.
    pub certificates: Vec<&'a Certificate>,
    /// The records that partners use: service records, and the addresses of their targets and of the Access Edges.
    pub records: Vec<OwnRecord<'a>>,
    /// Whether partners are found by DNS.
    pub discovers: bool,
    /// The releases that partners for audio and video run, in words; none without federated audio and video.
    pub media_releases: Vec<&'static str>,
}

/// An Access Edge.
#[derive(Debug)]
pub struct AccessEdge<'a> {
    /// Its path.
    pub path: &'a str,
    /// Its name.
    pub name: &'a Fqdn,
    /// Its addresses as the internet sees them.
    pub addresses: BTreeSet<Ipv4Addr>,
    /// The ports for partners.
    pub ports: BTreeSet<u16>,
}

/// Who opens a connection between both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opener {
    /// The edge of the partner.
    PartnerEdge,
    /// The clients of the partner's users.
    PartnerUsers,
    /// This side.
    Own,
}

/// Ports that open between both sides.
#[derive(Debug)]
pub struct Connection<'a> {
    /// Who opens it.
    pub opener: Opener,
    /// The role on this side.
    pub role: Role,
    /// The addresses on this side as the internet sees them.
    pub addresses: BTreeSet<Ipv4Addr>,
    /// TCP, UDP.
    pub transports: &'a [Transport],
    /// The ports that it comes from; `None` for any.
    pub source_ports: Option<&'a [PortRange]>,
    /// The ports that it goes to.
    pub ports: &'a [PortRange],
    /// What is spoken.
    pub application: &'a str,
    /// The releases of partners that it is for, in words; none for all.
    pub releases: Vec<&'static str>,
    /// What stops without it.
    pub breaks: &'a str,
    /// Why.
    pub reason: Reason,
}

/// A record.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct OwnRecord<'a> {
    /// Its name.
    pub owner: &'a Fqdn,
    /// Its type.
    pub kind: &'static str,
    /// What it says, as zone files write it.
    pub data: String,
    /// The target and the port of a service record.
    pub service: Option<(&'a Fqdn, u16)>,
}

/// The page of a partner.
#[derive(Debug)]
pub struct Partner<'a> {
    /// The name of its file, without the ending.
    pub file: String,
    /// The partner; `None` on the page for those that are not listed.
    pub listed: Option<ListedPartner<'a>>,
}

/// A partner of the topology.
#[derive(Debug)]
pub struct ListedPartner<'a> {
    /// Its name in the topology.
    pub name: &'a str,
    /// Its SIP domain.
    pub sip_domain: Fqdn,
    /// The name of its Access Edge, where it is entered by hand.
    pub access_edge: Option<Fqdn>,
}

/// Plans what partners get; `None` without federation, or without an Access Edge.
pub fn plan(plans: Plans<'_>) -> Option<FederationPlan<'_>> {
    let organization = &plans.topology.organization;
    organization.feature(Feature::Federation)?;
    let connections = connections::connections(plans);
    let access = connections::access_edges(plans, &connections);
    if access.is_empty() {
        return None;
    }
    let product = organization.product;
    let discovers = organization.external.federation == Federation::Discovered;
    let terms = facts::<PartnerTerm>(product);
    let limits = facts::<Limit>(product).iter().filter(|limit| limit.id.starts_with(LIMITS));
    let own = OwnSide {
        organization: &organization.name,
        product: product.title(),
        sip_domains: organization.sip_domains.iter().map(|domain| &domain.value).collect(),
        certificates: certificates(plans),
        records: records(plans.dns(), &access),
        access,
        connections,
        discovers,
        media_releases: connections::releases(organization.features.iter().map(|(feature, _)| *feature)),
    };
    Some(FederationPlan {
        own,
        partners: partners::partners(plans, discovers),
        terms: terms.iter().filter(|term| organization.features_meeting(&term.when).is_some()).collect(),
        limits: limits.collect(),
    })
}

/// What the ids of limits for partners begin with.
const LIMITS: &str = "federation.";

fn certificates(plans: Plans<'_>) -> Vec<&Certificate> {
    let outside = |certificate: &&Certificate| {
        certificate.serves.iter().any(|served| served.role == Role::AccessEdge && served.side == Side::Outside)
    };
    plans.certificates().certificates.iter().filter(outside).collect()
}

/// The service record of partners, as each SIP domain has it.
const SERVICE: &str = "_sipfederationtls._tcp.";

fn records<'a>(dns: &'a DnsPlan, access: &[AccessEdge<'a>]) -> Vec<OwnRecord<'a>> {
    let outside = || dns.records().filter(|(view, ..)| *view == DnsView::External).map(|(_, _, record)| record);
    let mut names: BTreeSet<&Fqdn> = access.iter().map(|edge| edge.name).collect();
    for record in outside() {
        if let RecordData::Srv { target, .. } = &record.data
            && record.owner.as_str().starts_with(SERVICE)
        {
            names.insert(target);
        }
    }
    let wanted = outside().filter(|record| match record.data.record_type() {
        RecordType::Srv => record.owner.as_str().starts_with(SERVICE),
        _ => names.contains(&record.owner),
    });
    let mut records: Vec<OwnRecord<'_>> = wanted
        .map(|record| OwnRecord {
            owner: &record.owner,
            kind: record.data.record_type().word(),
            data: record.data.to_string(),
            service: match &record.data {
                RecordData::Srv { target, port, .. } => Some((target, *port)),
                _ => None,
            },
        })
        .collect();
    records.sort();
    records.dedup();
    records
}
