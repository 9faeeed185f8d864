//! What clients do when a user signs in: the names that they look up, the connections that they open, and how they behave.

use serde::{Deserialize, Serialize};

use crate::catalog::column::{CONFIDENCE, Column, SOURCES, STEP, column};
use crate::catalog::fact::fact_row;
use crate::catalog::kind::Kind;
use crate::catalog::{Conflict, Hole, Pattern, Provenance, RecordType};
use crate::product::{Client, ClientPlace, Feature};

/// What a name is looked up for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LookupStage {
    /// A service record of automatic sign-in: the first that is there counts, in the order of the rows.
    Service,
    /// A host name, asked for where no service record was found.
    Host,
    /// The address that a browser is given.
    Page,
    /// Updates of phones.
    Update,
    /// The time.
    Time,
}

impl LookupStage {
    /// The word in answers.
    pub fn word(self) -> &'static str {
        match self {
            LookupStage::Service => "service",
            LookupStage::Host => "host",
            LookupStage::Page => "page",
            LookupStage::Update => "update",
            LookupStage::Time => "time",
        }
    }
}

/// One name that clients look up. The order of rows is the order in which answers count.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientLookup {
    /// Stable name, such as `K01`.
    pub id: String,
    /// The clients that do.
    pub clients: Vec<Client>,
    /// What for.
    pub stage: LookupStage,
    /// Only clients in this place; without it all.
    #[serde(default)]
    pub place: Option<ClientPlace>,
    /// The name.
    #[serde(default)]
    pub name: Option<Pattern>,
    /// The name, where it is the same everywhere.
    #[serde(default)]
    pub fixed: Option<String>,
    /// The type of record.
    #[serde(rename = "type")]
    pub record: RecordType,
    /// The ports that are tried at the address, in order; a service record names its port itself.
    #[serde(default)]
    pub ports: Vec<u16>,
    /// Whether the name is asked for again with each DNS suffix of the network added.
    #[serde(default)]
    pub suffixed: bool,
    /// Needed when all features of one inner list are on; an empty outer list means always.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// What it is for, for people.
    pub purpose: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// The part of a sign-in that a connection belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConnectionStage {
    /// The server that the names lead to.
    SignIn,
    /// Servers pass the user's traffic on to the home pool.
    Proxied,
    /// Meetings, without which the client has nothing to do.
    Meeting,
    /// Everything that follows a sign-in, or goes on beside it.
    Beside,
}

/// One flow that clients use.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientConnection {
    /// The row of the flow.
    pub id: String,
    /// The clients that open it, or for which servers do.
    pub clients: Vec<Client>,
    /// Only clients in this place; without it all.
    #[serde(default)]
    pub place: Option<ClientPlace>,
    /// The part of a sign-in.
    pub stage: ConnectionStage,
    /// What must be on for users of the organization, where the flow is there for others too.
    #[serde(default)]
    pub when: Vec<Vec<Feature>>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

/// How clients behave.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClientRule {
    /// Stable name, such as `client.strict_names`.
    pub id: String,
    /// The clients.
    pub clients: Vec<Client>,
    /// What they do, as a sentence.
    pub text: String,
    /// Where sources differ.
    #[serde(default)]
    pub conflict: Option<Conflict>,
    /// Step, source, confidence.
    pub provenance: Provenance,
}

fact_row!(ClientLookup, "client_lookups.toml", |row, checks| {
    checks.text(&row.id, "purpose", &row.purpose);
    let mut refuse = |wrong: bool, problem: &str| {
        if wrong {
            checks.refuse(&row.id, problem);
        }
    };
    refuse(row.clients.is_empty(), "clients must name at least one");
    refuse(row.name.is_some() == row.fixed.is_some(), "a name is given once, as `name` or as `fixed`");
    refuse(!matches!(row.record, RecordType::A | RecordType::Srv), "clients look up A and SRV records");
    refuse((row.record == RecordType::Srv) != row.ports.is_empty() && row.stage != LookupStage::Time, "a host is tried at ports, and a service record names its own");
    refuse(row.stage == LookupStage::Service && row.record != RecordType::Srv, "a service is a SRV record");
    let holes = [Hole::SipDomain, Hole::ClientDomain, Hole::Fqdn, Hole::ExternalFqdn];
    refuse(row.name.as_ref().is_some_and(|name| !holes.contains(&name.hole)), "nothing fills the placeholder of the name");
}, conflict: conflict, keeps_order: true);

