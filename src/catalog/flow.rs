//! Rows about traffic: the opening and the listening party, and the listeners.

use serde::{Deserialize, Serialize};

use super::{Confidence, Conflict, Provenance};
use crate::product::{Feature, PortRange, Relation, Role, Side, Transport};

/// Which of all pairs of source and destination a flow row means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlowRelation {
    /// Every source to every destination.
    Any,
    /// Within one group only.
    Own,
    /// Between different groups only.
    Other,
    /// The source's group has this relation to the destination's.
    To(Relation),
    /// The destination's group has this relation to the source's.
    From(Relation),
}

/// Which address of a load-balanced destination the connection goes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// The virtual address when there is one, else the server.
    Vip,
    /// Each server itself.
    Real,
    /// First the virtual address, then the server that it chose.
    VipAndReal,
}

/// Whether a flow may pass an address translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NatRule {
    /// It may.
    #[default]
    Allowed,
    /// It breaks.
    Never,
    /// It breaks for computers behind a virtual address; a single one supports it.
    NeverBalanced,
}

/// What the listener presents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// No certificate.
    #[default]
    None,
    /// The listener's certificate.
    Server,
    /// Both sides' certificates.
    Mutual,
}

/// What must hold of a destination beside the features of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// The SQL Server is a named instance, so that its port is asked of SQL Browser.
    NamedInstance,
    /// Clients inside sign in at it by DNS.
    SignIn,
    /// One of its servers runs Windows Server 2003, or nothing says what it runs.
    #[serde(rename = "windows_2003")]
    Windows2003,
    /// One of its servers runs Windows Server 2008, or nothing says what it runs.
    #[serde(rename = "windows_2008")]
    Windows2008,
}

/// The side of a role that has one leg.
fn inside() -> Side {
    Side::Inside
}

/// One flow: the heart of the catalogue.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowRow {
    /// Stable name, such as `P01a`: the row of the reference, and a letter where one row there is several here.
    pub id: String,
    /// Roles that open the connection.
    pub from: Vec<Role>,
    /// The side of the opener that it leaves by.
    #[serde(default = "inside")]
    pub from_side: Side,
    /// The role that listens.
    pub to: Role,
    /// The side of the listener.
    #[serde(default = "inside")]
    pub to_side: Side,
    /// Which pairs.
    pub relation: FlowRelation,
    /// Only destinations of which this holds; `None` for all.
    #[serde(default)]
    pub only_for: Option<Condition>,
    /// Transports, each with all `ports`.
    pub transport: Vec<Transport>,
    /// Ports that the opener speaks from, where that is fixed; else any.
    #[serde(default)]
    pub source_ports: Option<PortRange>,
    /// Ports that the listener listens on, ascending.
    pub ports: Vec<PortRange>,
    /// Whether the topology may state another port for a listener in place of `ports`, or the media ports of a Mediation Server.
    #[serde(default)]
    pub stated_port: bool,
    /// What is spoken, such as `SIP/MTLS`.
    pub application: String,
    /// Virtual or real address.
    pub target: Target,
    /// Both sides may send the first packet: the reverse flow (ports swapped) exists too. UDP media only.
    #[serde(default)]
    pub two_way: bool,
    /// What the listener presents.
    #[serde(default)]
    pub tls: Tls,
    /// Whether addresses may be translated on the way.
    #[serde(default)]
    pub nat: NatRule,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Not required: remote management, or traffic that the runbook replaces in another way. Where such a row is too unsure to
    /// open a port, it is not reported.
    #[serde(default)]
    pub optional: bool,
    /// What it carries, for people.
    pub purpose: String,
    /// What stops working without it.
    pub breaks: String,
    /// Where sources contradict each other about this row: the claims and the choice made.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

impl FlowRow {
    /// Whether the row is sure enough to open a port for it.
    pub fn opens_ports(&self) -> bool {
        self.provenance.confidence > Confidence::Low
    }
}

/// One listener of a role.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListenerRow {
    /// Stable name, such as `front_end.sip_tls`.
    pub id: String,
    /// The role.
    pub role: Role,
    /// The side.
    #[serde(default = "inside")]
    pub side: Side,
    /// Transports.
    pub transport: Vec<Transport>,
    /// Ports, ascending.
    pub ports: Vec<PortRange>,
    /// What is spoken.
    pub application: String,
    /// What it presents.
    #[serde(default)]
    pub tls: Tls,
    /// Whether the port is on the virtual address of a load-balanced group.
    pub vip: bool,
    /// Features that open it, as in [`FlowRow::when`].
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Where sources contradict each other about this row.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// A flow, name or certificate of the reference that the catalogue omits, listed with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// Its name in the reference; with `-port` where only a part of it is left out.
    pub id: String,
    /// Why.
    pub why: String,
}
