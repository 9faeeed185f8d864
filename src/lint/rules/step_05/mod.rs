//! Step 5, system requirements: what computers consist of and what they run.

mod architecture;
mod computers;
mod disk;
mod memory;
mod network_cards;
mod operating_system;
mod pool_on_sql_express;
mod processors;
mod sql_server_release;
mod virtual_computer;
mod wan_link_latency;
mod wan_link_load;

use crate::lint::Rule;

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &virtual_computer::RULE,
    &pool_on_sql_express::RULE,
    &sql_server_release::RULE,
    &operating_system::RULE,
    &architecture::RULE,
    &memory::RULE,
    &processors::RULE,
    &disk::RULE,
    &network_cards::RULE,
    &wan_link_load::RULE,
    &wan_link_latency::RULE,
];
