//! Step 7, load balancers.

pub(super) mod array_without_load_balancer;
mod av_edge_behind_snat;
mod balanced_edge_shape;
mod balancer_without_udp;
mod consolidated_web_address;
mod dnat_shared_network;
mod dnat_unsupported;
mod load_balancer_idle_timeout;
mod snat_address_count;
mod snat_without_addresses;
mod software_load_balancing;
mod two_arms_in_one_network;
mod unused_load_balancer;
mod virtual_address_network;
mod web_farm_without_name;

use crate::lint::{Rule, RuleContext};
use crate::model::{Endpoint, LoadBalancerId};

/// The rules of this step, by code.
pub(super) const RULES: &[&Rule] = &[
    &array_without_load_balancer::RULE,
    &snat_without_addresses::RULE,
    &snat_address_count::RULE,
    &software_load_balancing::RULE,
    &virtual_address_network::RULE,
    &unused_load_balancer::RULE,
    &load_balancer_idle_timeout::RULE,
    &dnat_shared_network::RULE,
    &web_farm_without_name::RULE,
    &dnat_unsupported::RULE,
    &av_edge_behind_snat::RULE,
    &balanced_edge_shape::RULE,
    &consolidated_web_address::RULE,
    &two_arms_in_one_network::RULE,
    &balancer_without_udp::RULE,
];

/// For each load balancer, the endpoints whose virtual address it holds.
fn behind<'a>(view: &RuleContext<'a>) -> Vec<(LoadBalancerId, Vec<&'a Endpoint>)> {
    let mut behind: Vec<(LoadBalancerId, Vec<&Endpoint>)> =
        view.topology.load_balancers.iter().map(|balancer| (balancer.id, Vec::new())).collect();
    for endpoint in &view.topology.endpoints {
        if let Some(vip) = &endpoint.vip {
            behind[vip.load_balancer.index()].1.push(endpoint);
        }
    }
    behind
}
