//! The connections of a feature: who opens them to whom, through which firewalls, on which ports. Only who takes part is drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::draft::{Draft, node};
use super::kinds::outsider;
use super::overview::{COLUMNS, bands_of, column, counted_card, deal, order, share, site_card, unnamed};
use super::structure::{Cut, Merge, SiteParts, bar, site};
use super::view::{MOST_BOXES, Part, Style};
use super::words::{clean, counted};

use crate::diagram::{Band, Line, LineKind, NodeId, Picture, Strip, Tone};
use crate::flow::{Flow, Parties, Peer};
use crate::model::{FirewallId, GroupId, NetworkId, SiteId, Topology};
use crate::plan::Plans;
use crate::product::{Feature, GroupKind, PortRange, Role, Transport, Zone};

/// More ends of lines than these are not followed by anybody.
const MOST_ENDS: usize = 72;

/// So many sites that are not drawn in full have a box each.
const MOST_OTHERS: usize = 12;

/// What is drawn of a feature, less and less until it can be followed: sites in full, what is put together, and whether each
/// of the other sites has a box.
const LESS: [(usize, Merge, bool); 7] = [
    (3, Merge::Helpers, true),
    (2, Merge::Helpers, true),
    (2, Merge::Kinds, true),
    (1, Merge::Helpers, true),
    (1, Merge::Kinds, true),
    (1, Merge::Helpers, false),
    (1, Merge::Kinds, false),
];

/// A tooltip has at most so many lines.
const TIP: usize = 40;

/// Who opens or listens, as it is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Outside(Role),
    Group(GroupId),
    People(NetworkId),
    /// A site that is not drawn in full.
    Site(SiteId),
    /// All those.
    Others,
}

/// What is spoken between two of them.
#[derive(Debug, Default)]
struct Talk<'f> {
    ports: BTreeSet<(Transport, PortRange)>,
    flows: BTreeMap<&'f str, &'f Flow<'f>>,
    walls: BTreeSet<FirewallId>,
}

/// The picture of a feature's connections.
pub(super) fn picture(
    plans: Plans<'_>,
    feature: Feature,
    part: Part,
    only: Option<SiteId>,
    style: Style<'_>,
) -> Result<Picture, String> {
    let flows: Vec<&Flow<'_>> =
        plans.flows.flows.iter().filter(|flow| flow.features.iter().any(|(own, _)| *own == feature)).collect();
    let (mut sites, _) = order(plans);
    if let Some(only) = only {
        sites.sort_by_key(|site| *site != only);
    }
    let mut drawn = None;
    for (full, merge, each) in LESS {
        let full = if only.is_some() { 1 } else { full };
        let in_full = &sites[..full.min(sites.len())];
        let others = &sites[in_full.len()..];
        // Of many sites each speaks with each.
        if each && others.len() > MOST_OTHERS {
            continue;
        }
        let draft = Traffic { plans, feature, part, only, in_full, others, each, merge }.picture(&flows, style);
        let ends: usize = draft.lines.iter().map(|line| line.from.len() + line.to.len()).sum();
        let fits = draft.nodes.len() <= MOST_BOXES && ends <= MOST_ENDS;
        drawn = Some(draft);
        if fits {
            break;
        }
    }
    let none = || format!("`{}` has no connections in this view", feature.word());
    drawn.filter(|picture| !picture.lines.is_empty()).ok_or_else(none)
}

struct Traffic<'a> {
    plans: Plans<'a>,
    feature: Feature,
    part: Part,
    only: Option<SiteId>,
    in_full: &'a [SiteId],
    others: &'a [SiteId],
    each: bool,
    merge: Merge,
}