fact_row!(ClientConnection, "client_connections.toml", |row, checks| {
    if row.clients.is_empty() {
        checks.refuse(&row.id, "clients must name at least one");
    }
}, keeps_order: true);

fact_row!(ClientRule, "client_rules.toml", |row, checks| {
    checks.text(&row.id, "text", &row.text);
    if row.clients.is_empty() {
        checks.refuse(&row.id, "clients must name at least one");
    }
}, conflict: conflict, keeps_order: true);

const LOOKUP_COLUMNS: &[Column] = &[
    column("id", &["id"]),
    column("clients", &["clients"]),
    column("place", &["place"]),
    column("stage", &["stage"]),
    column("name", &["name", "fixed"]),
    column("type", &["type"]),
    column("ports", &["ports"]),
    column("purpose", &["purpose"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const LOOKUPS: Kind = Kind::of::<ClientLookup>(
    "client_lookups",
    "Names that clients look up",
    "The names that each client looks up when a user signs in, in the order in which answers count.",
    LOOKUP_COLUMNS,
);

const CONNECTION_COLUMNS: &[Column] = &[
    column("flow", &["id"]),
    column("clients", &["clients"]),
    column("place", &["place"]),
    column("stage", &["stage"]),
    column("when", &["when"]),
    STEP,
    CONFIDENCE,
    SOURCES,
];

pub(super) const CONNECTIONS: Kind = Kind::of::<ClientConnection>(
    "client_connections",
    "Connections of clients",
    "Which of the flows each client uses, and in which part of a sign-in.",
    CONNECTION_COLUMNS,
);

const RULE_COLUMNS: &[Column] =
    &[column("id", &["id"]), column("clients", &["clients"]), column("what they do", &["text"]), STEP, CONFIDENCE, SOURCES];

pub(super) const RULES: Kind = Kind::of::<ClientRule>(
    "client_rules",
    "Behaviour of clients",
    "How clients use the answers of DNS and judge a server.",
    RULE_COLUMNS,
);

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::catalog::catalog;
    use crate::catalog::fact::facts;
    use crate::catalog::fact_file::read_rows;
    use crate::product::{Product, Role};

    #[test]
    fn bad_lookups_are_refused() {
        let good = "[[client_lookups]]\nid = \"a\"\nclients = [\"phone\"]\nstage = \"host\"\nname = \"sip.{sip_domain}\"\ntype = \"A\"\n\
            ports = [443]\npurpose = \"p\"\nstep = 4\nsource = [\"memory\"]\nconfidence = \"low\"\n";
        let faults = |from: &str, to: &str| {
            let errors = read_rows::<ClientLookup>(&good.replacen(from, to, 1)).err().unwrap_or_default();
            errors.iter().map(|error| error.problem.clone()).collect::<Vec<_>>().join("; ")
        };
        assert_eq!(faults("", ""), "");
        assert_eq!(faults("[\"phone\"]", "[]"), "clients must name at least one");
        assert_eq!(faults("ports = [443]\n", ""), "a host is tried at ports, and a service record names its own");
        assert_eq!(faults("\"A\"", "\"CNAME\""), "clients look up A and SRV records");
        assert_eq!(faults("name =", "fixed = \"x\"\nname ="), "a name is given once, as `name` or as `fixed`");
        assert_eq!(faults("{sip_domain}", "{web_farm}"), "nothing fills the placeholder of the name");
    }

    #[test]
    fn every_flow_of_clients_is_a_connection() {
        for product in [Product::Ocs2007, Product::Ocs2007R2] {
            let flows = &catalog(product).flows;
            let named: BTreeSet<&str> = facts::<ClientConnection>(product).iter().map(|row| row.id.as_str()).collect();
            let unknown: Vec<_> = named.iter().filter(|id| !flows.iter().any(|row| row.id == **id)).collect();
            assert!(unknown.is_empty(), "{}: no flow {unknown:?}", product.word());
            let opened = |row: &&crate::catalog::FlowRow| {
                row.from.iter().any(|role| matches!(role, Role::Client | Role::RemoteClient)) && row.to != Role::PublicService
            };
            let missing: Vec<&str> =
                flows.iter().filter(opened).map(|row| row.id.as_str()).filter(|id| !named.contains(id)).collect();
            assert!(missing.is_empty(), "{}: which clients use {missing:?}?", product.word());
        }
    }
}
