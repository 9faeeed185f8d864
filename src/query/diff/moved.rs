//! What is the same thing under another path, or in another range. It is taken for the same only where one thing of each version has
//! the evidence, which is part of the answer.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use ipnet::Ipv4Net;
use serde::Serialize;

use crate::model::{NetworkId, Topology};
use crate::plan::Plans;

/// A thing with another path or range.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// `site`, `network`, `server` or the kind of group.
    pub kind: &'static str,
    /// Its path before.
    pub old: String,
    /// Its path after.
    pub new: String,
    /// What is the same in both, and belongs to no other thing of either.
    pub evidence: String,
    /// Its range before, where a network has another.
    pub old_range: Option<Ipv4Net>,
    /// Its range after.
    pub new_range: Option<Ipv4Net>,
}

/// All of them, and the paths that follow from them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Moves {
    /// Them.
    pub list: Vec<Moved>,
    #[serde(skip)]
    paths: BTreeMap<String, String>,
}

/// One kind of thing: its paths in a version, with what it is known by again.
struct Known {
    path: String,
    evidence: String,
}

impl Moves {
    pub(super) fn find(old: Plans<'_>, new: Plans<'_>) -> Self {
        let mut moves = Self::default();
        let (old, new) = (old.topology, new.topology);
        for (kind, known) in KINDS {
            moves.pair(kind, known(old), &known(new));
        }
        moves.renumbered(old, new);
        moves
    }

    /// The path in the new version of what has a path in the old one.
    pub fn path<'p>(&self, old: &'p str) -> Cow<'p, str> {
        let mut end = old.len();
        loop {
            if let Some(new) = self.paths.get(&old[..end]) {
                return Cow::Owned(format!("{new}{}", &old[end..]));
            }
            match old[..end].rfind('.') {
                Some(dot) => end = dot,
                None => return Cow::Borrowed(old),
            }
        }
    }

    fn pair(&mut self, kind: &'static str, old: Vec<Known>, new: &[Known]) {
        let taken: BTreeSet<String> = old.iter().map(|known| self.path(&known.path).into_owned()).collect();
        let there: BTreeSet<&str> = new.iter().map(|known| known.path.as_str()).collect();
        let gone: Vec<&Known> = old.iter().filter(|known| !there.contains(self.path(&known.path).as_ref())).collect();
        let come: Vec<&Known> = new.iter().filter(|known| !taken.contains(&known.path)).collect();
        let count = |all: &[Known]| {
            let mut count: BTreeMap<String, usize> = BTreeMap::new();
            for known in all {
                *count.entry(known.evidence.clone()).or_default() += 1;
            }
            count
        };
        let (in_old, in_new) = (count(&old), count(new));
        let unique = |evidence: &str| in_old.get(evidence) == Some(&1) && in_new.get(evidence) == Some(&1);
        let mut found = Vec::new();
        for known in gone.into_iter().filter(|known| !known.evidence.is_empty() && unique(&known.evidence)) {
            if let Some(new) = come.iter().find(|other| other.evidence == known.evidence) {
                found.push((known, *new));
            }
        }
        for (known, new) in found {
            self.paths.insert(known.path.clone(), new.path.clone());
            self.list.push(Moved {
                kind,
                old: known.path.clone(),
                new: new.path.clone(),
                evidence: known.evidence.clone(),
                old_range: None,
                new_range: None,
            });
        }
    }

    /// Networks that kept their name and have another range.
    fn renumbered(&mut self, old: &Topology, new: &Topology) {
        let ranges: BTreeMap<&str, Ipv4Net> = new.networks.iter().map(|network| (network.path.as_str(), network.range)).collect();
        for network in &old.networks {
            let path = self.path(&network.path).into_owned();
            let Some(range) = ranges.get(path.as_str()).filter(|range| **range != network.range) else { continue };
            self.list.push(Moved {
                kind: "network",
                old: network.path.clone(),
                new: path,
                evidence: "the same name".to_owned(),
                old_range: Some(network.range),
                new_range: Some(*range),
            });
        }
    }
}

/// Lists the things of one kind.
type Reader = fn(&Topology) -> Vec<Known>;

/// What each kind of thing is known by again, the outer kinds first: with a site its parts have other paths too.
const KINDS: [(&str, Reader); 5] =
    [("site", sites), ("network", networks), ("group", groups), ("firewall", firewalls), ("server", servers)];

fn listed<T: ToString>(what: &str, items: impl IntoIterator<Item = T>) -> String {
    let mut items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
    items.sort();
    items.dedup();
    if items.is_empty() { String::new() } else { format!("the same {what} {}", items.join(", ")) }
}

fn sites(topology: &Topology) -> Vec<Known> {
    let of = |site: &crate::model::Site| {
        let ranges = topology.networks_at(site.id).map(|network| network.range);
        Known { path: site.name.clone(), evidence: listed("networks", ranges) }
    };
    topology.sites.iter().map(of).collect()
}

fn networks(topology: &Topology) -> Vec<Known> {
    let declared = topology.networks.iter().filter(|network| network.id != NetworkId::INTERNET);
    declared.map(|network| Known { path: network.path.clone(), evidence: listed("range", [network.range]) }).collect()
}

fn groups(topology: &Topology) -> Vec<Known> {
    let mut addresses: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for server in &topology.servers {
        addresses.entry(server.group).or_default().extend(server.addresses.iter().map(|(address, _)| address.value));
    }
    let of = |group: &crate::model::Group| Known {
        path: group.path.clone(),
        evidence: listed("addresses", addresses.remove(&group.id).unwrap_or_default()),
    };
    topology.groups.iter().map(of).collect()
}

fn firewalls(topology: &Topology) -> Vec<Known> {
    let of = |firewall: &crate::model::Firewall| {
        let joined = firewall.joins.iter().map(|id| topology.network(id.value).range);
        Known { path: firewall.path.clone(), evidence: listed("joined networks", joined) }
    };
    topology.firewalls.iter().map(of).collect()
}

fn servers(topology: &Topology) -> Vec<Known> {
    let of = |server: &crate::model::Server| {
        let addresses = server.addresses.iter().map(|(address, _)| address.value);
        Known { path: server.path.clone(), evidence: listed("addresses", addresses) }
    };
    topology.servers.iter().map(of).collect()
}
