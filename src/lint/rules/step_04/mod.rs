//! Step 4, infrastructure: sign-in, names, certificates, ways through the network, Active Directory.

mod address_of_another_site;
mod alias_at_zone_top;
mod alternative_names_size;
mod aol_edge_windows;
mod balancer_without_self_addresses;
mod certificate_subject;
mod certificate_without_issuer;
mod certificates_without_revocation;
mod common_name_length;
mod computer_name_length;
mod contradicting_records;
mod domain_controller_release;
mod domain_without_site;
mod duplicate_name;
mod encoded_sip_domain;
mod equal_ways;
mod firewall_of_one_network;
mod flow_through_nat;
mod flow_withheld;
mod flow_without_partner;
pub(super) mod flow_without_route;
mod forest_functional_level;
mod forest_topology;
mod functional_level;
mod gateway_outside_network;
mod global_settings_container;
mod host_firewall_without_administrators;
pub(super) mod isolated_network;
mod last_label_digit;
mod many_names;
mod name_server_without_address;
mod no_automatic_sign_in;
mod no_domain_controllers;
mod no_name_servers;
mod phone_update_domain;
mod phone_updates_elsewhere;
mod pool_in_other_domain;
mod preparation_order;
mod private_name_at_public_authority;
mod public_names;
mod request_line_length;
mod server_among_clients;
mod several_automatic_sign_in;
mod shared_zone_without_names;
mod single_label_domain;
mod underscore_in_name;
mod unplanned_name;
mod users_without_client_network;
mod wan_link_of_perimeter;
mod wan_link_to_internet;
mod way_through_perimeter;
mod web_farm_named_as_pool;
mod written_name_without_record;
mod zone_declared_twice;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &no_automatic_sign_in::RULE,
    &several_automatic_sign_in::RULE,
    &single_label_domain::RULE,
    &computer_name_length::RULE,
    &duplicate_name::RULE,
    &certificate_without_issuer::RULE,
    &flow_without_route::RULE,
    &flow_through_nat::RULE,
    &flow_without_partner::RULE,
    &firewall_of_one_network::RULE,
    &isolated_network::RULE,
    &users_without_client_network::RULE,
    &no_domain_controllers::RULE,
    &no_name_servers::RULE,
    &wan_link_to_internet::RULE,
    &equal_ways::RULE,
    &functional_level::RULE,
    &name_server_without_address::RULE,
    &common_name_length::RULE,
    &certificate_subject::RULE,
    &contradicting_records::RULE,
    &unplanned_name::RULE,
    &wan_link_of_perimeter::RULE,
    &way_through_perimeter::RULE,
    &flow_withheld::RULE,
    &domain_controller_release::RULE,
    &forest_functional_level::RULE,
    &global_settings_container::RULE,
    &last_label_digit::RULE,
    &underscore_in_name::RULE,
    &web_farm_named_as_pool::RULE,
    &certificates_without_revocation::RULE,
    &forest_topology::RULE,
    &pool_in_other_domain::RULE,
    &private_name_at_public_authority::RULE,
    &preparation_order::RULE,
    &aol_edge_windows::RULE,
    &shared_zone_without_names::RULE,
    &zone_declared_twice::RULE,
    &encoded_sip_domain::RULE,
    &alias_at_zone_top::RULE,
    &written_name_without_record::RULE,
    &address_of_another_site::RULE,
    &server_among_clients::RULE,
    &domain_without_site::RULE,
    &alternative_names_size::RULE,
    &public_names::RULE,
    &request_line_length::RULE,
    &host_firewall_without_administrators::RULE,
    &balancer_without_self_addresses::RULE,
    &phone_updates_elsewhere::RULE,
    &phone_update_domain::RULE,
    &gateway_outside_network::RULE,
];
