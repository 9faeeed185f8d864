//! The same topology with other features: what it then has more is what a feature would bring.

use std::collections::BTreeSet;

use crate::model::Topology;
use crate::product::Feature;

/// The topology with these features on, too.
pub(super) fn with_features(topology: &Topology, features: impl Iterator<Item = Feature>) -> Topology {
    let mut topology = topology.clone();
    let span = topology.organization.span;
    let on: BTreeSet<Feature> = topology.organization.features.iter().map(|(feature, _)| *feature).collect();
    let off: BTreeSet<Feature> = features.filter(|feature| !on.contains(feature)).collect();
    topology.organization.features.extend(off.into_iter().map(|feature| (feature, span)));
    topology
}
