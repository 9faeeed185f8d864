//! The perimeter: firewalls, edge servers and reverse proxies with their names outside, and what they lead to inside.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::groups::card;
use super::overview::{COLUMNS, bands_of, column, internet, order, share};
use super::structure::{Cut, Merge, SiteParts, joins, site};
use super::view::{MOST_BOXES, Part, Style, View};
use super::words::{clean, counted};
use crate::diagram::{Band, LineKind, NodeId, Picture, Strip};
use crate::model::{Group, GroupId, SiteId};
use crate::plan::Plans;
use crate::product::{GroupKind, Relation, Side, Zone};

pub(super) const VIEW: View = View {
    word: "perimeter",
    title: "Edge servers, reverse proxies and firewalls with their names outside, and what they lead to",
    is_of_one_site: false,
    picture,
    traffic: Some(Part::Perimeter),
};

/// So many sites are side by side.
const SITES: usize = 3;
/// A card has so many names.
const NAMES: usize = 4;

fn picture(plans: Plans<'_>, only: Option<SiteId>, style: Style<'_>) -> Result<Picture, String> {
    let topology = plans.topology;
    let (order, edges) = order(plans);
    let all: Vec<SiteId> = match only {
        Some(site) => vec![site],
        None => order.into_iter().take(edges).collect(),
    };
    let has_perimeter = |site: SiteId| topology.networks_at(site).any(|network| network.zone == Zone::Perimeter);
    if !all.iter().any(|site| has_perimeter(*site)) {
        return Err(match only {
            Some(site) => format!("the site `{}` has no perimeter", topology.site(site).name),
            None => "no site has a perimeter: no network says `zone = perimeter`".to_owned(),
        });
    }
    let mut drawn = Picture::default();
    for sites in (1..=SITES.min(all.len())).rev() {
        drawn = some(plans, &all, sites, style);
        if drawn.nodes.len() <= MOST_BOXES {
            break;
        }
    }
    Ok(drawn)
}

fn some(plans: Plans<'_>, all: &[SiteId], shown: usize, style: Style<'_>) -> Picture {
    let topology = plans.topology;
    let mut draft = Draft::new(plans, style, "perimeter", "edge servers, reverse proxies, firewalls, and what they lead to");
    let internet = internet(&mut draft);
    let mut parts: Vec<SiteParts> = Vec::new();
    for id in &all[..shown] {
        parts.push(site(&mut draft, *id, Cut { merge: Merge::Nothing, internal: false, only: None }));
    }
    for (group, node) in draft.groups.clone() {
        let names = outside_names(&draft, topology.group(group));
        draft.picture.nodes[node.0].addresses.extend(names);
    }
    let led_to = next_hops(&mut draft, &all[..shown]);
    for (part, id) in parts.iter_mut().zip(all) {
        let cards: Vec<NodeId> = led_to.values().filter(|(site, _)| site == id).map(|(_, card)| *card).collect();
        part.widest = cards.len();
        part.internal = if cards.is_empty() { Vec::new() } else { vec![Strip::Cards(cards)] };
    }
    for (id, columns) in all.iter().zip(share(&parts)) {
        let mut column = column(&draft, *id, columns.min(COLUMNS));
        column.facts.truncate(1);
        draft.picture.sites.push(column);
    }
    let bands = bands_of(parts.into_iter());
    let mut bands: Vec<Band> = bands.into();
    bands[0].across = Some(internet);
    draft.picture.bands =
        bands.into_iter().filter(|band| band.across.is_some() || !band.border.is_empty() || !band.cells.is_empty()).collect();
    joins(&mut draft);
    let rest = all.len() - shown;
    if rest > 0 {
        draft
            .picture
            .notes
            .push(format!("Not drawn: the perimeter of {}. `--site` draws it.", counted(rest, "more site", "more sites")));
    }
    draft.picture.description = format!(
        "The perimeter of {}: what is reachable from the internet, by which names, and where it leads.",
        counted(shown, "site", "sites")
    );
    draft.picture
}

/// The names by which outsiders know a group.
fn outside_names(draft: &Draft<'_>, group: &Group) -> Vec<String> {
    let topology = draft.plans.topology;
    let mut names: Vec<String> = Vec::new();
    if group.kind == GroupKind::ReverseProxy {
        let sites = draft.plans.publishing().proxy(group.id).into_iter().flat_map(|proxy| &proxy.sites);
        names.extend(sites.filter_map(|site| site.names.first()).map(|name| name.name.to_string()));
    } else {
        let outside = group.endpoints.iter().map(|id| topology.endpoint(*id)).filter(|endpoint| endpoint.side == Side::Outside);
        names.extend(outside.filter_map(|endpoint| endpoint.fqdn.as_ref()).map(|name| name.value.to_string()));
    }
    names.dedup();
    if names.len() > NAMES {
        let more = names.len() - NAMES + 1;
        names.truncate(NAMES - 1);
        names.push(format!("and {more} more"));
    }
    names
}

/// The groups that those of the perimeter lead to, with their lines, and the site in which they are drawn.
fn next_hops(draft: &mut Draft<'_>, sites: &[SiteId]) -> BTreeMap<GroupId, (SiteId, NodeId)> {
    let topology = draft.plans.topology;
    let mut led_to = BTreeMap::new();
    let from: Vec<(GroupId, NodeId)> = draft.groups.iter().map(|(group, node)| (*group, *node)).collect();
    for (group, from) in from {
        let about = topology.group(group);
        for (relation, label) in [(Relation::NextHop, "next hop"), (Relation::Publishes, "publishes")] {
            for to in about.related(relation).collect::<Vec<_>>() {
                let target = topology.group(to);
                let mut card = card(draft, target);
                let at = if sites.contains(&target.site) { target.site } else { about.site };
                if at != target.site {
                    card.name = clean(&target.path);
                }
                let card = draft.add(card);
                led_to.entry(to).or_insert((at, card));
                let tip = clean(&format!("{} → {}: {label}", about.path, target.path));
                draft.line(LineKind::Relation, vec![from], vec![card], label.to_owned(), tip);
            }
        }
    }
    led_to
}
