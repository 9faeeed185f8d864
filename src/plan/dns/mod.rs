//! Names: views, their zones, and the records in them, each with all reasons for it.
//! Input: model, catalogue, serial number. Output: a [`DnsPlan`]. Knows nothing of zone files.

mod between;
mod hosts;
mod problem;
mod records;
mod reverse;
mod zones;

use std::net::Ipv4Addr;

use serde::Serialize;

pub use between::{DnsStage, RecordSetChange, ZoneStage, ZonesBetween, between};
pub use hosts::{HostsEntry, HostsFile, hosts};
pub use problem::{Claim, DnsProblem};

use super::{Lines, Reason};
use crate::catalog::{DnsView, NameRow, RecordType, SoaTimes, fact, facts};
use crate::lower::Fqdn;
use crate::model::Topology;
use crate::text::Span;

/// All names of a topology.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DnsPlan {
    /// The views that hold anything, internal first.
    pub views: Vec<ViewPlan>,
    /// What cannot be; rules report each of them. In the order of rows and views.
    #[serde(skip)]
    pub problems: Vec<DnsProblem>,
}

/// The zones for one kind of client.
#[derive(Debug, Clone, Serialize)]
pub struct ViewPlan {
    /// The clients that it is for.
    pub view: DnsView,
    /// Zones by name.
    pub zones: Vec<Zone>,
}

/// Why a zone is cut where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ZoneKind {
    /// A SIP domain.
    SipDomain,
    /// A domain of the forest that is no SIP domain.
    AdDomain,
    /// A zone that is declared, and neither of both.
    Declared,
    /// The way back from the addresses of a network to names.
    Reverse,
    /// One name in a zone of its own: it is outside all domains of the organization, or in one that is not hosted here.
    Pinpoint,
}

/// A zone.
#[derive(Debug, Clone, Serialize)]
pub struct Zone {
    /// Its name.
    pub name: Fqdn,
    /// Why it is cut here.
    pub kind: ZoneKind,
    /// Whether a domain of the forest has its name, so that domain controllers and all members of the domain have records in it.
    pub directory: bool,
    /// Who maintains it, if it is not this deployment: it then has no head and no name servers here.
    pub owner: Option<String>,
    /// Its head; without one the records are for inclusion in an existing zone.
    pub soa: Option<Soa>,
    /// The time to live of its records, in seconds.
    pub ttl: u32,
    /// Its name servers, in the order declared; empty without a head.
    pub name_servers: Vec<Fqdn>,
    /// Zones of this plan right below it, by name; none without a head, unless others maintain it.
    pub delegations: Vec<Delegation>,
    /// Zones right below it that others maintain, with their owners: their name servers are not known here.
    pub kept_below: Vec<ForeignZone>,
    /// Its records by owner and data.
    pub records: Vec<Record>,
}

/// The head of a zone.
#[derive(Debug, Clone, Serialize)]
pub struct Soa {
    /// The first name server.
    pub primary: Fqdn,
    /// The mailbox, as a domain name.
    pub hostmaster: Fqdn,
    /// The serial number; `None` where the build was given none.
    pub serial: Option<u32>,
    /// Seconds between two looks of a secondary server.
    pub refresh: u32,
    /// Seconds after a look that failed.
    pub retry: u32,
    /// Seconds until a secondary server gives up.
    pub expire: u32,
    /// Seconds for answers that there is no such name.
    pub minimum: u32,
}

/// The delegation from a zone to one below it.
#[derive(Debug, Clone, Serialize)]
pub struct Delegation {
    /// The zone below.
    pub zone: Fqdn,
    /// Its name servers.
    pub name_servers: Vec<Fqdn>,
    /// Addresses of those of them within it.
    pub glue: Vec<(Fqdn, Ipv4Addr)>,
}

/// A zone below that others maintain.
#[derive(Debug, Clone, Serialize)]
pub struct ForeignZone {
    /// The zone.
    pub zone: Fqdn,
    /// Who maintains it.
    pub owner: String,
}

