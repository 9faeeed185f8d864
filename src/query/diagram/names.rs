//! Names in DNS: what outsiders look up, what computers inside look up, and the servers that the answers lead to.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::draft::{Draft, node};
use super::groups::card;
use super::kinds::look;
use super::overview::{COLUMNS, column};
use super::structure::cell;
use super::view::{MOST_BOXES, Style, View};
use super::words::{clean, counted};
use crate::catalog::DnsView;
use crate::diagram::{Band, Family, Icon, LineKind, Node, NodeId, Picture, Site, Strip, Tone};
use crate::model::{GroupId, SiteId, Topology};
use crate::plan::Plans;
use crate::plan::dns::{Record, RecordData};

pub(super) const VIEW: View = View {
    word: "names",
    title: "Names in DNS, outside and inside, and where they lead",
    is_of_one_site: false,
    picture,
    traffic: None,
};

/// A card has so many names.
const NAMES: usize = 6;

/// A tooltip has so many records.
const TOLD: usize = 60;

/// The records that lead to a group, by view.
type Names<'a> = BTreeMap<GroupId, BTreeMap<DnsView, Vec<&'a Record>>>;

fn picture(plans: Plans<'_>, only: Option<SiteId>, style: Style<'_>) -> Result<Picture, String> {
    let topology = plans.topology;
    let mut names = names(plans);
    names.retain(|group, _| only.is_none_or(|site| topology.group(*group).site == site));
    if names.is_empty() {
        return Err("no name of the topology leads there".to_owned());
    }
    let mut sites: BTreeMap<SiteId, Vec<GroupId>> = BTreeMap::new();
    for group in names.keys() {
        sites.entry(topology.group(*group).site).or_default().push(*group);
    }
    let mut order: Vec<(SiteId, Vec<GroupId>)> = sites.into_iter().collect();
    for (_, groups) in &mut order {
        // Those with names outside first: their cards are below each other.
        groups.sort_by_key(|group| {
            let about = topology.group(*group);
            let outside = names[group].contains_key(&DnsView::External);
            (!outside, look(about.kind, topology.organization.product).order, *group)
        });
    }
    order.sort_by_key(|(site, groups)| {
        let outside = groups.iter().filter(|group| names[group].contains_key(&DnsView::External)).count();
        (std::cmp::Reverse(outside), std::cmp::Reverse(groups.len()), *site)
    });
    Ok(drawn(plans, &names, &order, style))
}

fn drawn(plans: Plans<'_>, names: &Names<'_>, order: &[(SiteId, Vec<GroupId>)], style: Style<'_>) -> Picture {
    let mut draft = Draft::new(plans, style, "names", "what is looked up outside and inside, and where it leads");
    let mut left = COLUMNS;
    let mut bands = [("Names outside", Tone::Internet), ("Servers, names inside", Tone::Internal)].map(|(title, tone)| Band {
        title: title.to_owned(),
        tone,
        border: Vec::new(),
        cells: Vec::new(),
        across: None,
    });
    let mut shown = 0;
    for (at, (site, groups)) in order.iter().enumerate() {
        let boxes: usize = groups.iter().map(|group| 1 + names[group].len()).sum();
        if left == 0 || (at > 0 && draft.picture.nodes.len() + boxes > MOST_BOXES) {
            break;
        }
        let columns = groups.len().clamp(1, left.saturating_sub((order.len() - at - 1).min(2)).max(1));
        left -= columns;
        shown += 1;
        let mut column = column(&draft, *site, columns);
        column.facts.truncate(1);
        draft.picture.sites.push(Site { link: None, ..column });
        let mut cards: [Vec<NodeId>; 2] = Default::default();
        for group in groups {
            if draft.picture.nodes.len() + 2 > MOST_BOXES {
                let rest = counted(groups.len() - cards[1].len(), "more group", "more groups");
                draft.picture.notes.push(format!("Not drawn: the names of {rest} of this site."));
                break;
            }
            let mut own = card(&draft, plans.topology.group(*group));
            own.facts.clear();
            let inside = names[group].get(&DnsView::Internal).map(Vec::as_slice).unwrap_or_default();
            let (shown, told) = owners_of(&draft, *group, inside);
            own.addresses = shown;
            own.tip = format!("{}\n{}", own.tip, told.join("\n"));
            let own = draft.add(own);
            cards[1].push(own);
            if let Some(records) = names[group].get(&DnsView::External) {
                let card = names_card(&draft, *group, records);
                let card = draft.add(card);
                cards[0].push(card);
                draft.line(LineKind::Relation, vec![card], vec![own], String::new(), "leads to".to_owned());
            }
        }
        for (band, cards) in bands.iter_mut().zip(cards) {
            let strips = if cards.is_empty() { Vec::new() } else { vec![Strip::Cards(cards)] };
            band.cells.extend(cell(at, strips));
        }
    }
    draft.picture.bands = bands.into_iter().filter(|band| !band.cells.is_empty()).collect();
    if order.len() > shown {
        let rest = counted(order.len() - shown, "more site", "more sites");
        draft.picture.notes.push(format!("Not drawn: the names of {rest}. `--site` draws them."));
    }
    draft.picture.description =
        format!("The names in DNS of {}, with the servers that they lead to.", counted(shown, "site", "sites"));
    draft.picture
}

