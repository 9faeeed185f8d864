//! Text to write in the helps of several rules, with names and free addresses of the topology, so that it can be pasted.

use std::net::Ipv4Addr;

use super::{RuleContext, words};
use crate::model::{Group, NetworkId, SiteId};
use crate::product::Role;

/// The first free address of a network.
pub(super) fn free_address(view: &RuleContext, network: NetworkId) -> Option<Ipv4Addr> {
    view.topology.free_addresses(network).next()
}

/// A free address as a value to write; `…` where the network is full or not known.
pub(super) fn address(view: &RuleContext, network: Option<NetworkId>) -> String {
    network.and_then(|network| free_address(view, network)).map_or_else(|| "…".to_owned(), |address| address.to_string())
}

/// The source addresses of a load balancer, in backquotes: a free address of the servers' network.
pub(super) fn snat_addresses(view: &RuleContext, network: NetworkId) -> String {
    format!("`snat_addresses = [{}]`", address(view, Some(network)))
}

/// Source translation with its addresses.
pub(super) fn snat(view: &RuleContext, network: NetworkId) -> String {
    format!("`nat = snat` and {}", snat_addresses(view, network))
}

/// How a block of a site names a group: by its name in its own site, else by its path.
pub(super) fn reference(group: &Group, site: SiteId) -> &str {
    if group.site == site { &group.name } else { &group.path }
}

/// The blocks of all homes for users, any one of which is enough: `enterprise_pool pool01`.
pub(super) fn pools(view: &RuleContext) -> String {
    words::either(&view.pools().map(block).collect::<Vec<_>>())
}

/// A group's block in backquotes: its kind and name.
pub(super) fn block(group: &Group) -> String {
    format!("`{} {}`", group.block, group.name)
}

/// Whether a group has a server with a role.
pub(super) fn runs(view: &RuleContext, group: &Group, role: Role) -> bool {
    view.topology.endpoints.iter().any(|endpoint| endpoint.group == group.id && endpoint.role == role)
}
