//! The heart: the catalogue's flows over the concrete servers, routed through the network graph.
//! Facts about traffic are computed here once; firewall plans, `flows`, `trace` and rules project them.

mod build;
mod inside;
mod parties;
mod peer;
mod peers;
mod route;
mod select;
mod way;

pub use build::{build, switched_on};
pub use inside::InsideNetworks;
pub use parties::Parties;
pub use peer::Peer;
pub use select::{Selector, select};
pub use way::{Way, hops, way};

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::FlowRow;
use crate::model::{EndpointId, FirewallId, GroupId, NetworkId};
use crate::product::{PortRange, Transport};
use crate::text::Span;

/// All flows of a topology.
#[derive(Debug, Clone)]
pub struct Flows<'c> {
    /// Sorted by id.
    pub flows: Vec<Flow<'c>>,
    /// What went wrong while routing; rules report it.
    pub problems: Vec<FlowProblem>,
    /// Traffic that firewalls stay closed for because the catalogue is not sure of it, in the order of the catalogue.
    pub withheld: Vec<Withheld<'c>>,
}

/// A row of low confidence that this topology has both ends of, with a firewall between them: nothing opens for it.
#[derive(Debug, Clone)]
pub struct Withheld<'c> {
    /// The row.
    pub row: &'c FlowRow,
    /// The features that require it, with the place of each.
    pub features: Vec<(crate::product::Feature, Span)>,
    /// The firewalls that it would cross; never empty.
    pub firewalls: BTreeSet<FirewallId>,
}

/// One row of the catalogue over one set of sources and one set of destinations: every source may open to every destination.
#[derive(Debug, Clone)]
pub struct Flow<'c> {
    /// Stable: the row, and the destination (or source) group, such as `P01/redmond.edge`.
    pub id: String,
    /// The row.
    pub row: &'c FlowRow,
    /// Whether this is the reverse of a two-way row: then the ports are the other way round.
    pub reversed: bool,
    /// Transports.
    pub transports: Vec<Transport>,
    /// Source ports; `None` for any.
    pub source_ports: Option<Vec<PortRange>>,
    /// Destination ports.
    pub ports: Vec<PortRange>,
    /// The parties that open the connection.
    pub from: Parties,
    /// The parties that listen.
    pub to: Parties,
    /// The features that switch it on, with the place of each.
    pub features: Vec<(crate::product::Feature, Span)>,
    /// The ways it takes; sources and destinations in the same place share one.
    pub legs: Vec<Leg>,
}

/// Sources and destinations of a flow that share a way.
#[derive(Debug, Clone)]
pub struct Leg {
    /// Positions in [`Flow::from`].
    pub from: Vec<usize>,
    /// Positions in [`Flow::to`].
    pub to: Vec<usize>,
    /// Firewalls crossed, in order from the source, each with the networks it is entered from and left to.
    pub crossings: Vec<Crossing>,
}

/// One firewall on a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Crossing {
    /// The firewall.
    pub firewall: FirewallId,
    /// The network on the side of the source.
    pub enters: NetworkId,
    /// The network on the side of the destination.
    pub leaves: NetworkId,
}

/// A flow that is impossible in this topology.
#[derive(Debug, Clone)]
pub enum FlowProblem {
    /// No way between two networks.
    NoRoute {
        /// The flow's id.
        flow: String,
        /// An example source.
        from: Peer,
        /// An example destination.
        to: Peer,
        /// All parties on both sides that need the way.
        ends: Box<Ends>,
    },
    /// Two ways of the same length: rules go to the firewalls of one of them.
    TwoWays {
        /// The flow's id.
        flow: String,
        /// An example source.
        from: Peer,
        /// An example destination.
        to: Peer,
        /// The first firewall of the way that is taken.
        taken: FirewallId,
        /// A firewall of the other way.
        other: FirewallId,
    },
    /// The flow passes a translation that breaks it.
    Nat {
        /// The flow's id.
        flow: String,
        /// The firewall that translates.
        firewall: FirewallId,
        /// The translation's place.
        nat: Span,
        /// The translated party.
        peer: Peer,
    },
    /// The destination has several servers, and the flow needs one address for them all.
    NoVip {
        /// The flow's id.
        flow: String,
        /// The endpoint without a virtual address.
        endpoint: EndpointId,
    },
    /// A group needs another (its next hop, its gateway, …) and names none.
    NoPartner {
        /// The flow's row.
        row: String,
        /// The group that lacks it.
        group: GroupId,
        /// What it lacks.
        relation: crate::product::Relation,
    },
}

/// The places of the addresses that miss a way: sources and destinations of all flows between two areas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ends {
    /// Where sources have their addresses, or client networks their names; `None` is the internet.
    pub from: BTreeSet<Option<Span>>,
    /// Where destinations have them.
    pub to: BTreeSet<Option<Span>>,
}

/// For each firewall, the legs that cross it: `(flow, leg, crossing)` positions.
pub type ByFirewall = BTreeMap<FirewallId, Vec<(usize, usize, usize)>>;

impl Flows<'_> {
    /// Which legs cross which firewall.
    pub fn by_firewall(&self) -> ByFirewall {
        let mut map = ByFirewall::new();
        for (f, flow) in self.flows.iter().enumerate() {
            for (l, leg) in flow.legs.iter().enumerate() {
                for (c, crossing) in leg.crossings.iter().enumerate() {
                    map.entry(crossing.firewall).or_default().push((f, l, c));
                }
            }
        }
        map
    }
}

/// The parties on the internet that have traffic, each once.
pub fn outsiders_in(flows: &Flows<'_>) -> BTreeSet<crate::product::Role> {
    let peers = flows.flows.iter().flat_map(|flow| flow.from.iter().chain(&flow.to));
    peers.filter(|peer| peer.network == NetworkId::INTERNET && peer.group.is_none()).map(|peer| peer.role).collect()
}
