//! What can fail, each with a number.

use std::collections::BTreeMap;

use crate::graph::Node;
use crate::model::{FirewallId, LoadBalancerId, NetworkId, ServerId, SiteId, Topology, WanLinkId};
use crate::product::Relation;

/// The number of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartId(pub u32);

impl PartId {
    /// The position among all parts.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Something that fails as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A computer, by the first of the servers that run on it.
    Computer(ServerId),
    /// A load balancer.
    Balancer(LoadBalancerId),
    /// A network.
    Network(NetworkId),
    /// A firewall.
    Firewall(FirewallId),
    /// A WAN link.
    WanLink(WanLinkId),
    /// A certificate, by its position in the plan.
    Certificate(usize),
    /// All of a site.
    Site(SiteId),
}

/// All parts of a topology.
#[derive(Debug, Clone)]
pub struct Parts {
    all: Vec<Part>,
    /// For each server the first one on the same computer.
    computers: Vec<ServerId>,
    /// Where each kind of part begins: balancers, networks, firewalls, links, certificates, sites. Servers begin at 0.
    starts: [usize; 6],
    /// Whether a part is stated as several devices of which one takes over.
    spare: Vec<bool>,
}

impl Parts {
    /// The parts of a topology with so many certificates.
    pub(super) fn new(topology: &Topology, certificates: usize) -> Self {
        let counts = [
            topology.servers.len(),
            topology.load_balancers.len(),
            topology.networks.len(),
            topology.firewalls.len(),
            topology.wan_links.len(),
            certificates,
        ];
        let mut starts = counts;
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut all: Vec<Part> = topology.servers.iter().map(|server| Part::Computer(server.id)).collect();
        all.extend(topology.load_balancers.iter().map(|balancer| Part::Balancer(balancer.id)));
        all.extend(topology.networks.iter().map(|network| Part::Network(network.id)));
        all.extend(topology.firewalls.iter().map(|firewall| Part::Firewall(firewall.id)));
        all.extend(topology.wan_links.iter().map(|link| Part::WanLink(link.id)));
        all.extend((0..certificates).map(Part::Certificate));
        all.extend(topology.sites.iter().map(|site| Part::Site(site.id)));
        let spare = all.iter().map(|part| has_spare(topology, *part)).collect();
        Self { all, computers: computers(topology), starts, spare }
    }

    /// The number of a part; all servers of a computer have one.
    pub fn id(&self, part: Part) -> PartId {
        let [balancers, networks, firewalls, links, certificates, sites] = self.starts;
        let at = match part {
            Part::Computer(server) => self.computers.get(server.index()).map_or(server.index(), |first| first.index()),
            Part::Balancer(id) => balancers + id.index(),
            Part::Network(id) => networks + id.index(),
            Part::Firewall(id) => firewalls + id.index(),
            Part::WanLink(id) => links + id.index(),
            Part::Certificate(at) => certificates + at,
            Part::Site(id) => sites + id.index(),
        };
        PartId(at as u32)
    }

    /// The part of a number.
    pub fn part(&self, id: PartId) -> Part {
        self.all[id.index()]
    }

    /// The part that a node of the network graph is.
    pub(super) fn of_node(&self, node: Node) -> PartId {
        self.id(match node {
            Node::Network(id) => Part::Network(id),
            Node::Firewall(id) => Part::Firewall(id),
            Node::WanLink(id) => Part::WanLink(id),
        })
    }

    /// How many numbers there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// All parts, each computer once; the internet is one of the networks.
    pub fn all(&self) -> impl Iterator<Item = PartId> {
        self.all.iter().enumerate().filter_map(|(at, part)| match part {
            Part::Computer(server) if self.computers[server.index()] != *server => None,
            _ => Some(PartId(at as u32)),
        })
    }

    /// The servers on the computer of a server.
    pub fn servers_of(&self, computer: ServerId) -> impl Iterator<Item = ServerId> {
        let on = self.computers.get(computer.index()).copied();
        let numbers = self.computers.iter().enumerate().filter(move |(_, first)| Some(**first) == on);
        numbers.map(|(at, _)| ServerId(at as u32))
    }

    /// Whether a part is stated as several devices of which one takes over: a redundant pair, or a cluster.
    pub fn has_spare(&self, id: PartId) -> bool {
        self.spare[id.index()]
    }
}

fn has_spare(topology: &Topology, part: Part) -> bool {
    match part {
        Part::Balancer(id) => topology.load_balancer(id).redundant,
        Part::Firewall(id) => topology.firewall(id).redundant,
        Part::WanLink(id) => topology.wan_links.get(id.index()).is_some_and(|link| link.redundant),
        // The first address is that of the database itself, the others are its nodes.
        Part::Computer(id) => {
            let server = topology.server(id);
            topology.group(server.group).kind == crate::product::GroupKind::BackEnd && server.addresses.len() > 2
        }
        Part::Network(_) | Part::Certificate(_) | Part::Site(_) => false,
    }
}

/// For each server the first one on the same computer: one that shares an address or the full name, or runs on its host.
fn computers(topology: &Topology) -> Vec<ServerId> {
    let mut first: Vec<usize> = (0..topology.servers.len()).collect();
    fn find(first: &mut [usize], mut at: usize) -> usize {
        while first[at] != at {
            first[at] = first[first[at]];
            at = first[at];
        }
        at
    }
    let mut join = |one: usize, other: usize| {
        let (one, other) = (find(&mut first, one), find(&mut first, other));
        first[one.max(other)] = one.min(other);
    };
    let mut addresses = BTreeMap::new();
    let mut names = BTreeMap::new();
    for server in &topology.servers {
        let at = server.id.index();
        for (address, _) in &server.addresses {
            join(*addresses.entry(address.value).or_insert(at), at);
        }
        if let Some(fqdn) = &server.fqdn {
            join(*names.entry(fqdn.as_str().to_owned()).or_insert(at), at);
        }
        let host = topology.group(server.group).related(Relation::Host).next();
        if let Some(host) = host.and_then(|host| topology.group(host).servers.first()) {
            join(host.index(), at);
        }
    }
    (0..first.len()).map(|at| ServerId(find(&mut first, at) as u32)).collect()
}