impl<'a> Traffic<'a> {
    fn picture(&self, flows: &[&'a Flow<'a>], style: Style<'_>) -> Picture {
        let talks = self.talks(flows);
        let word = self.feature.word();
        let mut draft =
            Draft::new(self.plans, style, &format!("connections of {word}"), "who opens connections to whom, on which ports");
        let owners: BTreeSet<Owner> = talks.keys().flat_map(|(from, to)| [*from, *to]).collect();
        let walls: BTreeSet<FirewallId> = talks.values().flat_map(|talk| talk.walls.iter().copied()).collect();
        let boxes = self.boxes(&mut draft, &owners, &walls);
        let mut lines: Vec<Line> =
            talks.iter().filter_map(|((from, to), talk)| line(&draft, &boxes, (*from, *to), talk)).collect();
        // Several groups in one box may speak with each other.
        lines.retain(|line| line.from != line.to);
        draft.picture.lines = together(lines);
        let kinds = draft.picture.lines.len();
        draft.picture.description = format!(
            "The connections of {word}: {} between {}.",
            counted(kinds, "line", "lines"),
            counted(draft.picture.nodes.len(), "box", "boxes")
        );
        draft.picture
    }

    fn owner(&self, topology: &Topology, peer: &Peer) -> Owner {
        let group = peer.group.or_else(|| peer.endpoint.map(|endpoint| topology.endpoint(endpoint).group));
        let site = group.map(|group| topology.group(group).site).or_else(|| topology.network(peer.network).site);
        match (site, group) {
            (None, _) => Owner::Outside(peer.role),
            (Some(site), _) if !self.in_full.contains(&site) && self.each => Owner::Site(site),
            (Some(site), _) if !self.in_full.contains(&site) => Owner::Others,
            (Some(_), Some(group)) => Owner::Group(group),
            (Some(_), None) => Owner::People(peer.network),
        }
    }

    fn takes_part(&self, topology: &Topology, peer: &Peer) -> bool {
        let zone = topology.network(peer.network).zone;
        match self.part {
            Part::Everything => true,
            Part::Perimeter => zone != Zone::Internal,
            Part::Voice => peer.group.is_some_and(|group| {
                matches!(topology.group(group).kind, GroupKind::MediationServer | GroupKind::MediaGateway | GroupKind::ExchangeUm)
            }),
        }
    }

