//! The whole deployment: the sites with an edge or with most users in full, the others as a box each.

use std::collections::BTreeMap;

use super::draft::{Draft, node};
use super::structure::{Cut, Merge, SiteParts, cell, joins, site, wan};
use super::view::{MOST_BOXES, Part, Style, View};
use super::words::{bandwidth, clean, counted};
use crate::diagram::{Band, Cell, Family, Icon, Node, NodeId, Picture, Site, Strip, Tone};
use crate::model::{NetworkId, SiteId, WanLink};
use crate::plan::Plans;
use crate::product::Zone;

pub(super) const VIEW: View = View {
    word: "overview",
    title: "The sites with their pools, edges, firewalls and WAN links",
    is_of_one_site: false,
    picture: |plans, site, style| match site {
        None => Ok(picture(plans, style)),
        Some(_) => Err("`--view overview` shows all sites: use `--view site`".to_owned()),
    },
    traffic: Some(Part::Everything),
};

/// So many cards fit side by side.
pub(super) const COLUMNS: usize = 5;
/// So many sites are drawn in full.
const IN_FULL: usize = 3;
/// So many of the other sites have a box at least, and so many at most.
const FEWEST_OTHERS: usize = 15;
const MOST_OTHERS: usize = 30;
/// A tooltip names so many WAN links.
const LINKS: usize = 20;

/// The sites with their pools, edges, firewalls and WAN links.
pub fn picture(plans: Plans<'_>, style: Style<'_>) -> Picture {
    let (order, edges) = order(plans);
    // Of many sites those with an edge are drawn in full.
    let most = if order.len() <= IN_FULL { order.len() } else { edges.clamp(1, IN_FULL) };
    // With less and less in full, until it fits.
    for (full, merge) in [(most, Merge::Helpers), (2, Merge::Helpers), (1, Merge::Helpers), (1, Merge::Kinds)] {
        let full = full.min(most);
        let drawn = drawn(plans, style, &order, full, merge);
        let others = drawn.nodes.iter().filter(|node| node.family == Family::Site).count();
        let room = if order.len() > full { MOST_BOXES - FEWEST_OTHERS } else { MOST_BOXES };
        if drawn.nodes.len() - others <= room {
            return drawn;
        }
    }
    drawn(plans, style, &order, 0, Merge::Kinds)
}

/// The sites: those with a perimeter first, then those with most users; and how many have one.
pub(super) fn order(plans: Plans<'_>) -> (Vec<SiteId>, usize) {
    let topology = plans.topology;
    let mut edge = vec![false; topology.sites.len()];
    for network in topology.networks.iter().filter(|network| network.zone == Zone::Perimeter) {
        if let Some(site) = network.site {
            edge[site.index()] = true;
        }
    }
    let mut order: Vec<SiteId> = topology.sites.iter().map(|site| site.id).collect();
    order.sort_by_key(|id| {
        let users = topology.site(*id).users.as_ref().map_or(0, |users| users.value);
        (!edge[id.index()], std::cmp::Reverse(users), *id)
    });
    (order, edge.into_iter().filter(|edge| *edge).count())
}

fn drawn(plans: Plans<'_>, style: Style<'_>, order: &[SiteId], full: usize, merge: Merge) -> Picture {
    let topology = plans.topology;
    let mut draft = Draft::new(plans, style, "overview", "sites, pools, edges, firewalls and WAN links");
    let internet = internet(&mut draft);
    let (in_full, others) = order.split_at(full);
    let parts: Vec<SiteParts> = in_full.iter().map(|id| site(&mut draft, *id, Cut::all(merge))).collect();
    let columns = share(&parts);
    for (id, columns) in in_full.iter().zip(&columns) {
        let column = column(&draft, *id, *columns);
        draft.picture.sites.push(column);
    }
    if in_full.is_empty() {
        draft.picture.sites.push(unnamed(COLUMNS));
    }
    let mut bands = bands_of(parts.into_iter());
    bands[0].across = Some(internet);
    let mut bands: Vec<Band> =
        bands.into_iter().filter(|band| band.across.is_some() || !band.border.is_empty() || !band.cells.is_empty()).collect();
    let boxes = if others.is_empty() { BTreeMap::new() } else { other_sites(&mut draft, others, &mut bands) };
    draft.picture.bands = bands;
    joins(&mut draft);
    wan(&mut draft, &boxes, &topology.wan_links);
    let servers = topology.servers.len();
    draft.picture.description = format!(
        "{} with {} in bands from the internet to the inside: firewalls, edge servers, pools and what they need.",
        counted(order.len(), "site", "sites"),
        counted(servers, "server", "servers"),
    );
    draft.picture
}

