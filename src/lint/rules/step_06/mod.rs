//! Step 6, external user access: edge servers and reverse proxies.

mod access_edge_name;
mod access_edge_without_next_hop;
mod av_edge_public_address;
mod double_translation;
mod edge_shape;
mod edge_single_network;
mod edge_subnets;
mod edge_without_access_edge;
mod misplaced_translation;
mod perimeter_role_in_internal_network;
mod private_outside_address;
mod private_translation;
mod published_without_name;
mod several_access_edges;
mod shared_outside_address;
pub(super) mod shared_outside_name;
mod unpublished_web_farm;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &edge_without_access_edge::RULE,
    &several_access_edges::RULE,
    &edge_shape::RULE,
    &edge_single_network::RULE,
    &perimeter_role_in_internal_network::RULE,
    &access_edge_without_next_hop::RULE,
    &av_edge_public_address::RULE,
    &private_outside_address::RULE,
    &shared_outside_address::RULE,
    &published_without_name::RULE,
    &unpublished_web_farm::RULE,
    &shared_outside_name::RULE,
    &access_edge_name::RULE,
    &edge_subnets::RULE,
    &double_translation::RULE,
    &misplaced_translation::RULE,
    &private_translation::RULE,
];
