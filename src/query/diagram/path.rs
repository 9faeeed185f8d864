//! Connections hop by hop: the answer of `trace` as a picture, a column for each way.

use std::collections::BTreeMap;

use super::draft::{Draft, node};
use super::groups;
use super::structure::{bar, cell, wall};
use super::traffic::{kind, label};
use super::view::Style;
use super::words::{clean, counted};
use crate::diagram::{Band, Family, Icon, Line, LineKind, Node, NodeId, Picture, Site, Strip, Tone};
use crate::model::{Named, Topology};
use crate::plan::Plans;
use crate::product::{PortRange, Transport};
use crate::query::answer::{HopKind, Party};
use crate::query::trace::{Trace, Way};

/// So many ways are side by side.
const WAYS: usize = 2;
/// A card names so many parties.
const PARTIES: usize = 4;

/// The picture of an answer.
pub(super) fn picture(plans: Plans<'_>, trace: &Trace, style: Style<'_>) -> Picture {
    let (from, to) = (&trace.from, &trace.to);
    let mut draft = Draft::new(plans, style, &format!("from {from} to {to}"), "connections hop by hop");
    // Flows with one way and the same parties share a column.
    let mut ways: BTreeMap<Vec<String>, Vec<&Way>> = BTreeMap::new();
    for way in &trace.ways {
        let hops = way.hops.iter().map(|hop| hop.path.clone());
        let ends = way.from.iter().chain(&way.to).map(|party| format!("{} {}", party.path, party.address));
        ways.entry(hops.chain(ends).collect()).or_default().push(way);
    }
    let mut ways: Vec<Vec<&Way>> = ways.into_values().collect();
    ways.sort_by(|left, right| left[0].flow.cmp(&right[0].flow));
    let mut cells = Vec::new();
    for (at, ways) in ways.iter().take(WAYS).enumerate() {
        let flows: Vec<&str> = ways.iter().map(|way| way.flow.as_str()).collect();
        draft.picture.sites.push(Site {
            id: format!("way {}", at + 1),
            title: format!("way {}", at + 1),
            facts: vec![clean(&flows.join(", "))],
            tip: String::new(),
            link: None,
            columns: 2,
        });
        let strips = column(&mut draft, at, ways);
        cells.extend(cell(at, strips));
        for way in ways {
            let rules: Vec<String> = way.rules.iter().map(|rule| format!("{} on {}", rule.rule, rule.firewall)).collect();
            let rules = if rules.is_empty() { "no firewall".to_owned() } else { rules.join(", ") };
            let ports = label(ports(way).iter(), usize::MAX);
            draft.picture.notes.push(clean(&format!("{}: {ports}, {}, {}; {rules}", way.flow, way.application, way.purpose)));
        }
    }
    if ways.is_empty() {
        draft.picture.notes.push(clean(&format!("There is no flow from {from} to {to}: traffic that is not listed is blocked.")));
    }
    if ways.len() > WAYS {
        draft.picture.notes.push(format!(
            "Not drawn: {}. `ocstopo trace` lists all of them.",
            counted(ways.len() - WAYS, "more way", "more ways")
        ));
    }
    draft.picture.bands = vec![Band { title: String::new(), tone: Tone::Internal, border: Vec::new(), cells, across: None }];
    draft.picture.description =
        clean(&format!("{} from {from} to {to}, hop by hop.", counted(trace.connections, "connection", "connections")));
    draft.picture
}

fn ports(way: &Way) -> Vec<(Transport, PortRange)> {
    way.transports.iter().flat_map(|transport| way.ports.iter().map(|ports| (*transport, *ports))).collect()
}