/// The bands from the internet inwards with the parts of sites, which are in the order of their columns.
pub(super) fn bands_of(parts: impl Iterator<Item = SiteParts>) -> [Band; 3] {
    let band = |title: &str, tone| Band { title: title.to_owned(), tone, border: Vec::new(), cells: Vec::new(), across: None };
    let mut bands = [band("Internet", Tone::Internet), band("Perimeter", Tone::Perimeter), band("Internal", Tone::Internal)];
    for (at, part) in parts.enumerate() {
        bands[1].border.extend(cell(at, part.outer));
        bands[1].cells.extend(cell(at, part.perimeter));
        bands[2].border.extend(cell(at, part.inner));
        bands[2].cells.extend(cell(at, part.internal));
    }
    bands
}

/// The internet, as firewalls join it.
pub(super) fn internet(draft: &mut Draft<'_>) -> NodeId {
    let mut internet = node("internet", Icon::Internet, Family::Outside, "Internet", "Internet");
    internet.tip = "internet\nall other addresses".to_owned();
    let topology = draft.plans.topology;
    let outside = crate::flow::outsiders_in(draft.plans.flows);
    internet.facts.extend(outside.into_iter().map(|role| super::kinds::outsider(role).2.to_owned()));
    let id = draft.add(internet);
    if topology.networks.first().is_some_and(|network| network.id == NetworkId::INTERNET) {
        draft.networks.insert(NetworkId::INTERNET, id);
    }
    id
}

/// How many cards of each site are side by side: all of the perimeter if they can, and what is left where most cards are.
pub(super) fn share(parts: &[SiteParts]) -> Vec<usize> {
    let most = COLUMNS + 1 - parts.len().clamp(1, COLUMNS);
    let mut columns: Vec<usize> = parts.iter().map(|part| part.between.clamp(1, most)).collect();
    while columns.iter().sum::<usize>() > COLUMNS {
        let Some(widest) = columns.iter_mut().filter(|columns| **columns > 1).max() else { break };
        *widest -= 1;
    }
    while columns.iter().sum::<usize>() < COLUMNS {
        let wanting = |at: &usize| parts[*at].widest.max(parts[*at].between) > columns[*at];
        let fullest =
            (0..parts.len()).filter(wanting).max_by_key(|at| (parts[*at].widest / columns[*at], std::cmp::Reverse(*at)));
        let Some(fullest) = fullest else { break };
        columns[fullest] += 1;
    }
    columns
}

/// The column of a site that is drawn in full.
pub(super) fn column(draft: &Draft<'_>, id: SiteId, columns: usize) -> Site {
    let site = draft.plans.topology.site(id);
    let servers = draft.plans.topology.servers_at(id).len();
    let mut facts: Vec<String> = site.users.iter().map(|users| counted(users.value, "user", "users")).collect();
    facts.push(counted(servers, "server", "servers"));
    facts.extend(draft.site_loss(id));
    Site {
        id: clean(&site.name),
        title: clean(&site.name),
        tip: format!("site {}\n{}\n{}", clean(&site.name), facts.join(", "), draft.declared(&site.name, site.span)),
        facts,
        link: draft.site_link(&site.name),
        columns,
    }
}

/// A column without a frame.
pub(super) fn unnamed(columns: usize) -> Site {
    Site { id: String::new(), title: String::new(), facts: Vec::new(), tip: String::new(), link: None, columns }
}

