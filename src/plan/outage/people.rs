//! Who is served: the users of each site by the pool that is their home and the network that they are in.

use std::collections::BTreeMap;

use crate::model::{Detail, Group, GroupId, NetworkId, SiteId, Topology};

/// Users of a site with one home in one network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct People {
    /// The site that they are at.
    pub site: SiteId,
    /// Their pool.
    pub home: GroupId,
    /// The network of their clients, where the site has one.
    pub network: Option<NetworkId>,
    /// How many they are.
    pub users: u64,
}

/// Users of a site that have a pool elsewhere, because there is none at the site.
struct Homeless {
    site: SiteId,
    users: u64,
}

/// The users of all sites. Users of a site with pools are at these, in proportion to what the pools state; users of the others
/// take the places that are free elsewhere, in the order of sites and pools, and at last those of the largest pool.
pub(super) fn people(topology: &Topology) -> Vec<People> {
    let mut pools: BTreeMap<SiteId, Vec<&Group>> = BTreeMap::new();
    for group in topology.groups.iter().filter(|group| matches!(group.detail, Detail::Pool { .. })) {
        pools.entry(group.site).or_default().push(group);
    }
    let Some(largest) = pools.values().flatten().max_by_key(|pool| (homed(pool), std::cmp::Reverse(pool.id))) else {
        return Vec::new();
    };
    let mut clients: BTreeMap<SiteId, Vec<NetworkId>> = BTreeMap::new();
    for network in topology.networks.iter().filter(|network| network.clients) {
        if let Some(site) = network.site {
            clients.entry(site).or_default().push(network.id);
        }
    }
    let mut homes: Vec<(SiteId, GroupId, u64)> = Vec::new();
    let mut free: Vec<(GroupId, u64)> = Vec::new();
    let mut homeless = Vec::new();
    for site in &topology.sites {
        let own = pools.get(&site.id).map(Vec::as_slice).unwrap_or_default();
        let stated: u64 = own.iter().map(|pool| homed(pool)).fold(0, u64::saturating_add);
        let users = site.users.as_ref().map_or(stated, |users| users.value);
        if own.is_empty() {
            homeless.push(Homeless { site: site.id, users });
            continue;
        }
        let weights: Vec<u64> = own.iter().map(|pool| homed(pool)).collect();
        for (pool, users) in own.iter().zip(shares(users, &weights)) {
            homes.push((site.id, pool.id, users));
            free.push((pool.id, homed(pool).saturating_sub(users)));
        }
    }
    let mut free = free.into_iter().filter(|(_, places)| *places > 0).peekable();
    for Homeless { site, mut users } in homeless {
        while let Some((pool, places)) = free.peek_mut().filter(|_| users > 0) {
            let taken = users.min(*places);
            homes.push((site, *pool, taken));
            users -= taken;
            *places -= taken;
            if *places == 0 {
                free.next();
            }
        }
        if users > 0 {
            homes.push((site, largest.id, users));
        }
    }
    let mut people = Vec::new();
    for (site, home, users) in homes.into_iter().filter(|(.., users)| *users > 0) {
        match clients.get(&site).map(Vec::as_slice).unwrap_or_default() {
            [] => people.push(People { site, home, network: None, users }),
            networks => {
                let even = shares(users, &vec![1; networks.len()]);
                let each = networks.iter().zip(even).filter(|(_, users)| *users > 0);
                people.extend(each.map(|(network, users)| People { site, home, network: Some(*network), users }));
            }
        }
    }
    people
}

/// The users that a pool states.
pub(super) fn homed(pool: &Group) -> u64 {
    match &pool.detail {
        Detail::Pool { users: Some(users), .. } => users.value,
        _ => 0,
    }
}

/// A number in parts in proportion to the weights, evenly without any; the parts add up to it.
fn shares(total: u64, weights: &[u64]) -> Vec<u64> {
    let even = weights.iter().all(|weight| *weight == 0);
    // Products of large numbers would not fit.
    let shift = if weights.iter().any(|weight| *weight > u64::from(u32::MAX)) { 32 } else { 0 };
    let weight = |weight: u64| if even { 1 } else { u128::from(weight >> shift) };
    let sum: u128 = weights.iter().map(|own| weight(*own)).sum();
    let (mut before, mut given) = (0u128, 0u128);
    let share = |own: &u64| {
        before += weight(*own);
        let until = u128::from(total) * before / sum.max(1);
        let part = until - given;
        given = until;
        u64::try_from(part).unwrap_or(total)
    };
    weights.iter().map(share).collect()
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn parts_add_up() {
        assert_eq!(shares(10, &[1, 1, 1]), [3, 3, 4]);
        assert_eq!(shares(10, &[0, 0]), [5, 5]);
        assert_eq!(shares(24_000, &[24_000]), [24_000]);
        assert_eq!(shares(0, &[3, 4]), [0, 0]);
        assert_eq!(shares(u64::MAX, &[u64::MAX, u64::MAX]).iter().map(|part| u128::from(*part)).sum::<u128>(), u64::MAX.into());
    }
}
