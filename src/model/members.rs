//! What is at each site and what each load balancer serves, for those that ask site by site.

use rustc_hash::FxHashMap;

use super::{EndpointId, FirewallId, GroupId, LoadBalancerId, NetworkId, ServerId, WanLinkId};
use crate::product::Relation;
use crate::text::Span;

/// Members by the number of their site or load balancer, in the order of their arenas.
#[derive(Debug, Clone)]
pub struct Members {
    pub(super) networks: Grouped<NetworkId>,
    pub(super) firewalls: Grouped<FirewallId>,
    pub(super) load_balancers: Grouped<LoadBalancerId>,
    pub(super) groups: Grouped<GroupId>,
    pub(super) servers: Grouped<ServerId>,
    /// Those to other sites.
    pub(super) wan_links: Grouped<WanLinkId>,
    /// The endpoints with a virtual address, by load balancer.
    pub(super) served: Grouped<EndpointId>,
}

/// For each relation to a group, the groups that have it, in their order, with the place that states it.
pub type Dependants = FxHashMap<(Relation, GroupId), Vec<(GroupId, Span)>>;

/// Things by a number.
#[derive(Debug, Clone)]
pub(super) struct Grouped<T>(Vec<Vec<T>>);

impl<T> Grouped<T> {
    /// Groups things by numbers below `count`.
    pub(super) fn new(count: usize, things: impl Iterator<Item = (usize, T)>) -> Self {
        let mut groups: Vec<Vec<T>> = std::iter::repeat_with(Vec::new).take(count).collect();
        for (at, thing) in things {
            groups[at].push(thing);
        }
        Self(groups)
    }

    /// The things with a number.
    pub(super) fn of(&self, at: usize) -> std::slice::Iter<'_, T> {
        self.0[at].iter()
    }
}
