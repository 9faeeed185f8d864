//! Telephony: the telephone network, gateways, Mediation Servers, and the pools, edges and voice mail that they work with.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, node};
use super::groups::card;
use super::overview::{COLUMNS, column};
use super::structure::cell;
use super::view::{MOST_BOXES, Part, Style, View};
use super::words::{clean, counted};
use crate::diagram::{Band, Family, Icon, LineKind, Node, NodeId, Picture, Site, Strip, Tone};
use crate::model::{Detail, Group, GroupId, SiteId};
use crate::plan::Plans;
use crate::product::{GroupKind, Relation};

pub(super) const VIEW: View = View {
    word: "voice",
    title: "Gateways, Mediation Servers, and what they work with",
    is_of_one_site: false,
    picture,
    traffic: Some(Part::Voice),
};

/// What belongs to a site's telephony.
struct Telephony<'t> {
    site: SiteId,
    gateways: Vec<&'t Group>,
    mediation: Vec<&'t Group>,
    others: Vec<&'t Group>,
}

impl Telephony<'_> {
    fn boxes(&self) -> usize {
        self.gateways.len() + self.mediation.len() + self.others.len()
    }

    fn widest(&self) -> usize {
        self.gateways.len().max(self.mediation.len()).max(self.others.len().div_ceil(2))
    }
}

fn picture(plans: Plans<'_>, only: Option<SiteId>, style: Style<'_>) -> Result<Picture, String> {
    let topology = plans.topology;
    let mut all: Vec<Telephony<'_>> = topology
        .sites
        .iter()
        .filter(|site| only.is_none_or(|only| only == site.id))
        .map(|site| telephony(plans, site.id))
        .collect();
    all.retain(|site| site.boxes() > 0);
    if all.is_empty() {
        return Err(match only {
            Some(site) => format!("the site `{}` has no telephony", topology.site(site).name),
            None => "no site has telephony: there is no Mediation Server, media gateway or Exchange UM".to_owned(),
        });
    }
    all.sort_by_key(|site| (std::cmp::Reverse(site.boxes()), site.site));
    let mut draft = Draft::new(plans, style, "voice", "gateways, Mediation Servers, and what they work with");
    let mut outside = node("telephone network", Icon::Telephone, Family::Outside, "Telephone network", "Telephone network");
    outside.tip = "public telephone network".to_owned();
    let outside = draft.add(outside);
    let widths = widths(&all);
    let shown = widths.len();
    let mut bands = [("Gateways", Tone::Internal), ("Mediation", Tone::Internal), ("Core", Tone::Internal)]
        .map(|(title, tone)| Band { title: title.to_owned(), tone, border: Vec::new(), cells: Vec::new(), across: None });
    for (at, (about, columns)) in all.iter().zip(&widths).enumerate() {
        let mut site = column(&draft, about.site, *columns);
        site.facts.truncate(1);
        draft.picture.sites.push(Site { link: None, ..site });
        for (band, groups) in [&about.gateways, &about.mediation, &about.others].into_iter().enumerate() {
            let cards: Vec<NodeId> = groups.iter().map(|group| put(&mut draft, group)).collect();
            let strips = if cards.is_empty() { Vec::new() } else { vec![Strip::Cards(cards)] };
            bands[band].cells.extend(cell(at, strips));
        }
    }
    let [gateways, mediation, core] = bands;
    let top =
        Band { title: "Outside".to_owned(), tone: Tone::Internet, border: Vec::new(), cells: Vec::new(), across: Some(outside) };
    draft.picture.bands =
        [top, gateways, mediation, core].into_iter().filter(|band| band.across.is_some() || !band.cells.is_empty()).collect();
    lines(&mut draft, outside);
    if all.len() > shown {
        let rest = counted(all.len() - shown, "more site", "more sites");
        draft.picture.notes.push(format!("Not drawn: the telephony of {rest}. `--site` draws it."));
    }
    draft.picture.description =
        format!("The telephony of {}: gateways, Mediation Servers, and what they work with.", counted(shown, "site", "sites"));
    Ok(draft.picture)
}

/// How wide the sites are that fit, the first ones.
fn widths(all: &[Telephony<'_>]) -> Vec<usize> {
    let (mut left, mut boxes) = (COLUMNS, 1);
    let mut widths = Vec::new();
    for site in all {
        boxes += site.boxes();
        if left == 0 || (boxes > MOST_BOXES && !widths.is_empty()) {
            break;
        }
        // A site takes what the others leave it.
        let others = (all.len() - widths.len() - 1).min(2);
        let width = site.widest().clamp(1, left.saturating_sub(others).max(1));
        left -= width;
        widths.push(width);
    }
    widths
}

fn telephony(plans: Plans<'_>, site: SiteId) -> Telephony<'_> {
    let topology = plans.topology;
    let of = |kind: GroupKind| -> Vec<&Group> { topology.groups_at(site).filter(|group| group.kind == kind).collect() };
    let (gateways, mediation) = (of(GroupKind::MediaGateway), of(GroupKind::MediationServer));
    let mut others: BTreeSet<GroupId> = of(GroupKind::ExchangeUm).iter().map(|group| group.id).collect();
    if !mediation.is_empty() || !others.is_empty() {
        for group in &mediation {
            others.extend(group.related(Relation::NextHop).chain(group.related(Relation::AvEdge)));
        }
        let uses = |group: &&Group| group.related(Relation::ExchangeUm).any(|um| others.contains(&um));
        let pools: Vec<GroupId> = topology.groups_at(site).filter(uses).map(|group| group.id).collect();
        others.extend(pools);
    }
    let own = others.into_iter().map(|id| topology.group(id)).filter(|group| group.site == site);
    Telephony { site, gateways, mediation, others: own.collect() }
}

fn put(draft: &mut Draft<'_>, group: &Group) -> NodeId {
    let mut card: Node = card(draft, group);
    if let Detail::Mediation { location_profile: Some(profile), .. } | Detail::Pool { location_profile: Some(profile), .. } =
        &group.detail
    {
        card.facts.push(clean(&format!("profile {}", profile.value)));
    }
    let id = draft.add(card);
    draft.groups.insert(group.id, id);
    id
}

/// What each works with, for what is in the picture.
fn lines(draft: &mut Draft<'_>, outside: NodeId) {
    let topology = draft.plans.topology;
    let drawn: BTreeMap<GroupId, NodeId> = draft.groups.clone();
    let gateways: Vec<NodeId> = drawn
        .iter()
        .filter(|(group, _)| topology.group(**group).kind == GroupKind::MediaGateway)
        .map(|(_, node)| *node)
        .collect();
    draft.line(LineKind::Trunk, vec![outside], gateways, String::new(), "telephone lines".to_owned());
    let words = [
        (Relation::Gateway, "gateway"),
        (Relation::NextHop, "next hop"),
        (Relation::AvEdge, "media relay"),
        (Relation::ExchangeUm, "voice mail"),
    ];
    for (group, from) in &drawn {
        let about = topology.group(*group);
        for (relation, label) in words.into_iter().filter(|_| about.kind != GroupKind::EdgeArray) {
            for (to, target) in
                about.related(relation).filter_map(|to| Some((topology.group(to), *drawn.get(&to)?))).collect::<Vec<_>>()
            {
                let tip = clean(&format!("{} → {}: {label}", about.path, to.path));
                draft.line(LineKind::Relation, vec![*from], vec![target], label.to_owned(), tip);
            }
        }
    }
}
