//! Cards of deployed units: a pool with its servers, an edge, a gateway; or several small ones of a kind in one card.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::draft::{Draft, node};
use super::kinds::look;
use super::words::{addresses, clean, counted, names};
use crate::diagram::Node;
use crate::model::{Detail, Group, Network, NetworkId, PoolConfiguration, Vip};
use crate::product::{EdgeShape, Zone};

/// A tooltip names at most so many servers.
const NAMED: usize = 40;

/// The virtual addresses of a group, by network.
pub(super) fn vips<'g>(draft: &Draft<'g>, group: &'g Group) -> Vec<&'g Vip> {
    let topology = draft.plans.topology;
    let mut vips: Vec<&Vip> = group.endpoints.iter().filter_map(|id| topology.endpoint(*id).vip.as_ref()).collect();
    vips.sort_by_key(|vip| (vip.network, vip.address.value));
    vips.dedup_by_key(|vip| vip.address.value);
    // The addresses that outsiders see come first.
    vips.sort_by_key(|vip| {
        let network = topology.network(vip.network);
        (network.zone.depth(), is_inner(draft, network))
    });
    vips
}

/// The addresses of the servers of groups, by network, those nearest to the internet first.
fn by_network(draft: &Draft<'_>, groups: &[&Group]) -> Vec<(NetworkId, Vec<Ipv4Addr>)> {
    let topology = draft.plans.topology;
    let mut found: BTreeMap<NetworkId, Vec<Ipv4Addr>> = BTreeMap::new();
    for server in groups.iter().flat_map(|group| &group.servers).map(|id| topology.server(*id)) {
        for (address, network) in &server.addresses {
            found.entry(*network).or_default().push(address.value);
        }
    }
    let mut found: Vec<_> = found.into_iter().collect();
    let nearest = |network: NetworkId| {
        let about = topology.network(network);
        (about.zone.depth(), is_inner(draft, about))
    };
    found.sort_by_key(|(network, _)| nearest(*network));
    found
}

/// Whether a network of the perimeter is the one towards the inside.
pub(super) fn is_inner(draft: &Draft<'_>, network: &Network) -> bool {
    let topology = draft.plans.topology;
    let outer = topology.firewalls.iter().filter(|firewall| firewall.joins.iter().any(|end| end.value == NetworkId::INTERNET));
    network.zone != Zone::Perimeter || !outer.into_iter().any(|firewall| firewall.joins.iter().any(|end| end.value == network.id))
}

/// The network that a group is drawn in: where it listens inside.
pub(super) fn home(draft: &Draft<'_>, group: &Group) -> Option<NetworkId> {
    let topology = draft.plans.topology;
    let servers = group.servers.iter().flat_map(|id| &topology.server(*id).addresses).map(|(_, network)| *network);
    let members = group.endpoints.iter().flat_map(|id| &topology.endpoint(*id).members).map(|member| member.network);
    members.chain(servers).max_by_key(|network| {
        let about = topology.network(*network);
        (about.zone.depth(), std::cmp::Reverse(*network))
    })
}

/// The card of one group.
pub(super) fn card(draft: &Draft<'_>, group: &Group) -> Node {
    let topology = draft.plans.topology;
    let look = look(group.kind, topology.organization.product);
    let mut card = node(&group.path, look.icon, look.family, look.title, &group.name);
    card.facts.extend(detail(draft, group));
    let servers: Vec<_> = group.servers.iter().map(|id| topology.server(*id)).collect();
    if servers.len() > 1 {
        let short: Vec<&str> = servers.iter().map(|server| server.name.as_str()).collect();
        card.facts.push(clean(&format!("{}: {}", counted(servers.len(), "server", "servers"), names(&short))));
    }
    let vips = vips(draft, group);
    let mut fronts: BTreeMap<NetworkId, Vec<Ipv4Addr>> = BTreeMap::new();
    for vip in &vips {
        fronts.entry(vip.network).or_default().push(vip.address.value);
    }
    card.front = vips.iter().map(|vip| vip.network).filter_map(|network| fronts.remove(&network)).map(addresses).collect();
    card.addresses.extend(by_network(draft, &[group]).into_iter().map(|(_, own)| addresses(own)));
    card.tip = tip(draft, group, look.title, &vips);
    draft.mark_groups(&mut card, &[group]);
    card
}