/// The boxes of a way from top to bottom, each with a line to the next.
fn column(draft: &mut Draft<'_>, at: usize, ways: &[&Way]) -> Vec<Strip> {
    let topology = draft.plans.topology;
    let Some(first) = ways.first() else { return Vec::new() };
    let mut strips: Vec<Strip> = Vec::new();
    let mut chain: Vec<NodeId> = Vec::new();
    let source = party(draft, at, "from", &first.from);
    strips.push(Strip::Cards(vec![source]));
    chain.push(source);
    for hop in &first.hops {
        let named = topology.by_path.get(&hop.path);
        let mut hop_box: Node = match (hop.kind, named) {
            (HopKind::Network, Some(Named::Network(network))) => copy(draft, |draft| bar(draft, topology.network(*network))),
            (HopKind::Firewall, Some(Named::Firewall(firewall))) => {
                copy(draft, |draft| wall(draft, topology.firewall(*firewall)))
            }
            (HopKind::WanLink, _) => node(&hop.path, Icon::Wan, Family::Network, "WAN link", &hop.path),
            _ => node(&hop.path, Icon::Network, Family::Network, "Network", &hop.path),
        };
        hop_box.name = clean(&hop.path);
        if hop.kind == HopKind::Firewall {
            let mut rules: Vec<&str> = ways
                .iter()
                .flat_map(|way| &way.rules)
                .filter(|rule| rule.firewall == hop.path)
                .map(|rule| rule.rule.as_str())
                .collect();
            rules.dedup();
            hop_box.facts = vec![clean(&format!("rule {}", rules.join(", ")))];
        }
        hop_box.id = format!("{} (way {})", hop_box.id, at + 1);
        let id = draft.add(hop_box);
        strips.push(if hop.kind == HopKind::Firewall { Strip::Wall(id) } else { Strip::Bar(id) });
        chain.push(id);
    }
    let target = party(draft, at, "to", &first.to);
    strips.push(Strip::Cards(vec![target]));
    chain.push(target);
    let all: Vec<(Transport, PortRange)> = ways.iter().flat_map(|way| ports(way)).collect();
    let kind: LineKind = kind(all.iter().map(|(transport, _)| *transport));
    let mut spoken = all.clone();
    spoken.sort_unstable();
    spoken.dedup();
    for (step, pair) in chain.windows(2).enumerate() {
        // The ports are at the ends of the connection.
        let label = if step == 0 || step + 2 == chain.len() { label(spoken.iter(), 3) } else { String::new() };
        let walls = vec![pair[0], pair[1]];
        draft.picture.lines.push(Line { kind, from: vec![pair[0]], to: vec![pair[1]], label, tip: String::new(), walls });
    }
    strips
}

/// A box as another view draws it, as a new one.
fn copy(draft: &mut Draft<'_>, make: impl FnOnce(&mut Draft<'_>) -> NodeId) -> Node {
    let before = draft.picture.nodes.len();
    let id = make(draft);
    let node = draft.picture.node(id).clone();
    draft.cut(before);
    node
}

/// The parties on one side: the card of their group, or of all of them.
fn party(draft: &mut Draft<'_>, at: usize, side: &str, parties: &[Party]) -> NodeId {
    let topology = draft.plans.topology;
    let group_of = |party: &Party| group_of(topology, &party.path);
    let first = parties.first();
    let group = first.and_then(group_of).filter(|group| parties.iter().all(|party| group_of(party) == Some(*group)));
    let mut card = match (group, first) {
        (Some(group), _) => groups::card(draft, topology.group(group)),
        (None, Some(first)) if parties.len() == 1 => single(draft, first),
        _ => node("", Icon::Network, Family::Network, "Several", &counted(parties.len(), "party", "parties")),
    };
    if let (Some(group), true) = (group, !parties.is_empty()) {
        card.name = clean(&topology.group(group).path);
    }
    card.addresses = parties.iter().take(PARTIES).map(shown).collect();
    if parties.len() > PARTIES {
        card.addresses.push(format!("and {} more", parties.len() - PARTIES));
    }
    card.tip =
        parties.iter().take(40).map(|party| clean(&format!("{} {}", party.path, shown(party)))).collect::<Vec<_>>().join("\n");
    card.id = format!("{} (way {}, {side})", card.id, at + 1);
    draft.add(card)
}

fn single(draft: &mut Draft<'_>, party: &Party) -> Node {
    let topology = draft.plans.topology;
    match topology.by_path.get(&party.path) {
        Some(Named::Network(network)) if topology.network(*network).span.is_some() => {
            copy(draft, |draft| bar(draft, topology.network(*network)))
        }
        _ => node(&party.path, Icon::Internet, Family::Outside, "Internet", &party.path),
    }
}

/// An address, and the public one where a firewall translates.
fn shown(party: &Party) -> String {
    let own = if party.address.prefix_len() == 32 { party.address.addr().to_string() } else { party.address.to_string() };
    match party.public {
        Some(public) => format!("{public} → {own}"),
        None => own,
    }
}

fn group_of(topology: &Topology, path: &str) -> Option<crate::model::GroupId> {
    match topology.by_path.get(path)? {
        Named::Group(group) => Some(*group),
        Named::Server(server) => Some(topology.server(*server).group),
        _ => None,
    }
}
