//! The way of connections, hop by hop, with the rule on each firewall.
//! Input: two things of the topology, as a person names them. Output: a [`Trace`], plain values.

use std::collections::BTreeMap;

use serde::Serialize;

use super::answer::{Grounds, Hop, Party};
use crate::flow::{Crossing, Flow, Peer, hops, select};
use crate::graph::{NetworkGraph, Node};
use crate::plan::Plans;
use crate::plan::firewall;
use crate::product::{PortRange, Transport};

/// All connections from one thing of the topology to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The source of the question.
    pub from: String,
    /// The destination of the question.
    pub to: String,
    /// How many pairs of addresses speak.
    pub connections: usize,
    /// The ways that they take, by flow.
    pub ways: Vec<Way>,
}

/// The connections of a flow that share a way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The flow.
    pub flow: String,
    /// TCP, UDP or both.
    pub transports: Vec<Transport>,
    /// The ports that are listened on.
    pub ports: Vec<PortRange>,
    /// What is spoken.
    pub application: String,
    /// The parties that open the connection, each once.
    pub from: Vec<Party>,
    /// The parties that listen, each once.
    pub to: Vec<Party>,
    /// Every network, link and firewall on the way.
    pub hops: Vec<Hop>,
    /// The rule on each firewall.
    pub rules: Vec<RuleOn>,
    /// The features that need it.
    pub features: Vec<&'static str>,
    /// What it is for.
    pub purpose: String,
    /// What stops working without it.
    pub breaks: String,
    /// What the flow rests on.
    #[serde(flatten)]
    pub grounds: Grounds,
}

/// A rule and its firewall.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleOn {
    /// The rule.
    pub rule: String,
    /// The path of the firewall.
    pub firewall: String,
}

/// One connection that the flows allow.
struct Connection<'a> {
    from: &'a Peer,
    to: &'a Peer,
    crossings: &'a [Crossing],
}

/// All connections from `from` to `to`, each a path or an address.
pub fn trace(plans: Plans<'_>, from: &str, to: &str) -> Result<Trace, String> {
    let topology = plans.topology;
    let (source, destination) = (select(topology, from)?, select(topology, to)?);
    let (connections, ways) =
        follow(plans, &|_| true, &|near| source.selects(topology, near), &|far| destination.selects(topology, far));
    Ok(Trace { from: from.to_owned(), to: to.to_owned(), connections, ways })
}

/// The ways of the connections of some flows between some parties, and how many pairs of addresses speak.
pub(super) fn follow(
    plans: Plans<'_>,
    wanted: &dyn Fn(&Flow<'_>) -> bool,
    near: &dyn Fn(&Peer) -> bool,
    far: &dyn Fn(&Peer) -> bool,
) -> (usize, Vec<Way>) {
    let topology = plans.topology;
    let graph = NetworkGraph::new(topology);
    // By the position of the flow, and by the way.
    let mut ways: BTreeMap<(usize, Vec<Node>), Vec<Connection<'_>>> = BTreeMap::new();
    for (index, flow) in plans.flows.flows.iter().enumerate().filter(|(_, flow)| wanted(flow)) {
        for leg in &flow.legs {
            for (near, far) in pairs(flow, &leg.from, &leg.to, near, far) {
                let hops = hops(&graph, near.network, far.network, &leg.crossings);
                let connection = Connection { from: near, to: far, crossings: &leg.crossings };
                ways.entry((index, hops)).or_default().push(connection);
            }
        }
    }
    let connections = ways.values().map(Vec::len).sum();
    let way = |((flow, hops), connections): (&(usize, Vec<Node>), &Vec<Connection<'_>>)| {
        Some(way(plans, plans.flows.flows.get(*flow)?, hops, connections))
    };
    (connections, ways.iter().filter_map(way).collect())
}

fn way(plans: Plans<'_>, flow: &Flow<'_>, hops: &[Node], connections: &[Connection<'_>]) -> Way {
    let row = flow.row;
    Way {
        flow: flow.id.clone(),
        transports: flow.transports.clone(),
        ports: flow.ports.clone(),
        application: row.application.clone(),
        from: once(connections.iter().map(|connection| connection.from)),
        to: once(connections.iter().map(|connection| connection.to)),
        hops: Hop::all(hops, plans.topology),
        rules: connections.first().map(|first| rules(plans, flow, first)).unwrap_or_default(),
        features: flow.features.iter().map(|(feature, _)| feature.word()).collect(),
        purpose: row.purpose.clone(),
        breaks: row.breaks.clone(),
        grounds: Grounds::of_row(&row.id, &row.provenance, plans.catalog),
    }
}

fn once<'a>(peers: impl Iterator<Item = &'a Peer>) -> Vec<Party> {
    let mut parties: Vec<Party> = Vec::new();
    for party in peers.map(Party::from) {
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties
}

/// The rules that permit a connection, firewall by firewall.
fn rules(plans: Plans<'_>, flow: &Flow<'_>, connection: &Connection<'_>) -> Vec<RuleOn> {
    let mut rules = Vec::new();
    for crossing in connection.crossings {
        let path = &plans.topology.firewall(crossing.firewall).path;
        let names = |parties: &[firewall::Party], peer: &Peer| parties.iter().any(|party| party.path == peer.path);
        for plan in plans.firewalls().iter().filter(|plan| plan.path == *path) {
            let passes = plan.rules.iter().filter(|rule| {
                rule.flow == flow.id && names(&rule.sources, connection.from) && names(&rule.destinations, connection.to)
            });
            rules.extend(passes.map(|rule| RuleOn { rule: rule.id.clone(), firewall: plan.path.clone() }));
        }
    }
    rules
}

fn pairs<'f>(
    flow: &'f Flow<'_>,
    from: &[usize],
    to: &[usize],
    near: &dyn Fn(&Peer) -> bool,
    far: &dyn Fn(&Peer) -> bool,
) -> Vec<(&'f Peer, &'f Peer)> {
    let far: Vec<&Peer> = to.iter().map(|index| &flow.to[*index]).filter(|peer| far(peer)).collect();
    if far.is_empty() {
        return Vec::new();
    }
    let near = from.iter().map(|index| &flow.from[*index]).filter(|peer| near(peer));
    near.flat_map(|near| far.iter().map(move |far| (near, *far)))
        .filter(|(near, far)| near.server.is_none() || near.server != far.server)
        .collect()
}