/// What a group of its kind has to say.
fn detail(draft: &Draft<'_>, group: &Group) -> Option<String> {
    match &group.detail {
        Detail::Pool { users, configuration, .. } => {
            let users = users.as_ref().map(|users| counted(users.value, "user", "users"));
            let expanded = (*configuration == PoolConfiguration::Expanded).then(|| "expanded".to_owned());
            let words: Vec<String> = users.into_iter().chain(expanded).collect();
            (!words.is_empty()).then(|| words.join(", "))
        }
        Detail::Edge { shape } => Some(match shape.value {
            EdgeShape::Consolidated => "all roles on one".to_owned(),
            EdgeShape::SingleSite | EdgeShape::ScaledSingleSite => "all edge roles".to_owned(),
            EdgeShape::RemoteSite | EdgeShape::ScaledRemoteSite => "meetings and media only".to_owned(),
        }),
        Detail::Gateway { transport, ports } => {
            let ports = ports.map_or_else(String::new, |ports| format!("{}, ", counted(ports, "line", "lines")));
            Some(format!("{ports}{}", transport.to_uppercase()))
        }
        Detail::WebAccess { external_fqdn: Some(name), .. } | Detail::UpdateServer { external_fqdn: Some(name) } => {
            Some(name.value.to_string())
        }
        Detail::FileShare { path: Some(path) } => Some(clean(&path.value)),
        _ if group.kind == crate::product::GroupKind::ReverseProxy => {
            let proxy = draft.plans.publishing().proxy(group.id)?;
            Some(counted(proxy.sites.len(), "published site", "published sites"))
        }
        _ => None,
    }
}

fn tip(draft: &Draft<'_>, group: &Group, title: &str, vips: &[&Vip]) -> String {
    let topology = draft.plans.topology;
    let mut lines = vec![clean(&format!("{title} {}", group.path))];
    lines.extend(group.fqdn.as_ref().map(|fqdn| fqdn.value.to_string()));
    for vip in vips {
        let balancer = topology.load_balancer(vip.load_balancer);
        lines.push(clean(&format!("virtual address {} on {}", vip.address.value, balancer.path)));
    }
    for server in group.servers.iter().take(NAMED).map(|id| topology.server(*id)) {
        let own = addresses(server.addresses.iter().map(|(address, _)| address.value).collect());
        lines.push(clean(&format!("{} {own}", server.fqdn.as_ref().map_or(server.name.clone(), ToString::to_string))));
    }
    if group.servers.len() > NAMED {
        lines.push(format!("and {} more", counted(group.servers.len() - NAMED, "server", "servers")));
    }
    lines.push(draft.declared(&group.path, group.span));
    lines.join("\n")
}

/// One card for several groups of a kind.
pub(super) fn several(draft: &Draft<'_>, groups: &[&Group]) -> Option<Node> {
    let (first, last) = (groups.first()?, groups.last()?);
    let product = draft.plans.topology.organization.product;
    let look = look(first.kind, product);
    let id = format!("{}…{}", first.path, last.name);
    let short: Vec<&str> = groups.iter().map(|group| group.name.as_str()).collect();
    let mut card = node(&id, look.icon, look.family, look.title, &names(&short));
    card.about = format!("{} {}", groups.len(), look.titles);
    card.addresses.extend(by_network(draft, groups).into_iter().map(|(_, own)| addresses(own)));
    let mut lines = vec![look.titles.to_owned()];
    for group in groups.iter().take(NAMED) {
        let servers = group.servers.iter().flat_map(|id| &draft.plans.topology.server(*id).addresses);
        let own = addresses(servers.map(|(address, _)| address.value).collect());
        lines.push(clean(&format!("{} {own}, {}", group.path, draft.declared(&group.path, group.span))));
    }
    if groups.len() > NAMED {
        lines.push(format!("and {} more", groups.len() - NAMED));
    }
    card.tip = lines.join("\n");
    draft.mark_groups(&mut card, groups);
    Some(card)
}