/// One record.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// Its name.
    pub owner: Fqdn,
    /// What it says.
    pub data: RecordData,
    /// Why it is there: one reason for each row and declaration that requires it.
    pub reasons: Vec<Reason>,
    /// Where the topology says so.
    #[serde(skip)]
    pub places: Places,
}

/// Where the topology says what a record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Places {
    /// Where its name is written, or what it is made of.
    pub name: Span,
    /// Where that is declared which it leads to.
    pub answer: Span,
}

/// What a record says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordData {
    /// An address.
    A(Ipv4Addr),
    /// Another name.
    Cname(Fqdn),
    /// The name of an address.
    Ptr(Fqdn),
    /// A service.
    Srv {
        /// Lower comes first.
        priority: u16,
        /// More often among equals.
        weight: u16,
        /// The port.
        port: u16,
        /// The computer.
        target: Fqdn,
    },
}

impl RecordData {
    /// The type of the record.
    pub fn record_type(&self) -> RecordType {
        match self {
            RecordData::A(_) => RecordType::A,
            RecordData::Cname(_) => RecordType::Cname,
            RecordData::Ptr(_) => RecordType::Ptr,
            RecordData::Srv { .. } => RecordType::Srv,
        }
    }
}

impl std::fmt::Display for RecordData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RecordData::A(address) => write!(f, "{address}"),
            RecordData::Cname(name) | RecordData::Ptr(name) => write!(f, "{name}."),
            RecordData::Srv { priority, weight, port, target } => write!(f, "{priority} {weight} {port} {target}."),
        }
    }
}

impl DnsPlan {
    /// The same plan with another serial number on its zones.
    #[must_use]
    pub fn with_serial(mut self, serial: u32) -> Self {
        for soa in self.views.iter_mut().flat_map(|view| &mut view.zones).filter_map(|zone| zone.soa.as_mut()) {
            soa.serial = Some(serial);
        }
        self
    }

    /// The records of one name and type in a view.
    pub fn lookup(&self, view: DnsView, name: &Fqdn, record: RecordType) -> &[Record] {
        let Some(view) = self.views.iter().find(|plan| plan.view == view) else { return &[] };
        let Some(zone) = view.zone_of(name) else { return &[] };
        let key = |r: &Record| (r.owner.as_str(), r.data.record_type()).cmp(&(name.as_str(), record));
        let start = zone.records.partition_point(|r| key(r).is_lt());
        let end = zone.records.partition_point(|r| key(r).is_le());
        &zone.records[start..end]
    }

    /// All records with their views and zones.
    pub fn records(&self) -> impl Iterator<Item = (DnsView, &Zone, &Record)> {
        let zones = self.views.iter().flat_map(|view| view.zones.iter().map(|zone| (view.view, zone)));
        zones.flat_map(|(view, zone)| zone.records.iter().map(move |record| (view, zone, record)))
    }
}

impl ViewPlan {
    /// The zone that a name belongs to: the longest that the name is within.
    pub fn zone_of(&self, name: &Fqdn) -> Option<&Zone> {
        suffixes(name.as_str())
            .find_map(|suffix| self.zones.binary_search_by(|zone| zone.name.as_str().cmp(suffix)).ok().map(|at| &self.zones[at]))
    }
}

/// A name and all that it is within, longest first.
fn suffixes(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| name.split_once('.').map(|(_, rest)| rest))
}

/// Plans the names of a topology.
pub fn plan(topology: &Topology, serial: Option<u32>, lines: &Lines<'_>) -> DnsPlan {
    let product = topology.organization.product;
    // A release that has a catalogue has these rows: a test of the catalogue says so.
    let Some(times) = fact::<SoaTimes>(product, "soa") else { return DnsPlan::default() };
    let (drafts, mut problems) = records::collect(topology, facts::<NameRow>(product), lines);
    let views = zones::arrange(topology, drafts, times, serial, &mut problems);
    DnsPlan { views, problems }
}
