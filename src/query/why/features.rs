//! What would open a way that is closed: rows of the catalogue that the topology does not call for, or that are too unsure.

use std::collections::BTreeSet;

use super::packet::{Addresses, carries};
use super::{Known, PacketQuestion};
use crate::catalog::FlowRow;
use crate::flow;
use crate::model::Topology;
use crate::plan::firewall::{FirewallPlan, protocol};
use crate::product::Feature;

/// A row that would open the way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opener<'a> {
    /// The row's id.
    pub row: &'a str,
    /// What it is for.
    pub purpose: &'a str,
    /// The features that are off and would have to be on; none where the row is too unsure to open a port.
    pub features: Vec<Feature>,
}

/// The rows that would let such packets pass, in the order of the catalogue.
pub(super) fn openers<'a>(question: &PacketQuestion, known: Known<'a>, stopped: Option<&FirewallPlan>) -> Vec<Opener<'a>> {
    let on: BTreeSet<Feature> = known.topology.organization.features.iter().map(|(feature, _)| *feature).collect();
    // The same topology with every feature on: what it has more is what a feature would open.
    let everything = with_every_feature(known);
    let addresses = Addresses::new(known);
    let rows: BTreeSet<String> = flow::build(&everything, known.catalog)
        .flows
        .iter()
        .filter(|flow| carries(flow, question, &addresses))
        .map(|flow| flow.row.id.clone())
        .collect();
    let mut openers = Vec::new();
    for row in &known.catalog.flows {
        let missing = |all: &Vec<Feature>| all.iter().copied().filter(|feature| !on.contains(feature)).collect::<Vec<_>>();
        if rows.contains(&row.id)
            && let Some(features) = row.when.iter().map(missing).min_by_key(Vec::len).filter(|features| !features.is_empty())
        {
            openers.push(Opener { row: &row.id, purpose: &row.purpose, features });
        }
    }
    let path = stopped.map(|plan| plan.path.as_str());
    let withheld = known.flows.withheld.iter().filter(|withheld| {
        withheld.firewalls.iter().any(|id| Some(known.topology.firewall(*id).path.as_str()) == path)
            && names(withheld.row, question)
    });
    openers.extend(withheld.map(|withheld| Opener {
        row: &withheld.row.id,
        purpose: &withheld.row.purpose,
        features: Vec::new(),
    }));
    openers
}

fn with_every_feature(known: Known<'_>) -> Topology {
    let mut topology = known.topology.clone();
    let span = topology.organization.span;
    let named = known.catalog.flows.iter().flat_map(|row| row.when.iter().flatten());
    let named: BTreeSet<Feature> = named.copied().collect();
    let on: BTreeSet<Feature> = topology.organization.features.iter().map(|(feature, _)| *feature).collect();
    topology.organization.features.extend(named.difference(&on).map(|feature| (*feature, span)));
    topology
}

/// Whether a row names the port of a question.
fn names(row: &FlowRow, question: &PacketQuestion) -> bool {
    row.transport.iter().any(|transport| protocol(*transport) == question.protocol)
        && question.destination_port.is_some_and(|port| row.ports.iter().any(|range| range.contains(port)))
}
