//! Step 8, voice: Mediation Servers, gateways, normalization, routes.

mod dial_plan_location_profile;
mod dial_plan_name;
mod emergency_number_abroad;
mod emergency_number_captured;
mod emergency_number_digits;
mod emergency_number_swallowed;
mod emergency_number_without_route;
mod gateway_beside_wrong_card;
mod gateway_in_the_clear;
mod gateway_ports;
mod gateways;
mod inbound_number_without_rule;
mod media_port_range;
mod mediation_calls;
mod mediation_single_network;
mod mediation_without_location_profile;
mod needless_mediation_server;
mod normalization_group;
mod normalization_without_plus;
mod numbers;
mod overlapping_routes;
mod partly_shadowed_normalization;
mod pool_location_profile;
mod printed_normalization;
mod profile;
mod route_beside_gateway_form;
mod route_to_basic_gateway;
mod route_without_number;
mod route_without_rule;
mod shadowed_normalization;
mod shared_media_gateway;
mod swallowed;
mod unqualified_gateway;
mod unused_media_gateway;
mod usage_without_policy;
mod usage_without_route;
mod user_number;
mod voice_test;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &mediation_single_network::RULE,
    &shared_media_gateway::RULE,
    &mediation_without_location_profile::RULE,
    &unused_media_gateway::RULE,
    &normalization_group::RULE,
    &shadowed_normalization::RULE,
    &normalization_without_plus::RULE,
    &printed_normalization::RULE,
    &route_to_basic_gateway::RULE,
    &needless_mediation_server::RULE,
    &unqualified_gateway::RULE,
    &usage_without_route::RULE,
    &usage_without_policy::RULE,
    &emergency_number_digits::RULE,
    &emergency_number_without_route::RULE,
    &emergency_number_abroad::RULE,
    &gateway_ports::RULE,
    &mediation_calls::RULE,
    &dial_plan_name::RULE,
    &dial_plan_location_profile::RULE,
    &pool_location_profile::RULE,
    &gateway_in_the_clear::RULE,
    &route_without_number::RULE,
    &emergency_number_swallowed::RULE,
    &partly_shadowed_normalization::RULE,
    &gateway_beside_wrong_card::RULE,
    &voice_test::RULE,
    &overlapping_routes::RULE,
    &route_without_rule::RULE,
    &emergency_number_captured::RULE,
    &inbound_number_without_rule::RULE,
    &route_beside_gateway_form::RULE,
    &media_port_range::RULE,
    &user_number::RULE,
];
