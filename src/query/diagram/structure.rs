//! What a site consists of, from the internet inwards: firewalls, networks of the perimeter with their servers, networks inside.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, node};
use super::groups::{card, home, is_inner, several, vips};
use super::kinds::look;
use super::words::{addresses, bandwidth, clean, counted};
use crate::diagram::{Cell, Family, Icon, LineKind, Node, NodeId, Strip};
use crate::model::{Firewall, FirewallId, Group, GroupId, LoadBalancer, Network, NetworkId, SiteId, Topology, WanLink};
use crate::product::{GroupKind, Zone};
use crate::text::Spanned;

/// How much of a site is put together in one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Merge {
    /// Nothing.
    Nothing,
    /// What is there several times and has no users: domain controllers, gateways, Mediation Servers.
    Helpers,
    /// Everything of a kind in a network.
    Kinds,
}

impl Merge {
    fn merges(self, kind: GroupKind) -> bool {
        match self {
            Self::Nothing => false,
            Self::Helpers => {
                matches!(kind, GroupKind::DomainController | GroupKind::MediaGateway | GroupKind::MediationServer)
            }
            Self::Kinds => true,
        }
    }
}

/// What is drawn of a site.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cut<'k> {
    pub(super) merge: Merge,
    /// Whether what is inside is drawn.
    pub(super) internal: bool,
    /// The groups and firewalls that are drawn; `None` for all, with balancers and networks.
    pub(super) only: Option<(&'k BTreeSet<GroupId>, &'k BTreeSet<FirewallId>)>,
}

impl Cut<'_> {
    /// All of it.
    pub(super) fn all(merge: Merge) -> Self {
        Self { merge, internal: true, only: None }
    }
}

/// The parts of a site by band.
#[derive(Debug, Default)]
pub(super) struct SiteParts {
    /// Firewalls to the internet.
    pub(super) outer: Vec<Strip>,
    pub(super) perimeter: Vec<Strip>,
    /// Firewalls from the perimeter inwards.
    pub(super) inner: Vec<Strip>,
    pub(super) internal: Vec<Strip>,
    /// How many cards the perimeter has.
    pub(super) between: usize,
    /// How many cards the network with most of them has.
    pub(super) widest: usize,
}

/// A part of a site as a cell of a band.
pub(super) fn cell(site: usize, strips: Vec<Strip>) -> Option<Cell> {
    (!strips.is_empty()).then_some(Cell { site, strips })
}

/// A box on its way into a network.
struct Placed {
    order: (u8, String),
    node: Node,
    groups: Vec<GroupId>,
    /// The networks that it has addresses in.
    networks: BTreeSet<NetworkId>,
}

/// Adds the boxes of a site, and its lines within the perimeter.
pub(super) fn site(draft: &mut Draft<'_>, site: SiteId, cut: Cut<'_>) -> SiteParts {
    let topology = draft.plans.topology;
    let mut homes = Homes::new();
    for (network, placed) in placed(draft, site, cut) {
        homes.entry(network).or_default().push(placed);
    }
    for placed in homes.values_mut() {
        placed.sort_by(|left, right| left.order.cmp(&right.order));
    }
    let mut parts = SiteParts::default();
    walls(draft, site, cut, &mut parts);
    let own: Vec<&Network> = topology.networks_at(site).collect();
    let perimeter: Vec<&Network> = own.iter().copied().filter(|network| network.zone == Zone::Perimeter).collect();
    let between: Vec<Placed> = perimeter.iter().filter_map(|network| homes.remove(&Some(network.id))).flatten().collect();
    let (upper, lower): (Vec<&Network>, Vec<&Network>) = perimeter.into_iter().partition(|network| !is_inner(draft, network));
    let bars = |draft: &mut Draft<'_>, networks: Vec<&Network>| -> Vec<Strip> {
        let drawn = networks.into_iter().filter(|_| cut.only.is_none());
        drawn.map(|network| Strip::Bar(bar(draft, network))).collect()
    };
    parts.perimeter.extend(bars(draft, upper));
    parts.between = between.len();
    let lower = bars(draft, lower);
    let mut cards = Vec::new();
    for placed in between {
        let networks = placed.networks.clone();
        let id = put(draft, placed);
        cards.push(id);
        for bar in networks.iter().filter_map(|network| draft.networks.get(network).copied()).collect::<Vec<_>>() {
            draft.line(LineKind::Attached, vec![id], vec![bar], String::new(), String::new());
        }
    }
    parts.perimeter.extend((!cards.is_empty()).then_some(Strip::Cards(cards)));
    parts.perimeter.extend(lower);
    if cut.internal {
        internal(draft, &own, cut, &mut homes, &mut parts);
    }
    // What has no address that is known.
    let rest: Vec<NodeId> = homes.into_values().flatten().map(|placed| put(draft, placed)).collect();
    parts.internal.extend((!rest.is_empty()).then_some(Strip::Cards(rest)));
    parts
}

