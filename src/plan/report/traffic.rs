//! The traffic as rows: a server stands for its group, so that a row names who speaks and not each of many.

use std::collections::BTreeSet;

use super::FlowRow;
use crate::flow::{Flow, Parties, Peer};
use crate::plan::Plans;

pub(super) fn flows(plans: Plans<'_>) -> Vec<FlowRow<'_>> {
    plans.flows.flows.iter().map(|flow| row(plans, flow)).collect()
}

fn row<'a>(plans: Plans<'a>, flow: &'a Flow<'a>) -> FlowRow<'a> {
    let topology = plans.topology;
    let named = |peer: &'a Peer| match peer.group {
        Some(group) if peer.server.is_some() => topology.group(group).path.as_str(),
        _ => peer.path.as_str(),
    };
    let names = |peers: &'a Parties| -> BTreeSet<&'a str> { peers.iter().map(named).collect() };
    let site = |peer: &Peer| match peer.group {
        Some(group) => Some(topology.group(group).site),
        None => topology.network(peer.network).site,
    };
    let sites = flow.from.iter().chain(&flow.to).filter_map(site);
    let crossed = flow.legs.iter().flat_map(|leg| &leg.crossings);
    let catalogued = flow.row;
    FlowRow {
        id: &flow.id,
        sites: sites.map(|site| topology.site(site).name.as_str()).collect(),
        from: names(&flow.from),
        to: names(&flow.to),
        transports: &flow.transports,
        source_ports: flow.source_ports.as_deref(),
        ports: &flow.ports,
        application: &catalogued.application,
        firewalls: crossed.map(|crossing| topology.firewall(crossing.firewall).path.as_str()).collect(),
        purpose: &catalogued.purpose,
        breaks: &catalogued.breaks,
        features: flow.features.iter().map(|(feature, _)| feature.word()).collect(),
        row: &catalogued.id,
        step: catalogued.provenance.step,
        source: &catalogued.provenance.source,
        confidence: catalogued.provenance.confidence,
    }
}
