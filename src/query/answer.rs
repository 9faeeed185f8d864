//! Plain values that the answers of several questions hold: what a reader or a program needs, without numbers of arenas.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use crate::catalog::{Catalog, Provenance};
use crate::flow::Peer;
use crate::graph::Node;
use crate::model::Topology;
use crate::plan::Reason;
pub use crate::plan::SourceRef;
use crate::plan::certificate::ServedEndpoint;
use crate::plan::firewall;

/// A network, link or firewall on a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Hop {
    /// What it is.
    pub kind: HopKind,
    /// Its path.
    pub path: String,
}

/// A device or link on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HopKind {
    /// A network.
    Network,
    /// A firewall.
    Firewall,
    /// A WAN link.
    WanLink,
}

/// Who opens a connection, or listens for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Party {
    /// What people know it by.
    pub path: String,
    /// Its own addresses; `0.0.0.0/0` is the internet.
    pub address: Ipv4Net,
    /// The public address, where a firewall translates.
    pub public: Option<Ipv4Addr>,
}

/// What a fact rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grounds {
    /// The row of the catalogue.
    pub row: String,
    /// The step of the Planning Guide.
    pub step: u8,
    /// The pages that state the fact.
    pub sources: Vec<Page>,
    /// How sure it is.
    pub confidence: &'static str,
}

/// A page of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Page {
    /// Its key in the catalogue.
    pub key: String,
    /// Its title.
    pub title: String,
}

/// Who presents a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ServedEnd {
    /// The path of the group.
    pub path: String,
    /// Its role.
    pub role: &'static str,
    /// The side.
    pub side: &'static str,
}

impl From<&ServedEndpoint> for ServedEnd {
    fn from(end: &ServedEndpoint) -> Self {
        Self { path: end.path.clone(), role: end.role.word(), side: end.side.word() }
    }
}

impl Hop {
    /// A node of the network graph.
    pub(super) fn of(node: Node, topology: &Topology) -> Self {
        let (kind, path) = match node {
            Node::Network(network) => (HopKind::Network, topology.network(network).path.clone()),
            Node::Firewall(firewall) => (HopKind::Firewall, topology.firewall(firewall).path.clone()),
            Node::WanLink(link) => {
                let link = topology.wan_links.get(link.index());
                (HopKind::WanLink, link.map(|link| link.path.clone()).unwrap_or_default())
            }
        };
        Self { kind, path }
    }

    /// All nodes of a way.
    pub(super) fn all(nodes: &[Node], topology: &Topology) -> Vec<Self> {
        nodes.iter().map(|node| Self::of(*node, topology)).collect()
    }
}

impl From<&Peer> for Party {
    fn from(peer: &Peer) -> Self {
        Self { path: peer.path.clone(), address: peer.net, public: peer.public }
    }
}

impl From<&firewall::Party> for Party {
    fn from(party: &firewall::Party) -> Self {
        Self { path: party.path.clone(), address: party.net, public: party.public }
    }
}

impl Grounds {
    /// The grounds of a row of the catalogue.
    pub(super) fn of_row(row: &str, provenance: &Provenance, catalog: &Catalog) -> Self {
        Self {
            row: row.to_owned(),
            step: provenance.step,
            sources: pages(&provenance.source, catalog),
            confidence: provenance.confidence.word(),
        }
    }

    /// The grounds of something planned.
    pub(super) fn of_reason(reason: &Reason, catalog: &Catalog) -> Self {
        Self {
            row: reason.row.clone(),
            step: reason.step,
            sources: pages(&reason.source, catalog),
            confidence: reason.confidence.word(),
        }
    }
}

fn pages(keys: &[String], catalog: &Catalog) -> Vec<Page> {
    let page = |key: &String| Page { key: key.clone(), title: catalog.source_title(key).unwrap_or(key).to_owned() };
    keys.iter().map(page).collect()
}