type Homes = BTreeMap<Option<NetworkId>, Vec<Placed>>;

fn internal(draft: &mut Draft<'_>, own: &[&Network], cut: Cut<'_>, homes: &mut Homes, parts: &mut SiteParts) {
    let mut inside: Vec<&Network> = own.iter().copied().filter(|network| network.zone == Zone::Internal).collect();
    inside.sort_by_key(|network| {
        // The network with the pools comes first, then the others with servers, then those with people.
        let first = homes.get(&Some(network.id)).and_then(|placed| placed.first()).map_or(u8::MAX, |placed| placed.order.0);
        let people = u8::from(network.clients) + 2 * u8::from(network.administrators);
        (first, people, network.path.clone())
    });
    for network in inside {
        let placed = homes.remove(&Some(network.id)).unwrap_or_default();
        if placed.is_empty() && cut.only.is_some() {
            continue;
        }
        let frame = bar(draft, network);
        if placed.is_empty() {
            parts.internal.push(Strip::Bar(frame));
            continue;
        }
        parts.widest = parts.widest.max(placed.len());
        let cards = placed.into_iter().map(|placed| put(draft, placed)).collect();
        parts.internal.push(Strip::Frame(frame, cards));
    }
}

/// The boxes of a site with the network that each is in.
fn placed(draft: &Draft<'_>, site: SiteId, cut: Cut<'_>) -> Vec<(Option<NetworkId>, Placed)> {
    let topology = draft.plans.topology;
    let mut all = Vec::new();
    let mut together: BTreeMap<(Option<NetworkId>, GroupKind), Vec<&Group>> = BTreeMap::new();
    let wanted = |group: &&Group| cut.only.is_none_or(|(groups, _)| groups.contains(&group.id));
    let shown =
        |network: Option<NetworkId>| cut.internal || network.is_some_and(|id| topology.network(id).zone != Zone::Internal);
    for group in topology.groups_at(site).filter(wanted) {
        let key = (home(draft, group), group.kind);
        if !shown(key.0) {
            continue;
        }
        if cut.merge.merges(group.kind) {
            together.entry(key).or_default().push(group);
        } else {
            all.push((key.0, vec![group]));
        }
    }
    all.extend(together.into_iter().map(|((network, _), groups)| (network, groups)));
    let mut out: Vec<(Option<NetworkId>, Placed)> = Vec::new();
    for (network, groups) in all {
        let (Some(first), Some(node)) = (groups.first(), several_or_one(draft, &groups)) else { continue };
        let networks = groups.iter().flat_map(|group| networks(draft, group)).collect();
        let order = (look(first.kind, topology.organization.product).order, first.path.clone());
        out.push((network, Placed { order, node, groups: groups.iter().map(|group| group.id).collect(), networks }));
    }
    for balancer in topology.load_balancers_at(site).filter(|_| cut.only.is_none()) {
        let networks: BTreeSet<NetworkId> = holds(draft, balancer).into_iter().map(|(network, _)| network).collect();
        let home = networks.iter().max_by_key(|network| topology.network(**network).zone.depth()).copied();
        if !shown(home) {
            continue;
        }
        let node = balancer_card(draft, balancer);
        out.push((home, Placed { order: (100, balancer.path.clone()), node, groups: Vec::new(), networks }));
    }
    out
}

fn several_or_one(draft: &Draft<'_>, groups: &[&Group]) -> Option<Node> {
    match groups {
        [one] => Some(card(draft, one)),
        groups => several(draft, groups),
    }
}

/// The networks that a group has addresses in.
fn networks(draft: &Draft<'_>, group: &Group) -> BTreeSet<NetworkId> {
    let topology = draft.plans.topology;
    let own = group.servers.iter().flat_map(|id| &topology.server(*id).addresses).map(|(_, network)| *network);
    own.chain(vips(draft, group).iter().map(|vip| vip.network)).collect()
}

fn put(draft: &mut Draft<'_>, placed: Placed) -> NodeId {
    let id = draft.add(placed.node);
    for group in placed.groups {
        draft.groups.insert(group, id);
    }
    id
}

