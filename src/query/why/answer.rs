//! What is found, as plain values: nothing in them is a number of an arena, and all of it can be written as JSON.

use std::net::Ipv4Addr;

use serde::Serialize;

use crate::catalog::Catalog;
use crate::plan::SourceRef;
use crate::plan::firewall::FirewallRule;
use crate::product::{PortRange, Transport};
use crate::query::answer::{Grounds, Hop, Party, ServedEnd};

/// A question with its answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The question in its short form.
    pub question: String,
    /// What is found.
    #[serde(flatten)]
    pub answer: Answer,
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Answer {
    /// Whether packets pass, and by what.
    Packet(PacketAnswer),
    /// The rules of an id, or of the flow of an id.
    Rules {
        /// The rules, by firewall.
        rules: Vec<ExplainedRule>,
    },
    /// The certificates that carry a name.
    Certificates {
        /// The certificates, by the name of their folder.
        certificates: Vec<Carrier>,
    },
    /// The records of a name.
    Name(NameAnswer),
}

impl Why {
    /// Whether the packet passes, or what was asked about is there.
    pub fn holds(&self) -> bool {
        match &self.answer {
            Answer::Packet(packet) => packet.passes,
            Answer::Rules { rules } => !rules.is_empty(),
            Answer::Certificates { certificates } => !certificates.is_empty(),
            Answer::Name(name) => !name.records.is_empty(),
        }
    }
}

/// What becomes of packets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PacketAnswer {
    /// Whether some of them arrive.
    pub passes: bool,
    /// Their source network; the internet holds every address that no other network has.
    pub from_network: String,
    /// The network that they go to.
    pub to_network: String,
    /// Every network, link and firewall on the way; `None` where there is none.
    pub way: Option<Vec<Hop>>,
    /// The first firewall that stops them all.
    pub stopped_by: Option<SourceRef>,
    /// The rules on the way that permit some of them, each once.
    pub rules: Vec<ExplainedRule>,
    /// The flows that they belong to; empty where nothing is meant to send them.
    pub flows: Vec<FlowNote>,
    /// Where they are stopped: what would open the way.
    pub missing_features: Vec<MissingFeature>,
    /// Where they are stopped: what the release does not support between inside and outside.
    pub unsupported: Vec<Unsupported>,
    /// Other addresses of the same servers between which such packets pass.
    pub instead: Vec<OtherAddresses>,
}

/// A rule with all its reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplainedRule {
    /// Its id.
    pub id: String,
    /// The firewalls that have it.
    pub firewalls: Vec<String>,
    /// TCP or UDP.
    pub transport: Transport,
    /// The ports that sources speak from; `None` for any.
    pub source_ports: Option<Vec<PortRange>>,
    /// The ports that destinations listen on.
    pub ports: Vec<PortRange>,
    /// What is spoken.
    pub application: String,
    /// The parties that open the connection.
    pub from: Vec<Party>,
    /// The parties that listen.
    pub to: Vec<Party>,
    /// The flow.
    pub flow: String,
    /// The features that need it.
    pub features: Vec<&'static str>,
    /// The declarations that it follows from.
    pub declared: Vec<SourceRef>,
    /// What it is for.
    pub purpose: String,
    /// What stops working without it.
    pub breaks: String,
    /// What the flow rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

impl ExplainedRule {
    pub(super) fn new(rule: &FirewallRule, firewall: &str, catalog: &Catalog) -> Self {
        let reason = &rule.reason;
        Self {
            id: rule.id.clone(),
            firewalls: vec![firewall.to_owned()],
            transport: rule.transport,
            source_ports: rule.source_ports.clone(),
            ports: rule.destination_ports.clone(),
            application: rule.application.clone(),
            from: rule.sources.iter().map(Party::from).collect(),
            to: rule.destinations.iter().map(Party::from).collect(),
            flow: rule.flow.clone(),
            features: reason.features.clone(),
            declared: reason.named().cloned().collect(),
            purpose: reason.purpose.clone(),
            breaks: rule.breaks.clone(),
            grounds: Grounds::of_reason(reason, catalog),
        }
    }
}

/// A flow in few words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FlowNote {
    /// Its id.
    pub flow: String,
    /// What is spoken.
    pub application: String,
    /// What it is for.
    pub purpose: String,
    /// What stops working without it.
    pub breaks: String,
}

/// A row of the catalogue that a topology has no use for yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingFeature {
    /// The row.
    pub row: String,
    /// What it is for.
    pub purpose: String,
    /// The features that are off and would have to be on; none where the row is too unsure to open a port.
    pub features: Vec<&'static str>,
}

/// Something that a release does not support.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unsupported {
    /// The row.
    pub row: String,
    /// The release.
    pub product: &'static str,
    /// What it does not support.
    pub what: String,
}

/// Addresses to ask about instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OtherAddresses {
    /// The source address.
    pub from: Ipv4Addr,
    /// The destination address.
    pub to: Ipv4Addr,
}

/// The records of a name, or what would make some.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameAnswer {
    /// The name.
    pub name: String,
    /// The records, by view and type.
    pub records: Vec<PlannedRecord>,
    /// Where there are none, what would make some.
    pub missing_features: Vec<MissingRecord>,
}

/// A record of a view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedRecord {
    /// Its name.
    pub owner: String,
    /// Its type.
    #[serde(rename = "type")]
    pub record_type: &'static str,
    /// What it says, as in a zone file.
    pub data: String,
    /// The view.
    pub view: &'static str,
    /// Its zone.
    pub zone: String,
    /// Who maintains the zone, if it is not this deployment.
    pub kept_by: Option<String>,
    /// Why it is there.
    pub reasons: Vec<RecordReason>,
}

/// Why a record is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RecordReason {
    /// The features that need it.
    pub features: Vec<&'static str>,
    /// The declarations that it follows from.
    pub declared: Vec<SourceRef>,
    /// What it is for.
    pub purpose: String,
    /// What stops working without it, where the row is about this record.
    pub breaks: Option<String>,
    /// What it rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// A row that would make a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingRecord {
    /// The view.
    pub view: &'static str,
    /// The row, and the features that are off.
    #[serde(flatten)]
    pub missing: MissingFeature,
}

/// A certificate that carries a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Carrier {
    /// The folder of its request below `pki/`.
    pub certificate: String,
    /// The name.
    pub name: String,
    /// Whether it is the common name; if not, it is an alternative name.
    pub common_name: bool,
    /// Who presents it.
    pub serves: Vec<ServedEnd>,
    /// The computers that it is installed on.
    pub installs: Vec<InstalledOn>,
    /// Who issues it.
    pub issuer: Option<String>,
    /// The pattern that the name is made from.
    pub pattern: String,
    /// Where the name is written.
    pub written: Option<String>,
    /// Whether it is there because clients sign in there by DNS.
    pub sign_in: bool,
    /// The role that runs there too and needs the name.
    pub serving: Option<&'static str>,
    /// The features that need it.
    pub features: Vec<&'static str>,
    /// The declarations that the certificate follows from.
    pub declared: Vec<SourceRef>,
    /// What the certificate is for.
    pub purpose: String,
    /// The traffic that breaks off without the name.
    pub meets: Vec<MetTraffic>,
    /// What the certificate rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// A computer that a certificate is installed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InstalledOn {
    /// Its path.
    pub path: String,
    /// Its name, where it has one.
    pub fqdn: Option<String>,
}

/// Traffic that meets a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MetTraffic {
    /// The row.
    pub row: String,
    /// What is spoken.
    pub application: String,
    /// What stops working.
    pub breaks: String,
}