    /// What is spoken, by who speaks.
    fn talks(&self, flows: &[&'a Flow<'a>]) -> BTreeMap<(Owner, Owner), Talk<'a>> {
        let topology = self.plans.topology;
        let mut talks: BTreeMap<(Owner, Owner), Talk<'a>> = BTreeMap::new();
        for flow in flows {
            for leg in &flow.legs {
                let side = |peers: &Parties, positions: &[usize]| -> BTreeSet<(Owner, bool)> {
                    let peers = positions.iter().filter_map(|at| peers.get(*at));
                    peers.map(|peer| (self.owner(topology, peer), self.takes_part(topology, peer))).collect()
                };
                let (from, to) = (side(&flow.from, &leg.from), side(&flow.to, &leg.to));
                for (from, near) in &from {
                    for (to, far) in &to {
                        let here = self.only.is_none_or(|site| is_in(topology, *from, site) || is_in(topology, *to, site));
                        if from == to || !(near | far) || !here {
                            continue;
                        }
                        let talk = talks.entry((*from, *to)).or_default();
                        talk.ports.extend(
                            flow.transports.iter().flat_map(|transport| flow.ports.iter().map(|ports| (*transport, *ports))),
                        );
                        talk.flows.insert(&flow.id, flow);
                        talk.walls.extend(leg.crossings.iter().map(|crossing| crossing.firewall));
                    }
                }
            }
        }
        talks
    }

    /// The boxes of all who take part, in their bands.
    fn boxes(&self, draft: &mut Draft<'_>, owners: &BTreeSet<Owner>, walls: &BTreeSet<FirewallId>) -> BTreeMap<Owner, NodeId> {
        let topology = self.plans.topology;
        let mut boxes = BTreeMap::new();
        let groups: BTreeSet<GroupId> =
            owners.iter().filter_map(|owner| if let Owner::Group(group) = owner { Some(*group) } else { None }).collect();
        let mut parts: Vec<SiteParts> = Vec::new();
        let mut columns = Vec::new();
        for id in self.in_full {
            let mut part = site(draft, *id, Cut { merge: self.merge, internal: true, only: Some((&groups, walls)) });
            let people = owners.iter().filter_map(|owner| if let Owner::People(network) = owner { Some(*network) } else { None });
            let people: Vec<NetworkId> = people.filter(|network| topology.network(*network).site == Some(*id)).collect();
            let cards: Vec<NodeId> = people.iter().map(|network| people_card(draft, &mut boxes, *network)).collect();
            part.widest = part.widest.max(cards.len());
            part.internal.extend((!cards.is_empty()).then_some(Strip::Cards(cards)));
            if [&part.outer, &part.perimeter, &part.inner, &part.internal].iter().any(|strips| !strips.is_empty()) {
                parts.push(part);
                columns.push(*id);
            }
        }
        for (id, width) in columns.iter().zip(share(&parts)) {
            let column = column(draft, *id, width);
            draft.picture.sites.push(column);
        }
        if draft.picture.sites.is_empty() {
            draft.picture.sites.push(unnamed(COLUMNS));
        }
        boxes.extend(draft.groups.iter().map(|(group, node)| (Owner::Group(*group), *node)));
        let mut bands: Vec<Band> = bands_of(parts.into_iter()).into();
        let mut outside = Vec::new();
        let mut others = Vec::new();
        for owner in owners {
            let (node, cards) = match owner {
                Owner::Outside(role) => {
                    let (icon, family, title) = outsider(*role);
                    let mut node = node(&format!("internet ({})", role.word()), icon, family, title, title);
                    node.about = "on the internet".to_owned();
                    node.tip = format!("{title}\non the internet");
                    (node, &mut outside)
                }
                Owner::Site(site) => (site_card(draft, *site), &mut others),
                Owner::Others => (counted_card(draft, self.others), &mut others),
                Owner::Group(_) | Owner::People(_) => continue,
            };
            let id = draft.add(node);
            boxes.insert(*owner, id);
            cards.push(id);
        }
        bands[0].cells = deal(&draft.picture.sites, &outside);
        if !others.is_empty() {
            let cells = deal(&draft.picture.sites, &others);
            bands.push(Band { title: "More sites".to_owned(), tone: Tone::Plain, border: Vec::new(), cells, across: None });
        }
        draft.picture.bands = bands.into_iter().filter(|band| !band.border.is_empty() || !band.cells.is_empty()).collect();
        boxes
    }
}

fn is_in(topology: &Topology, owner: Owner, site: SiteId) -> bool {
    match owner {
        Owner::Outside(_) | Owner::Others => false,
        Owner::Group(group) => topology.group(group).site == site,
        Owner::People(network) => topology.network(network).site == Some(site),
        Owner::Site(other) => other == site,
    }
}

/// The card of those who work in a network.
fn people_card(draft: &mut Draft<'_>, boxes: &mut BTreeMap<Owner, NodeId>, network: NetworkId) -> NodeId {
    let about = draft.plans.topology.network(network);
    let frame = draft.networks.contains_key(&network);
    let id = if frame {
        // The network is there as a frame around its servers.
        let (icon, family, title) = outsider(if about.clients { Role::Client } else { Role::Administrator });
        let mut node = node(&format!("{} ({title})", about.path), icon, family, title, title);
        node.about = clean(&format!("in {}", about.name));
        node.addresses.push(about.range.to_string());
        node.tip = clean(&format!("{title} in {}", about.path));
        draft.add(node)
    } else {
        bar(draft, about)
    };
    boxes.insert(Owner::People(network), id);
    id
}

