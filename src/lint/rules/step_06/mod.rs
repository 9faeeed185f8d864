//! Step 6, external user access: edge servers and reverse proxies.

mod access_edge_name;
mod access_edge_without_next_hop;
mod av_edge_public_address;
mod balanced_web_conferencing_edge;
mod double_translation;
mod edge_array_without_load_balancer;
mod edge_domain_member;
pub(super) mod edge_layout;
mod edge_load;
mod edge_shape;
mod edge_single_network;
mod edge_subnets;
mod edge_without_access_edge;
mod media_edges_for_users;
mod misplaced_translation;
mod next_hop_past_director;
mod partner_of_own_domain;
mod partner_without_access_edge;
mod partner_without_federation;
mod perimeter_role_in_internal_network;
mod private_outside_address;
mod private_translation;
mod public_im_licence;
mod published_without_name;
mod several_access_edges;
mod shared_outside_address;
pub(super) mod shared_outside_name;
mod shared_web_access_listener;
mod single_perimeter_firewall;
mod unlisted_partners;
mod unpublished_pool;
mod unpublished_web_farm;
mod unused_av_edge;

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
    &edge_domain_member::RULE,
    &next_hop_past_director::RULE,
    &unused_av_edge::RULE,
    &balanced_web_conferencing_edge::RULE,
    &unpublished_pool::RULE,
    &single_perimeter_firewall::RULE,
    &unlisted_partners::RULE,
    &partner_without_federation::RULE,
    &partner_of_own_domain::RULE,
    &partner_without_access_edge::RULE,
    &public_im_licence::RULE,
    &edge_array_without_load_balancer::RULE,
    &media_edges_for_users::RULE,
    &shared_web_access_listener::RULE,
    &edge_load::RULE,
];
