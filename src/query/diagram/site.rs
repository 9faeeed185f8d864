//! One site with all its servers, and the sites that WAN links lead to.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use super::overview::{COLUMNS, bands_of, column, counted_card, internet, site_card};
use super::structure::{Cut, Merge, SiteParts, cell, joins, links_around, site, wan};
use super::view::{MOST_BOXES, Part, Style, View};
use super::words::{clean, counted};
use crate::diagram::{Band, NodeId, Picture, Strip, Tone};
use crate::model::{Firewall, NetworkId, SiteId};
use crate::plan::Plans;
use crate::query::choice::write_one;

pub(super) const VIEW: View = View {
    word: "site",
    title: "One site with all its servers; `--site` names it",
    is_of_one_site: true,
    picture: |plans, site, style| picture(plans, the_site(plans, site)?, style),
    traffic: Some(Part::Everything),
};

/// So many neighbours are drawn.
const NEIGHBOURS: usize = 10;

/// The site that is asked for, or the only one.
fn the_site(plans: Plans<'_>, site: Option<SiteId>) -> Result<SiteId, String> {
    let sites = &plans.topology.sites;
    match (site, sites.as_slice()) {
        (Some(site), _) => Ok(site),
        (None, [only]) => Ok(only.id),
        _ => Err(format!("`--view site` needs `--site`: {}", write_one(sites.iter().map(|site| site.name.as_str())))),
    }
}

fn picture(plans: Plans<'_>, id: SiteId, style: Style<'_>) -> Result<Picture, String> {
    let mut drawn = Picture::default();
    for merge in [Merge::Nothing, Merge::Helpers, Merge::Kinds] {
        drawn = one(plans, id, merge, style);
        if drawn.nodes.len() <= MOST_BOXES {
            break;
        }
    }
    Ok(drawn)
}

fn one(plans: Plans<'_>, id: SiteId, merge: Merge, style: Style<'_>) -> Picture {
    let topology = plans.topology;
    let name = &topology.site(id).name;
    let mut draft = Draft::new(plans, style, &format!("site {name}"), "servers, networks, firewalls and WAN links");
    let joins_internet = |firewall: &Firewall| firewall.joins.iter().any(|end| end.value == NetworkId::INTERNET);
    let faces_internet = topology.firewalls_at(id).any(joins_internet);
    let internet = faces_internet.then(|| internet(&mut draft));
    let parts: SiteParts = site(&mut draft, id, Cut::all(merge));
    let columns = parts.between.max(parts.widest).clamp(1, COLUMNS);
    let site_column = column(&draft, id, columns);
    let facts = site_column.facts.join(", ");
    draft.picture.sites.push(site_column);
    draft.picture.sites[0].link = None;
    let mut bands = bands_of([parts].into_iter());
    bands[0].across = internet;
    let mut bands: Vec<Band> =
        bands.into_iter().filter(|band| band.across.is_some() || !band.border.is_empty() || !band.cells.is_empty()).collect();
    let boxes = neighbours(&mut draft, id, &mut bands);
    draft.picture.bands = bands;
    joins(&mut draft);
    let links = links_around(topology, id, boxes.keys().copied());
    wan(&mut draft, &boxes, links);
    draft.picture.description = clean(&format!("The site {name} ({facts}) in bands from the internet to the inside."));
    draft.picture
}

/// The sites that WAN links of a site lead to.
fn neighbours(draft: &mut Draft<'_>, id: SiteId, bands: &mut Vec<Band>) -> BTreeMap<SiteId, NodeId> {
    let topology = draft.plans.topology;
    let mut far: BTreeSet<SiteId> = BTreeSet::new();
    for link in topology.wan_links_at(id) {
        far.extend(link.joins.iter().filter_map(|end| topology.network(end.value).site));
    }
    far.remove(&id);
    let far: Vec<SiteId> = far.into_iter().collect();
    let mut boxes = BTreeMap::new();
    let mut cards = Vec::new();
    let shown = if far.len() > NEIGHBOURS { NEIGHBOURS - 1 } else { far.len() };
    for site in &far[..shown] {
        let card = site_card(draft, *site);
        let card = draft.add(card);
        boxes.insert(*site, card);
        cards.push(card);
    }
    if far.len() > shown {
        let mut card = counted_card(draft, &far[shown..]);
        card.facts.insert(0, format!("linked, of {}", counted(topology.sites.len(), "site", "sites")));
        cards.push(draft.add(card));
    }
    if !cards.is_empty() {
        let cells = cell(0, vec![Strip::Cards(cards)]).into_iter().collect();
        bands.push(Band { title: "Linked sites".to_owned(), tone: Tone::Plain, border: Vec::new(), cells, across: None });
    }
    boxes
}
