//! The flows that begin and end at what the name of an assertion can mean.

use rustc_hash::FxHashMap;

use crate::flow::{Flows, Peer};
use crate::model::{GroupId, NetworkId, ServerId, SiteId, Topology};

/// What a name of an assertion can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Party {
    Site(SiteId),
    Network(NetworkId),
    Group(GroupId),
    Server(ServerId),
}

/// For each party, the flows that begin and that end at it.
#[derive(Debug)]
pub(super) struct AssertionIndex {
    from: FxHashMap<Party, Vec<usize>>,
    to: FxHashMap<Party, Vec<usize>>,
}

impl AssertionIndex {
    pub(super) fn new(topology: &Topology, flows: &Flows<'_>) -> Self {
        let mut index = Self { from: FxHashMap::default(), to: FxHashMap::default() };
        for (number, flow) in flows.flows.iter().enumerate() {
            for (map, peers) in [(&mut index.from, &flow.from), (&mut index.to, &flow.to)] {
                for party in peers.iter().flat_map(|peer| parties(topology, peer)) {
                    let flows = map.entry(party).or_default();
                    if flows.last() != Some(&number) {
                        flows.push(number);
                    }
                }
            }
        }
        index
    }

    /// The flows that begin at a party, by their place.
    pub(super) fn from(&self, party: Party) -> &[usize] {
        self.from.get(&party).map_or(&[], Vec::as_slice)
    }

    /// The flows that end at a party, by their place.
    pub(super) fn to(&self, party: Party) -> &[usize] {
        self.to.get(&party).map_or(&[], Vec::as_slice)
    }
}

fn parties(topology: &Topology, peer: &Peer) -> impl Iterator<Item = Party> {
    let site = topology.network(peer.network).site;
    [site.map(Party::Site), Some(Party::Network(peer.network)), peer.group.map(Party::Group), peer.server.map(Party::Server)]
        .into_iter()
        .flatten()
}
