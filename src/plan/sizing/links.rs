//! Whose traffic crosses a link between sites.

use std::collections::BTreeMap;

use crate::model::{Detail, SiteId, Topology, WanLink};
use crate::product::GroupKind;

/// For each site the users who work there and have their pool elsewhere, and whether it has a gateway of its own.
pub(super) struct Behind {
    away: BTreeMap<SiteId, u64>,
    with_gateway: BTreeMap<SiteId, bool>,
}

impl Behind {
    pub(super) fn new(topology: &Topology) -> Self {
        let mut homed: BTreeMap<SiteId, u64> = BTreeMap::new();
        let mut with_gateway = BTreeMap::new();
        for group in &topology.groups {
            if let Detail::Pool { users: Some(users), .. } = &group.detail {
                *homed.entry(group.site).or_default() += users.value;
            }
            if group.kind == GroupKind::MediaGateway {
                with_gateway.insert(group.site, true);
            }
        }
        let away = topology.sites.iter().filter_map(|site| {
            let here = site.users.as_ref()?.value;
            Some((site.id, here.saturating_sub(homed.get(&site.id).copied().unwrap_or(0))))
        });
        Self { away: away.collect(), with_gateway }
    }

    /// The users behind a link whose pool is elsewhere, and those of them whose site has no gateway. The busier end counts: a link
    /// carries both directions apart.
    pub(super) fn users(&self, topology: &Topology, link: &WanLink) -> Option<(u64, u64)> {
        let mut sites: Vec<SiteId> = link.joins.iter().filter_map(|network| topology.network(network.value).site).collect();
        sites.sort_unstable();
        sites.dedup();
        let away = |site: &SiteId| self.away.get(site).copied().unwrap_or(0);
        let known = sites.iter().any(|site| self.away.contains_key(site));
        let users = sites.iter().map(away).max().unwrap_or(0);
        let telephone = sites.iter().filter(|site| !self.with_gateway.contains_key(site)).map(away).max().unwrap_or(0);
        known.then_some((users, telephone))
    }
}
