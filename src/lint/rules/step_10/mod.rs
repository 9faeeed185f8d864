//! Step 10, high availability: what is there once, where no failure may take a service away.

mod single_conferencing_server;
mod single_database;
mod single_director;
mod single_edge_server;
mod single_front_end;
mod single_gateway;
mod single_load_balancer;
mod single_point;
mod single_way;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &single_front_end::RULE,
    &single_database::RULE,
    &single_conferencing_server::RULE,
    &single_edge_server::RULE,
    &single_director::RULE,
    &single_load_balancer::RULE,
    &single_gateway::RULE,
    &single_way::RULE,
    &single_point::RULE,
];
