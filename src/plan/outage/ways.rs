//! Ways: from one network to another, to the internet, or to any domain controller of a domain.

use super::OutagePlan;
use super::part::{Part, PartId, Parts};
use crate::graph::{Cut, Islands, NetworkGraph, Node, Origin, Separators};
use crate::model::{NetworkId, SiteId};

/// What must reach what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// Two networks each other; the first has the lower number.
    Between(NetworkId, NetworkId),
    /// A network the internet.
    Internet(NetworkId),
    /// A network any controller of a domain, by the position of the domain's directory.
    Directory(usize, NetworkId),
}

/// The domain controllers of a domain.
#[derive(Debug, Clone)]
pub(super) struct Directory {
    pub(super) controllers: Vec<Controller>,
}

/// A domain controller.
#[derive(Debug, Clone)]
pub(super) struct Controller {
    pub(super) computer: PartId,
    pub(super) site: SiteId,
    pub(super) networks: Vec<NetworkId>,
}

/// The dominators of all ways.
pub(super) struct WayCuts {
    inside: Separators,
    internet: Separators,
    directories: Vec<Separators>,
}

/// The dominators that are others without a node or a controller.
pub(super) struct LeftCuts {
    inside: Option<Separators>,
    internet: Option<Separators>,
    directories: Vec<Option<Separators>>,
}

impl WayCuts {
    pub(super) fn new(graph: &NetworkGraph, directories: &[Directory]) -> Self {
        Self {
            inside: graph.separators(Origin::Inside, None),
            internet: graph.separators(Origin::Internet, None),
            directories: directories.iter().map(|directory| directory.separators(graph, None, None)).collect(),
        }
    }

    /// What is other without a node, or without the controllers on a computer. Where nothing goes round it, ways that it does not
    /// end are as before.
    pub(super) fn without(
        &self,
        graph: &NetworkGraph,
        directories: &[Directory],
        node: Option<Node>,
        computer: PartId,
    ) -> LeftCuts {
        let passed = |whole: &Separators| node.filter(|node| whole.has_way_round(Cut::Node(*node)));
        let again = |whole: &Separators, origin| passed(whole).map(|node| graph.separators(origin, Some(node)));
        let directory = |(whole, directory): (&Separators, &Directory)| match node {
            Some(_) => passed(whole).map(|node| directory.separators(graph, Some(node), None)),
            None => {
                let own = |(at, one): (usize, &Controller)| one.computer == computer && whole.has_way_round(Cut::Entry(at));
                directory.controllers.iter().enumerate().any(own).then(|| directory.separators(graph, None, Some(computer)))
            }
        };
        LeftCuts {
            inside: again(&self.inside, Origin::Inside),
            internet: again(&self.internet, Origin::Internet),
            directories: self.directories.iter().zip(directories).map(directory).collect(),
        }
    }

    /// The parts without any of which the way ends, sorted; `None` where there is none. Whole sites are not among them.
    pub(super) fn of(&self, way: Way, parts: &Parts, directories: &[Directory]) -> Option<Vec<PartId>> {
        let separators = match way {
            Way::Between(..) => &self.inside,
            Way::Internet(_) => &self.internet,
            Way::Directory(at, _) => self.directories.get(at)?,
        };
        cuts(separators, way, parts, directories)
    }
}

impl LeftCuts {
    /// Whether anything is other.
    pub(super) fn is_empty(&self) -> bool {
        self.inside.is_none() && self.internet.is_none() && self.directories.iter().all(Option::is_none)
    }

    /// As [`WayCuts::of`]; the outer `None` is a way that is as before.
    pub(super) fn of(&self, way: Way, parts: &Parts, directories: &[Directory]) -> Option<Option<Vec<PartId>>> {
        let separators = match way {
            Way::Between(..) => self.inside.as_ref(),
            Way::Internet(_) => self.internet.as_ref(),
            Way::Directory(at, _) => self.directories.get(at)?.as_ref(),
        };
        Some(cuts(separators?, way, parts, directories))
    }
}

impl Directory {
    fn separators(&self, graph: &NetworkGraph, without: Option<Node>, down: Option<PartId>) -> Separators {
        let ends = |one: &Controller| if Some(one.computer) == down { Vec::new() } else { one.networks.clone() };
        let ends: Vec<Vec<NetworkId>> = self.controllers.iter().map(ends).collect();
        graph.separators(Origin::Any(&ends), without)
    }
}

fn cuts(separators: &Separators, way: Way, parts: &Parts, directories: &[Directory]) -> Option<Vec<PartId>> {
    let cuts = match way {
        Way::Between(one, other) => separators.between(one, other),
        Way::Internet(network) | Way::Directory(_, network) => separators.to(network),
    };
    let part = |cut: Cut| match (cut, way) {
        (Cut::Node(node), _) => Some(parts.of_node(node)),
        (Cut::Entry(entry), Way::Directory(at, _)) => Some(directories.get(at)?.controllers.get(entry)?.computer),
        (Cut::Entry(_), _) => None,
    };
    let mut found: Vec<PartId> = cuts?.into_iter().filter_map(part).collect();
    found.sort_unstable();
    found.dedup();
    Some(found)
}

impl OutagePlan {
    /// Whether a way is left.
    pub(super) fn is_passable(&self, way: Way, islands: &Islands, is_gone: impl Fn(PartId) -> bool) -> bool {
        match way {
            Way::Between(one, other) => islands.join(one, other),
            Way::Internet(network) => islands.reach_internet(network),
            Way::Directory(at, network) => self.directories.get(at).is_some_and(|directory| {
                let stands = |controller: &&Controller| {
                    !is_gone(controller.computer) && !is_gone(self.parts.id(Part::Site(controller.site)))
                };
                let mut reached = directory.controllers.iter().filter(stands).flat_map(|controller| &controller.networks);
                reached.any(|end| islands.join(network, *end))
            }),
        }
    }

    /// What is left of the network.
    pub(super) fn islands(&self, is_gone: impl Fn(PartId) -> bool) -> Islands {
        self.graph.islands(|node| {
            let site = match node {
                Node::Network(id) => self.site_of(id),
                Node::Firewall(id) => self.firewall_sites.get(id.index()).copied(),
                Node::WanLink(_) => None,
            };
            is_gone(self.parts.of_node(node)) || site.is_some_and(|site| is_gone(self.parts.id(Part::Site(site))))
        })
    }
}
