//! What would open a closed way: rows of the catalogue that the topology does not require, or that are too unsure.

use std::collections::BTreeSet;

use super::addresses::{Addresses, carries};
use super::{MissingFeature, PacketQuestion};
use crate::catalog::FlowRow;
use crate::flow;
use crate::plan::Plans;
use crate::plan::firewall::{FirewallPlan, protocol};
use crate::product::Feature;
use crate::query::what_if::with_features;

/// The rows that would permit such packets, in the order of the catalogue.
pub(super) fn missing_features(
    question: &PacketQuestion,
    plans: Plans<'_>,
    stopped_by: Option<&FirewallPlan>,
) -> Vec<MissingFeature> {
    let on: BTreeSet<Feature> = plans.topology.organization.features.iter().map(|(feature, _)| *feature).collect();
    let named = plans.catalog.flows.iter().flat_map(|row| row.when.iter().flatten());
    let everything = with_features(plans.topology, named.copied());
    let addresses = Addresses::new(plans);
    let rows: BTreeSet<String> = flow::build(&everything, plans.catalog)
        .flows
        .iter()
        .filter(|flow| carries(flow, question, &addresses))
        .map(|flow| flow.row.id.clone())
        .collect();
    let mut found = Vec::new();
    for row in &plans.catalog.flows {
        let missing = |all: &Vec<Feature>| all.iter().copied().filter(|feature| !on.contains(feature)).collect::<Vec<_>>();
        if rows.contains(&row.id)
            && let Some(features) = row.when.iter().map(missing).min_by_key(Vec::len).filter(|features| !features.is_empty())
        {
            found.push(missing_feature(row, &features));
        }
    }
    let path = stopped_by.map(|plan| plan.path.as_str());
    let withheld = plans.flows.withheld.iter().filter(|withheld| {
        withheld.firewalls.iter().any(|id| Some(plans.topology.firewall(*id).path.as_str()) == path)
            && names(withheld.row, question)
    });
    found.extend(withheld.map(|withheld| missing_feature(withheld.row, &[])));
    found
}

fn missing_feature(row: &FlowRow, features: &[Feature]) -> MissingFeature {
    let features = features.iter().map(|feature| feature.word()).collect();
    MissingFeature { row: row.id.clone(), purpose: row.purpose.clone(), features }
}

/// Whether a row names the port of a question.
fn names(row: &FlowRow, question: &PacketQuestion) -> bool {
    row.transport.iter().any(|transport| protocol(*transport) == question.protocol)
        && question.destination_port.is_some_and(|port| row.ports.iter().any(|range| range.contains(port)))
}