/// Which records lead to which group: by address, by another name, as a service.
fn names(plans: Plans<'_>) -> Names<'_> {
    let topology = plans.topology;
    let owners = owners(topology);
    let mut led: BTreeMap<(DnsView, &str), BTreeSet<GroupId>> = BTreeMap::new();
    let mut names = Names::new();
    let all: Vec<(DnsView, &Record)> = plans.dns().records().map(|(view, _, record)| (view, record)).collect();
    for (view, record) in &all {
        let RecordData::A(address) = &record.data else { continue };
        for group in owners.get(address).into_iter().flatten() {
            led.entry((*view, record.owner.as_str())).or_default().insert(*group);
            names.entry(*group).or_default().entry(*view).or_default().push(*record);
        }
    }
    for (view, record) in &all {
        let target = match &record.data {
            RecordData::Cname(target) | RecordData::Srv { target, .. } => target,
            RecordData::A(_) | RecordData::Ptr(_) => continue,
        };
        for group in led.get(&(*view, target.as_str())).into_iter().flatten() {
            names.entry(*group).or_default().entry(*view).or_default().push(*record);
        }
    }
    names
}

/// The groups by their addresses, as clients see them.
fn owners(topology: &Topology) -> BTreeMap<Ipv4Addr, BTreeSet<GroupId>> {
    let mut owners: BTreeMap<Ipv4Addr, BTreeSet<GroupId>> = BTreeMap::new();
    for endpoint in &topology.endpoints {
        let vip = endpoint.vip.as_ref().map(|vip| vip.address.value);
        for address in endpoint.members.iter().map(|member| member.address.value).chain(vip) {
            owners.entry(address).or_default().insert(endpoint.group);
        }
    }
    let nats = topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
    for nat in nats {
        if let Some(groups) = owners.get(&nat.inside.value).cloned() {
            owners.entry(nat.public.value).or_default().extend(groups);
        }
    }
    owners
}

/// The names outside of a group.
fn names_card(draft: &Draft<'_>, group: GroupId, records: &[&Record]) -> Node {
    let about = draft.plans.topology.group(group);
    let id = format!("names of {} outside", about.path);
    let count = records.iter().map(|record| record.owner.as_str()).collect::<BTreeSet<_>>().len();
    let mut card = node(&id, Icon::Name, Family::Network, "Names in DNS", &counted(count, "name", "names"));
    let (shown, told) = owners_of(draft, group, records);
    card.addresses = shown;
    card.tip = format!("{}\n{}", clean(&id), told.join("\n"));
    card
}

/// The names of records: as many as a card has room for, and the records for a tooltip.
fn owners_of(draft: &Draft<'_>, group: GroupId, records: &[&Record]) -> (Vec<String>, Vec<String>) {
    let about = draft.plans.topology.group(group);
    // The name of the group first, then those of services, then those of single servers.
    let mut sorted: Vec<&&Record> = records.iter().collect();
    sorted.sort_by_key(|record| {
        let own = about.fqdn.as_ref().is_some_and(|fqdn| fqdn.value == record.owner);
        (!own, !matches!(record.data, RecordData::Srv { .. }), record.owner.as_str())
    });
    let (mut shown, mut told) = (Vec::new(), Vec::new());
    for record in sorted {
        let name = clean(record.owner.as_str());
        told.push(clean(&format!("{} {} {}", record.owner, record.data.record_type().word(), record.data)));
        if !shown.contains(&name) {
            shown.push(name);
        }
    }
    if shown.len() > NAMES {
        let more = shown.len() - NAMES + 1;
        shown.truncate(NAMES - 1);
        shown.push(format!("and {more} more"));
    }
    told.truncate(TOLD);
    (shown, told)
}