/// A line with its ports.
fn line(draft: &Draft<'_>, boxes: &BTreeMap<Owner, NodeId>, (from, to): (Owner, Owner), talk: &Talk<'_>) -> Option<Line> {
    let topology = draft.plans.topology;
    let (from, to) = (*boxes.get(&from)?, *boxes.get(&to)?);
    let kind = kind(talk.ports.iter().map(|(transport, _)| *transport));
    let mut tip = vec![clean(&format!("{} → {}", draft.picture.node(from).id, draft.picture.node(to).id))];
    for flow in talk.flows.values() {
        let ports: Vec<(Transport, PortRange)> =
            flow.transports.iter().flat_map(|transport| flow.ports.iter().map(|ports| (*transport, *ports))).collect();
        tip.push(clean(&format!(
            "{} {}: {} ({})",
            label(ports.iter(), usize::MAX),
            flow.row.application,
            flow.row.purpose,
            flow.row.id
        )));
    }
    let through: Vec<&str> = talk.walls.iter().map(|wall| topology.firewall(*wall).path.as_str()).collect();
    if !through.is_empty() {
        tip.push(clean(&format!("through {}", through.join(", "))));
    }
    let walls = through.iter().filter_map(|path| draft.find(&clean(path))).collect();
    Some(Line { kind, from: vec![from], to: vec![to], label: label(talk.ports.iter(), 3), tip: tip.join("\n"), walls })
}

/// How a line of these transports is drawn.
pub(super) fn kind(transports: impl Iterator<Item = Transport>) -> LineKind {
    let transports: BTreeSet<Transport> = transports.collect();
    match (transports.contains(&Transport::Tcp), transports.contains(&Transport::Udp)) {
        (true, true) => LineKind::Both,
        (false, true) => LineKind::Udp,
        _ => LineKind::Tcp,
    }
}

/// `TCP 443, 5061 · UDP 3478`, with at most `most` ports of each.
pub(super) fn label<'p>(ports: impl Iterator<Item = &'p (Transport, PortRange)>, most: usize) -> String {
    let mut by: BTreeMap<Transport, Vec<String>> = BTreeMap::new();
    for (transport, ports) in ports {
        by.entry(*transport).or_default().push(ports.to_string());
    }
    let words = by.into_iter().map(|(transport, mut ports)| {
        if ports.len() > most {
            let more = ports.len() - (most - 1);
            ports.truncate(most - 1);
            ports.push(format!("+{more}"));
        }
        format!("{} {}", transport.word().to_uppercase(), ports.join(", "))
    });
    words.collect::<Vec<_>>().join(" · ")
}

/// Lines with one label to one box as one line with several beginnings; then those from one box as one with several ends.
fn together(lines: Vec<Line>) -> Vec<Line> {
    let lines = merged(lines, |line| line.to.clone(), |all, line| all.from.extend(line.from));
    let (many, one): (Vec<Line>, Vec<Line>) = lines.into_iter().partition(|line| line.from.len() > 1);
    let mut lines = merged(one, |line| line.from.clone(), |all, line| all.to.extend(line.to));
    lines.extend(many);
    for line in &mut lines {
        for ends in [&mut line.from, &mut line.to] {
            ends.sort_unstable();
            ends.dedup();
        }
        line.tip = line.tip.lines().take(TIP).collect::<Vec<_>>().join("\n");
    }
    lines.sort_by(|left, right| (&left.from, &left.to, &left.label).cmp(&(&right.from, &right.to, &right.label)));
    lines
}

fn merged(lines: Vec<Line>, end: impl Fn(&Line) -> Vec<NodeId>, add: impl Fn(&mut Line, Line)) -> Vec<Line> {
    // What passes other firewalls is another line: it could be drawn through those of its neighbour.
    let mut by: BTreeMap<(Vec<NodeId>, String, LineKind, Vec<NodeId>), Line> = BTreeMap::new();
    for line in lines {
        match by.entry((end(&line), line.label.clone(), line.kind, line.walls.clone())) {
            std::collections::btree_map::Entry::Vacant(free) => {
                free.insert(line);
            }
            std::collections::btree_map::Entry::Occupied(mut same) => {
                let all = same.get_mut();
                if all.tip.lines().count() < TIP && !all.tip.contains(&line.tip) {
                    all.tip = format!("{}\n{}", all.tip, line.tip);
                }
                add(all, line);
            }
        }
    }
    by.into_values().collect()
}