/// The box of a network.
pub(super) fn bar(draft: &mut Draft<'_>, network: &Network) -> NodeId {
    let (icon, family, kind, fact) = match (network.clients, network.administrators) {
        (true, _) => (Icon::People, Family::People, "Network with clients", "computers of users"),
        (false, true) => (Icon::Console, Family::People, "Administrators", "administration"),
        (false, false) => (Icon::Network, Family::Network, "Network", ""),
    };
    let mut node = node(&network.path, icon, family, kind, &network.name);
    node.addresses.push(network.range.to_string());
    node.facts.extend((!fact.is_empty()).then(|| fact.to_owned()));
    let declared = network.span.map(|span| draft.declared(&network.path, span));
    let lines = [Some(clean(&format!("network {}", network.path))), Some(network.range.to_string()), declared];
    node.tip = lines.into_iter().flatten().collect::<Vec<_>>().join("\n");
    draft.mark_network(&mut node, network);
    let id = draft.add(node);
    draft.networks.insert(network.id, id);
    id
}

/// The addresses that a balancer has, with their networks.
fn holds(draft: &Draft<'_>, balancer: &LoadBalancer) -> Vec<(NetworkId, std::net::Ipv4Addr)> {
    let topology = draft.plans.topology;
    let mut found: Vec<_> = topology.served_by(balancer.id).map(|(_, vip)| (vip.network, vip.address.value)).collect();
    for address in balancer.snat_addresses.iter().chain(&balancer.self_addresses) {
        found.extend(topology.ranges.around(address.value).map(|network| (network, address.value)));
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn balancer_card(draft: &Draft<'_>, balancer: &LoadBalancer) -> Node {
    let topology = draft.plans.topology;
    let mut card = node(&balancer.path, Icon::Balancer, Family::Network, "Load balancer", &balancer.name);
    card.facts.push(format!("{}, {}", balancer.nat.word().to_uppercase(), balancer.dialect.word()));
    let vips: Vec<_> = topology.served_by(balancer.id).collect();
    let snat: Vec<_> = balancer.snat_addresses.iter().map(|address| address.value).collect();
    let vip = || addresses(vips.iter().map(|(_, vip)| vip.address.value).collect());
    card.addresses.extend((!vips.is_empty()).then(|| format!("VIP {}", vip())));
    card.addresses.extend((!snat.is_empty()).then(|| format!("SNAT {}", addresses(snat))));
    let mut lines = vec![clean(&format!("load balancer {}", balancer.path))];
    for (endpoint, vip) in vips {
        lines.push(clean(&format!(
            "{} for {} ({})",
            vip.address.value,
            topology.group(endpoint.group).path,
            endpoint.role.title()
        )));
    }
    lines.push(draft.declared(&balancer.path, balancer.span));
    lines.dedup();
    card.tip = lines.join("\n");
    draft.mark_balancer(&mut card, balancer);
    card
}

/// The firewalls of a site at the borders that they guard.
fn walls(draft: &mut Draft<'_>, site: SiteId, cut: Cut<'_>, parts: &mut SiteParts) {
    let topology = draft.plans.topology;
    let wanted = |firewall: &&Firewall| cut.only.is_none_or(|(_, walls)| walls.contains(&firewall.id));
    for firewall in topology.firewalls_at(site).filter(wanted) {
        let zones: BTreeSet<Zone> = firewall.joins.iter().map(|end| topology.network(end.value).zone).collect();
        if !cut.internal && zones.iter().all(|zone| *zone == Zone::Internal) {
            continue;
        }
        let strip = Strip::Wall(wall(draft, firewall));
        match (zones.contains(&Zone::Internet), zones.contains(&Zone::Perimeter), zones.contains(&Zone::Internal)) {
            (true, true, _) => parts.outer.push(strip),
            (true, false, _) | (false, true, true) => parts.inner.push(strip),
            (false, true, false) => parts.perimeter.insert(0, strip),
            (false, false, _) => parts.internal.insert(0, strip),
        }
    }
}

/// The box of a firewall.
pub(super) fn wall(draft: &mut Draft<'_>, firewall: &Firewall) -> NodeId {
    let topology = draft.plans.topology;
    let plans = draft.plans.firewalls();
    let plan = plans.binary_search_by(|plan| plan.path.cmp(&firewall.path)).ok().map(|at| &plans[at]);
    let mut node = node(&firewall.path, Icon::Firewall, Family::Network, "Firewall", &firewall.name);
    node.facts.push(firewall.dialect.word().to_owned());
    node.facts.extend(plan.map(|plan| counted(plan.rules.len(), "rule", "rules")));
    let mut lines = vec![clean(&format!("firewall {}", firewall.path))];
    for end in &firewall.joins {
        let network = topology.network(end.value);
        lines.push(clean(&format!("joins {} {}", network.path, network.range)));
    }
    for nat in &firewall.nats {
        lines.push(format!("translates {} to {}", nat.public.value, nat.inside.value));
    }
    lines.push(draft.declared(&firewall.path, firewall.span));
    node.tip = lines.join("\n");
    draft.mark_firewall(&mut node, firewall);
    let id = draft.add(node);
    draft.walls.insert(firewall.id, id);
    id
}

/// The lines of firewalls to the networks that they join, for those that are in the picture.
pub(super) fn joins(draft: &mut Draft<'_>) {
    let topology = draft.plans.topology;
    for (id, wall) in draft.walls.clone() {
        let firewall = topology.firewall(id);
        let ends: Vec<NodeId> = firewall.joins.iter().filter_map(|end| draft.networks.get(&end.value).copied()).collect();
        draft.line(LineKind::Joins, vec![wall], ends, String::new(), clean(&format!("{} joins them", firewall.path)));
    }
}

/// The WAN links that join a site with others, or these with each other.
pub(super) fn links_around(topology: &Topology, site: SiteId, others: impl Iterator<Item = SiteId>) -> Vec<&WanLink> {
    let mut others: Vec<SiteId> = others.collect();
    // What joins two of the others is a link of each, so those of the one with most links need not be looked at: for a branch that is
    // the hub, which has a link to everybody.
    others.sort_by_key(|other| topology.wan_links_at(*other).len());
    others.pop();
    let mut links: Vec<&WanLink> = [site].into_iter().chain(others).flat_map(|site| topology.wan_links_at(site)).collect();
    links.sort_by_key(|link| link.id);
    links.dedup_by_key(|link| link.id);
    links
}

/// The lines of WAN links: between the boxes of the sites, or of the networks, that they join.
pub(super) fn wan<'a>(draft: &mut Draft<'_>, site_box: &BTreeMap<SiteId, NodeId>, links: impl IntoIterator<Item = &'a WanLink>) {
    let topology = draft.plans.topology;
    // Pairs of which one is the box of a site: its text names the link.
    let mut pairs: BTreeSet<(NodeId, NodeId)> = BTreeSet::new();
    for link in links {
        let site = |end: &Spanned<NetworkId>| topology.network(end.value).site;
        let Some((first, rest)) = link.joins.split_first() else { continue };
        if rest.iter().all(|end| site(end) == site(first)) {
            continue;
        }
        let mut ends: Vec<NodeId> = Vec::new();
        for end in &link.joins {
            let site = topology.network(end.value).site.and_then(|site| site_box.get(&site));
            let end = draft.networks.get(&end.value).or(site).copied();
            ends.extend(end.filter(|end| !ends.contains(end)));
        }
        let (boxes, near): (Vec<NodeId>, Vec<NodeId>) =
            ends.into_iter().partition(|end| draft.picture.node(*end).family == Family::Site);
        match (near.split_first(), boxes.split_first()) {
            (Some(_), Some(_)) => {
                let each = near.iter().flat_map(|near| boxes.iter().map(move |far| (*near.min(far), *near.max(far))));
                pairs.extend(each);
            }
            (None, Some((first, rest))) => pairs.extend(rest.iter().map(|far| (*first.min(far), *first.max(far)))),
            (Some((first, rest)), None) if !rest.is_empty() => {
                let speed = link.bandwidth.map(|bits| format!(" · {}", bandwidth(bits))).unwrap_or_default();
                let label = clean(&format!("{}{}{speed}", draft.link_mark(link), link.name));
                let latency = link.latency.as_ref().map(|latency| format!(" · {} ms", latency.value)).unwrap_or_default();
                let tip =
                    clean(&format!("WAN link {}{speed}{latency}", link.path)) + "\n" + &draft.declared(&link.path, link.span);
                draft.line(LineKind::Wan, vec![*first], rest.to_vec(), label, tip);
            }
            _ => {}
        }
    }
    fans(draft, pairs);
}

/// One line from the box with most links to all its others, and so on.
fn fans(draft: &mut Draft<'_>, mut pairs: BTreeSet<(NodeId, NodeId)>) {
    while !pairs.is_empty() {
        let mut degrees: BTreeMap<NodeId, usize> = BTreeMap::new();
        for (left, right) in &pairs {
            *degrees.entry(*left).or_default() += 1;
            *degrees.entry(*right).or_default() += 1;
        }
        let Some(hub) =
            degrees.into_iter().max_by_key(|(node, degree)| (*degree, std::cmp::Reverse(*node))).map(|(node, _)| node)
        else {
            return;
        };
        let (own, rest): (BTreeSet<_>, BTreeSet<_>) = pairs.into_iter().partition(|(left, right)| *left == hub || *right == hub);
        let far = own.into_iter().map(|(left, right)| if left == hub { right } else { left }).collect();
        draft.line(LineKind::Wan, vec![hub], far, String::new(), "WAN links; the boxes of the sites name them".to_owned());
        pairs = rest;
    }
}