/// The sites that have one box each, in a band of their own; those beyond the limit are counted.
fn other_sites(draft: &mut Draft<'_>, others: &[SiteId], bands: &mut Vec<Band>) -> BTreeMap<SiteId, NodeId> {
    let room = MOST_BOXES.saturating_sub(draft.picture.nodes.len()).min(MOST_OTHERS);
    let shown = if others.len() > room { room.saturating_sub(1) } else { others.len() };
    let mut boxes = BTreeMap::new();
    let mut cards = Vec::new();
    for id in others.iter().take(shown) {
        let card = site_card(draft, *id);
        let card = draft.add(card);
        boxes.insert(*id, card);
        cards.push(card);
    }
    if let Some(rest) = others.get(shown..).filter(|rest| !rest.is_empty()) {
        let card = counted_card(draft, rest);
        cards.push(draft.add(card));
    }
    let cells = deal(&draft.picture.sites, &cards);
    let title = if boxes.len() == draft.plans.topology.sites.len() { "Sites" } else { "More sites" };
    bands.push(Band { title: title.to_owned(), tone: Tone::Plain, border: Vec::new(), cells, across: None });
    boxes
}

/// Cards in rows across all sites.
pub(super) fn deal(sites: &[Site], cards: &[NodeId]) -> Vec<Cell> {
    let all: usize = sites.iter().map(|site| site.columns).sum();
    let mut dealt: Vec<Vec<NodeId>> = vec![Vec::new(); sites.len()];
    for row in cards.chunks(all.max(1)) {
        let mut row = row.iter().copied();
        for (dealt, site) in dealt.iter_mut().zip(sites) {
            dealt.extend(row.by_ref().take(site.columns));
        }
    }
    let cells = dealt.into_iter().enumerate().filter(|(_, cards)| !cards.is_empty());
    cells.filter_map(|(at, cards)| cell(at, vec![Strip::Cards(cards)])).collect()
}

/// A site in one box.
pub(super) fn site_card(draft: &Draft<'_>, id: SiteId) -> Node {
    let topology = draft.plans.topology;
    let site = topology.site(id);
    let mut card = node(&site.name, Icon::Site, Family::Site, "Site", &site.name);
    let servers = topology.servers_at(id).len();
    let users = site.users.as_ref().map(|users| format!("{}, ", counted(users.value, "user", "users"))).unwrap_or_default();
    card.facts.push(format!("{users}{}", counted(servers, "server", "servers")));
    let mut lines = vec![clean(&format!("site {}", site.name)), card.facts.join(", ")];
    let ours = |end: &crate::text::Spanned<NetworkId>| topology.network(end.value).site == Some(id);
    let words = |link: &WanLink| {
        let far = link.joins.iter().filter(|end| !ours(end)).map(|end| clean(&topology.network(end.value).path));
        let speed = link.bandwidth.map_or_else(|| "WAN".to_owned(), bandwidth);
        format!("{}{speed} to {}", draft.link_mark(link), far.collect::<Vec<_>>().join(", "))
    };
    let links = topology.wan_links_at(id);
    let count = links.len();
    let told: Vec<String> = links.take(LINKS).map(words).collect();
    card.facts.push(match told.as_slice() {
        [] => "no WAN link".to_owned(),
        [one] => one.clone(),
        _ => counted(count, "WAN link", "WAN links"),
    });
    lines.extend(told);
    if count > LINKS {
        lines.push(format!("and {} more", counted(count - LINKS, "WAN link", "WAN links")));
    }
    lines.push(draft.declared(&site.name, site.span));
    card.tip = lines.join("\n");
    card.link = draft.site_link(&site.name);
    draft.mark_site(&mut card, id);
    card
}

pub(super) fn counted_card(draft: &Draft<'_>, rest: &[SiteId]) -> Node {
    let topology = draft.plans.topology;
    let servers: usize = rest.iter().map(|site| topology.servers_at(*site).len()).sum();
    let users: u64 = rest.iter().filter_map(|id| topology.site(*id).users.as_ref()).map(|users| users.value).sum();
    let mut card =
        node("more sites", Icon::Site, Family::Site, "Sites, counted", &counted(rest.len(), "more site", "more sites"));
    card.facts.push(counted(users, "user", "users"));
    card.facts.push(counted(servers, "server", "servers"));
    let names: Vec<String> = rest.iter().take(40).map(|id| clean(&topology.site(*id).name)).collect();
    let more = if rest.len() > names.len() { format!(", and {} more", rest.len() - names.len()) } else { String::new() };
    card.tip = format!("{}{more}", names.join(", "));
    card
}
