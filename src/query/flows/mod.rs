//! All traffic: who opens a connection to whom, on which ports, through which firewalls, for what.
//! Input: a topology with its plans. Output: the flows as plain values.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use crate::catalog::Tls;
use crate::flow;
use crate::plan::Plans;
use crate::product::{PortRange, Transport};

/// The traffic of a topology.
#[derive(Debug, Clone, Serialize)]
pub struct FlowList<'a> {
    /// The flows, by id.
    pub flows: Vec<Flow<'a>>,
}

/// A row of the catalogue over one set of sources and one set of destinations.
#[derive(Debug, Clone, Serialize)]
pub struct Flow<'a> {
    /// Its id, such as `P01/redmond.edge`.
    pub id: &'a str,
    /// The row of the catalogue.
    pub row: &'a str,
    /// Whether it is the reverse of a bidirectional row.
    pub reversed: bool,
    /// TCP, UDP or both.
    pub transports: &'a [Transport],
    /// The ports that sources speak from; `None` for any.
    pub source_ports: Option<&'a [PortRange]>,
    /// The ports that destinations listen on.
    pub ports: &'a [PortRange],
    /// What is spoken.
    pub application: &'a str,
    /// Whether certificates are presented, and by which side.
    pub tls: Tls,
    /// The features that need it.
    pub features: Vec<&'static str>,
    /// What it is for.
    pub purpose: &'a str,
    /// What stops working without it.
    pub breaks: &'a str,
    /// The step of the Planning Guide.
    pub step: u8,
    /// The pages that state it, by their keys.
    pub source: &'a [String],
    /// How sure it is.
    pub confidence: &'static str,
    /// The parties that open the connection.
    pub from: Vec<Peer<'a>>,
    /// The parties that listen.
    pub to: Vec<Peer<'a>>,
    /// The ways that it takes.
    pub legs: Vec<Leg<'a>>,
}

/// Who opens or listens.
#[derive(Debug, Clone, Serialize)]
pub struct Peer<'a> {
    /// Its path.
    pub path: &'a str,
    /// What it is there.
    pub role: &'static str,
    /// Its addresses.
    pub address: Ipv4Net,
    /// The public address, where a firewall translates.
    pub public: Option<Ipv4Addr>,
    /// The network that it is in.
    pub network: &'a str,
    /// The path of a server's group, under which a table shows all of them.
    #[serde(skip)]
    pub group: Option<&'a str>,
}

/// Sources and destinations that share a way.
#[derive(Debug, Clone, Serialize)]
pub struct Leg<'a> {
    /// Positions in `from`.
    pub from: &'a [usize],
    /// Positions in `to`.
    pub to: &'a [usize],
    /// The firewalls on the way, from the source on.
    pub crossings: Vec<Crossing<'a>>,
}

/// A firewall on a way.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Crossing<'a> {
    /// Its path.
    pub firewall: &'a str,
    /// The network on the side of the source.
    pub enters: &'a str,
    /// The network on the side of the destination.
    pub leaves: &'a str,
}

/// All flows of a topology.
pub fn flows(plans: Plans<'_>) -> FlowList<'_> {
    FlowList { flows: plans.flows.flows.iter().map(|flow| one(plans, flow)).collect() }
}

fn one<'a>(plans: Plans<'a>, flow: &'a flow::Flow<'a>) -> Flow<'a> {
    let topology = plans.topology;
    let peer = |peer: &'a flow::Peer| Peer {
        path: &peer.path,
        role: peer.role.word(),
        address: peer.net,
        public: peer.public,
        network: &topology.network(peer.network).path,
        group: peer.server.and(peer.group).map(|group| topology.group(group).path.as_str()),
    };
    let crossing = |crossing: &flow::Crossing| Crossing {
        firewall: &topology.firewall(crossing.firewall).path,
        enters: &topology.network(crossing.enters).path,
        leaves: &topology.network(crossing.leaves).path,
    };
    let leg = |leg: &'a flow::Leg| Leg { from: &leg.from, to: &leg.to, crossings: leg.crossings.iter().map(crossing).collect() };
    let row = flow.row;
    Flow {
        id: &flow.id,
        row: &row.id,
        reversed: flow.reversed,
        transports: &flow.transports,
        source_ports: flow.source_ports.as_deref(),
        ports: &flow.ports,
        application: &row.application,
        tls: row.tls,
        features: flow.features.iter().map(|(feature, _)| feature.word()).collect(),
        purpose: &row.purpose,
        breaks: &row.breaks,
        step: row.provenance.step,
        source: &row.provenance.source,
        confidence: row.provenance.confidence.word(),
        from: flow.from.iter().map(peer).collect(),
        to: flow.to.iter().map(peer).collect(),
        legs: flow.legs.iter().map(leg).collect(),
    }
}
