//! Step 2, the topology: pools, their sizes and parts, and the networks of servers.

mod conferencing_servers_for_users;
mod director_array_database;
mod director_array_edition;
mod edge_servers_for_users;
mod expanded_configuration;
mod expanded_pool_missing_role;
mod front_ends_for_users;
mod internal_role_in_perimeter;
mod pool_users;
mod server_of_another_release;
mod shared_computer;
mod split_role_in_consolidated_pool;
mod standard_edition_availability;
mod standard_edition_users;
pub(super) mod stretched_pool;
mod tested;
mod users_without_home;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &standard_edition_users::RULE,
    &pool_users::RULE,
    &expanded_pool_missing_role::RULE,
    &split_role_in_consolidated_pool::RULE,
    &internal_role_in_perimeter::RULE,
    &standard_edition_availability::RULE,
    &front_ends_for_users::RULE,
    &conferencing_servers_for_users::RULE,
    &edge_servers_for_users::RULE,
    &director_array_edition::RULE,
    &stretched_pool::RULE,
    &expanded_configuration::RULE,
    &shared_computer::RULE,
    &server_of_another_release::RULE,
    &director_array_database::RULE,
    &users_without_home::RULE,
];
