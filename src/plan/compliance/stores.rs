//! Where records are kept, how they travel there, and who can reach the computers that keep them.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::catalog::Confidence;
use crate::flow::{Flow, Leg, Peer};
use crate::graph::{AreaId, NetworkGraph};
use crate::model::{Group, GroupId, NetworkId, Topology};
use crate::plan::Plans;
use crate::product::{Feature, GroupKind, PortRange, Relation, Role, Side, Transport};

/// The features whose flows carry records.
const RECORDING: [Feature; 3] = [Feature::ImArchiving, Feature::CallDetailRecords, Feature::QoeMonitoring];

/// A way that records take.
#[derive(Debug, Serialize)]
pub struct TravelRow<'a> {
    /// The id of the flow.
    pub flow: &'a str,
    /// Who opens the connection.
    pub from: BTreeSet<&'a str>,
    /// Who listens.
    pub to: BTreeSet<&'a str>,
    /// TCP, UDP.
    pub transports: &'a [Transport],
    /// The ports that it goes to.
    pub ports: &'a [PortRange],
    /// What is spoken.
    pub application: &'a str,
    /// The firewalls on the way.
    pub firewalls: BTreeSet<&'a str>,
    /// What it is for.
    pub purpose: &'a str,
    /// The row of the catalogue.
    pub row: &'a str,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A computer or cluster that keeps records.
#[derive(Debug, Serialize)]
pub struct Store<'a> {
    /// The path of its group.
    pub path: &'a str,
    /// What it is, for people.
    pub role: &'static str,
    /// What it keeps or passes on.
    pub keeps: &'static str,
    /// Its addresses.
    pub addresses: Vec<Ipv4Addr>,
    /// Its networks.
    pub networks: Vec<&'a str>,
    /// Who reaches it over flows of this deployment.
    pub reached: Vec<Reach<'a>>,
    /// The areas of its networks, by their positions in the plan.
    pub areas: Vec<usize>,
}

/// Who reaches a store, and how.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Reach<'a> {
    /// A group or a network.
    pub from: &'a str,
    /// TCP, UDP.
    pub transports: &'a [Transport],
    /// The ports that it goes to.
    pub ports: &'a [PortRange],
    /// What is spoken.
    pub application: &'a str,
    /// What it is for.
    pub purpose: &'a str,
    /// The firewalls on the way.
    pub firewalls: BTreeSet<&'a str>,
    /// The id of the flow.
    pub flow: &'a str,
}

/// What keeps records, in the order of paths, with what it keeps.
fn keepers(topology: &Topology) -> BTreeMap<GroupId, &'static str> {
    let on = |feature| topology.organization.feature(feature).is_some();
    let mut keepers = BTreeMap::new();
    let mut kept_by = |group: &Group, service: &'static str, database: &'static str| {
        keepers.insert(group.id, service);
        for store in group.related(Relation::BackEnd) {
            keepers.insert(store, database);
        }
    };
    for group in &topology.groups {
        match group.kind {
            GroupKind::ArchivingServer if on(Feature::ImArchiving) || on(Feature::CallDetailRecords) => {
                kept_by(group, "the queue of records and the service that stores them", "the archive");
            }
            GroupKind::MonitoringServer if on(Feature::QoeMonitoring) || on(Feature::CallDetailRecords) => {
                kept_by(group, "the queue of records and the service that stores them", "call details and quality reports");
            }
            GroupKind::GroupChat if on(Feature::GroupChat) => {
                kept_by(group, "rooms of Group Chat, which it serves", "rooms of Group Chat and what was said in them");
            }
            _ => {}
        }
    }
    let meetings = on(Feature::WebConferencing);
    let shares = topology.groups.iter().filter(|group| meetings && group.kind == GroupKind::FileShare);
    for share in shares {
        keepers.insert(share.id, "content of meetings, and its copies with meeting compliance");
    }
    keepers
}

fn named<'a>(topology: &'a Topology, peer: &'a Peer) -> &'a str {
    match peer.group {
        Some(group) if peer.server.is_some() => topology.group(group).path.as_str(),
        _ => peer.path.as_str(),
    }
}

/// The flows that carry records.
pub(super) fn travels(plans: Plans<'_>) -> Vec<TravelRow<'_>> {
    let topology = plans.topology;
    let keepers = keepers(topology);
    let is_keeper = |peer: &Peer| peer.group.is_some_and(|group| keepers.contains_key(&group));
    let carries =
        |flow: &&Flow<'_>| flow.features.iter().any(|(feature, _)| RECORDING.contains(feature)) && flow.to.iter().any(is_keeper);
    plans.flows.flows.iter().filter(carries).map(|flow| travel(topology, flow)).collect()
}

fn travel<'a>(topology: &'a Topology, flow: &'a Flow<'a>) -> TravelRow<'a> {
    TravelRow {
        flow: &flow.id,
        from: flow.from.iter().map(|peer| named(topology, peer)).collect(),
        to: flow.to.iter().map(|peer| named(topology, peer)).collect(),
        transports: &flow.transports,
        ports: &flow.ports,
        application: &flow.row.application,
        firewalls: flow.legs.iter().flat_map(|leg| crossed(topology, leg)).collect(),
        purpose: &flow.row.purpose,
        row: &flow.row.id,
        confidence: flow.row.provenance.confidence,
    }
}

