//! Step 8, voice: Mediation Servers, gateways, normalization.

mod mediation_single_network;
mod mediation_without_location_profile;
mod normalization_group;
mod shared_media_gateway;
mod unused_media_gateway;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &mediation_single_network::RULE,
    &shared_media_gateway::RULE,
    &mediation_without_location_profile::RULE,
    &unused_media_gateway::RULE,
    &normalization_group::RULE,
];
