//! What each firewall permits, with reasons: the flows whose way crosses it, with their addresses at that point.
//! Input: topology and flows. Output: [`FirewallPlan`]s. Knows nothing of dialects; invents no traffic.

mod between;
pub(super) mod build;
mod packets;
mod way;

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::{Reason, SourceRef};
use crate::product::{PortRange, Transport, Zone};

pub use between::{Between, between};
pub use build::plan;
pub use packets::{MatchedAddress, port_ranges, protocol};

/// One firewall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirewallPlan {
    /// Its name.
    pub name: String,
    /// `site.name`.
    pub path: String,
    /// Its site.
    pub site: String,
    /// A name for folders, tables and the like: letters, digits, `-`, `_`; no other firewall has it.
    pub label: String,
    /// The requested dialect.
    pub dialect: &'static str,
    /// The networks that it joins, as written.
    pub networks: Vec<JoinedNetwork>,
    /// The declared networks that are not the internet to this firewall: no rule to or from the internet, and no translation, is
    /// for them. Empty where it has none of those.
    pub inside: Vec<Ipv4Net>,
    /// What passes, sorted by zone of the source, zone of the destination, id; everything else is dropped.
    pub rules: Vec<FirewallRule>,
    /// Translations, by name.
    pub nats: Vec<Nat>,
    /// Where it is declared.
    pub declared: SourceRef,
}

/// A network on one side of a firewall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinedNetwork {
    /// Its path.
    pub path: String,
    /// Its addresses.
    pub range: Ipv4Net,
    /// Where it is.
    pub zone: Zone,
}

/// A one-to-one translation between the internet and a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Nat {
    /// Its name.
    pub name: String,
    /// The public address.
    pub public: Ipv4Addr,
    /// The address that the server has.
    pub inside: Ipv4Addr,
    /// Where it is declared.
    pub declared: SourceRef,
}

/// One permission: every source may open a connection to every destination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirewallRule {
    /// Stable: the flow's id, with the transport where the flow has several, with a digest where it crosses the firewall
    /// on several ways.
    pub id: String,
    /// The flow.
    pub flow: String,
    /// The parties that open the connection.
    pub sources: Vec<Party>,
    /// Ports that sources speak from; `None` for any.
    pub source_ports: Option<Vec<PortRange>>,
    /// The parties that listen.
    pub destinations: Vec<Party>,
    /// Ports that destinations listen on.
    pub destination_ports: Vec<PortRange>,
    /// TCP or UDP.
    pub transport: Transport,
    /// What is spoken.
    pub application: String,
    /// Why.
    pub reason: Reason,
    /// What stops working without it.
    pub breaks: String,
    /// The network that it enters from.
    pub from_network: String,
    /// The network that it leaves to.
    pub to_network: String,
}

/// An address or network in a rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Party {
    /// What people know it by.
    pub path: String,
    /// Its addresses as this firewall routes them: the server's own where this firewall translates. `0.0.0.0/0` is the internet:
    /// every address but those of [`FirewallPlan::inside`].
    pub net: Ipv4Net,
    /// The public address, where this firewall translates.
    pub public: Option<Ipv4Addr>,
}

impl Party {
    /// Whether it is the internet.
    pub fn is_any(&self) -> bool {
        self.net.prefix_len() == 0
    }
}

/// The fewest networks that hold exactly the parties' addresses, in order.
pub fn addresses(parties: &[Party]) -> Vec<Ipv4Net> {
    Ipv4Net::aggregate(&parties.iter().map(|party| party.net).collect())
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_between;