/// The firewalls that a leg crosses.
fn crossed<'a>(topology: &'a Topology, leg: &Leg) -> impl Iterator<Item = &'a str> {
    leg.crossings.iter().map(|crossing| topology.firewall(crossing.firewall).path.as_str())
}

/// The stores, by path, and the areas that they are in.
pub(super) fn stores(plans: Plans<'_>) -> (Vec<Store<'_>>, Vec<Vec<&str>>) {
    let topology = plans.topology;
    let keepers = keepers(topology);
    if keepers.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let mut reached: BTreeMap<GroupId, BTreeSet<Reach<'_>>> = BTreeMap::new();
    for flow in &plans.flows.flows {
        let held: BTreeSet<GroupId> =
            flow.to.iter().filter_map(|peer| peer.group).filter(|group| keepers.contains_key(group)).collect();
        for group in held {
            reached.entry(group).or_default().extend(reaches(topology, flow, group));
        }
    }
    let graph = NetworkGraph::new(topology);
    let mut areas = Areas { topology, graph: &graph, known: Vec::new(), positions: FxHashMap::default() };
    let mut stores = Vec::new();
    for (id, keeps) in keepers {
        let reached = reached.remove(&id).unwrap_or_default().into_iter().collect();
        stores.push(areas.store(topology.group(id), keeps, reached));
    }
    stores.sort_by(|a, b| a.path.cmp(b.path));
    (stores, areas.named())
}

/// Who reaches a group over a flow; those that speak from it are left out.
fn reaches<'a>(topology: &'a Topology, flow: &'a Flow<'a>, group: GroupId) -> Vec<Reach<'a>> {
    let others = || flow.from.iter().enumerate().filter(|(_, peer)| peer.group != Some(group));
    let mut firewalls: BTreeMap<&str, BTreeSet<&str>> =
        others().map(|(_, peer)| (named(topology, peer), BTreeSet::new())).collect();
    let names: FxHashMap<usize, &str> = others().map(|(at, peer)| (at, named(topology, peer))).collect();
    let is_there = |at: &usize| flow.to.get(*at).is_some_and(|peer| peer.group == Some(group));
    for leg in flow.legs.iter().filter(|leg| leg.to.iter().any(is_there)) {
        for name in leg.from.iter().filter_map(|at| names.get(at)) {
            firewalls.entry(name).or_default().extend(crossed(topology, leg));
        }
    }
    let reach = |(from, firewalls): (&'a str, BTreeSet<&'a str>)| Reach {
        from,
        transports: &flow.transports,
        ports: &flow.ports,
        application: &flow.row.application,
        purpose: &flow.row.purpose,
        firewalls,
        flow: &flow.id,
    };
    firewalls.into_iter().map(reach).collect()
}

/// The areas met so far, each once: many stores are in the same one.
struct Areas<'a, 'g> {
    topology: &'a Topology,
    graph: &'g NetworkGraph,
    known: Vec<AreaId>,
    positions: FxHashMap<AreaId, usize>,
}

impl<'a> Areas<'a, '_> {
    fn store(&mut self, group: &'a Group, keeps: &'static str, reached: Vec<Reach<'a>>) -> Store<'a> {
        let topology = self.topology;
        let servers = group.servers.iter().map(|id| topology.server(*id));
        let held: Vec<(Ipv4Addr, NetworkId)> =
            servers.flat_map(|server| server.addresses.iter().map(|(address, network)| (address.value, *network))).collect();
        let networks: BTreeSet<NetworkId> = held.iter().map(|(_, network)| *network).collect();
        let areas: BTreeSet<usize> = networks.iter().map(|network| self.position(*network)).collect();
        let role = group.endpoints.iter().map(|id| topology.endpoint(*id)).find(|end| end.side == Side::Inside);
        Store {
            path: &group.path,
            role: role.map_or(Role::FileShare, |end| end.role).title_in(topology.organization.product),
            keeps,
            addresses: held.iter().map(|(address, _)| *address).collect(),
            networks: networks.into_iter().map(|network| topology.network(network).path.as_str()).collect(),
            reached,
            areas: areas.into_iter().collect(),
        }
    }

    fn position(&mut self, network: NetworkId) -> usize {
        let area = self.graph.area(network);
        *self.positions.entry(area).or_insert_with(|| {
            self.known.push(area);
            self.known.len() - 1
        })
    }

    /// The networks of each area.
    fn named(&self) -> Vec<Vec<&'a str>> {
        let mut named = vec![Vec::new(); self.known.len()];
        for network in &self.topology.networks {
            if let Some(at) = self.positions.get(&self.graph.area(network.id)) {
                named[*at].push(network.path.as_str());
            }
        }
        named
    }
}
