//! Instantiates the catalogue's flow rows over the endpoints of a topology and routes them.

use std::collections::{BTreeMap, BTreeSet};

use super::peers::Peers;
use super::route::LegBuilder;
use super::{Flow, FlowProblem, Flows, Parties, Peer, Withheld};
use crate::catalog::{Catalog, Condition, FlowRelation, FlowRow, NatRule, Target};
use crate::graph::NetworkGraph;
use crate::model::{Detail, Endpoint, FirewallId, GroupId, NetworkId, Topology};
use crate::product::{Feature, NatMode, PortRange, Relation, Role};
use crate::text::Span;

/// Builds all flows of a topology. Rows of low confidence open nothing; those that a deployment may need are listed separately.
pub fn build<'c>(topology: &Topology, catalog: &'c Catalog) -> Flows<'c> {
    let graph = NetworkGraph::new(topology);
    let peers = Peers::new(topology);
    let mut builder =
        FlowBuilder { topology, peers: &peers, legs: LegBuilder::new(topology, &graph), flows: Vec::new(), problems: Vec::new() };
    for row in &catalog.flows {
        if !row.opens_ports() {
            continue;
        }
        if let Some(features) = switched_on(topology, &row.when) {
            builder.row(row, &features);
        }
    }
    let FlowBuilder { legs, mut flows, mut problems, .. } = builder;
    problems.extend(legs.finish());
    flows.sort_by(|a, b| a.id.cmp(&b.id));
    Flows { flows, problems, withheld: withheld(topology, catalog, &peers, &graph) }
}

/// The rows that are too unsure to open a port, where a firewall is on their way. Missing routes are no problem
/// here: nothing is opened for it anyway.
fn withheld<'c>(topology: &Topology, catalog: &'c Catalog, peers: &Peers<'_>, graph: &NetworkGraph) -> Vec<Withheld<'c>> {
    let mut builder =
        FlowBuilder { topology, peers, legs: LegBuilder::new(topology, graph), flows: Vec::new(), problems: Vec::new() };
    let mut withheld = Vec::new();
    for row in catalog.flows.iter().filter(|row| !row.opens_ports() && !row.optional) {
        let Some(features) = switched_on(topology, &row.when) else { continue };
        builder.row(row, &features);
        let legs = builder.flows.drain(..).flat_map(|flow| flow.legs);
        let firewalls: BTreeSet<FirewallId> = legs.flat_map(|leg| leg.crossings).map(|crossing| crossing.firewall).collect();
        if !firewalls.is_empty() {
            withheld.push(Withheld { row, features, firewalls });
        }
    }
    withheld
}

/// The features that satisfy a condition, with their places; `None` where it is not met. No condition is met by the base feature.
pub fn switched_on(topology: &Topology, when: &[Vec<Feature>]) -> Option<Vec<(Feature, Span)>> {
    let organization = &topology.organization;
    let features = organization.features_meeting(when)?;
    Some(if features.is_empty() { vec![(Feature::ImPresence, organization.span)] } else { features })
}

struct FlowBuilder<'a, 'c> {
    topology: &'a Topology,
    peers: &'a Peers<'a>,
    legs: LegBuilder<'a>,
    flows: Vec<Flow<'c>>,
    problems: Vec<FlowProblem>,
}

/// The endpoints of one flow: positions in the topology's arena, or none for parties that are no servers.
#[derive(Default)]
struct Ends<'a> {
    from: Vec<&'a Endpoint>,
    to: Vec<&'a Endpoint>,
}

/// The second half of a way over a load balancer that no firewall-free network joins with its servers.
struct BehindBalancer {
    group: String,
    /// The balancer's own addresses; `None` where it keeps the sender's.
    sources: Option<Parties>,
    /// Where the balancer sends from.
    network: NetworkId,
    servers: Parties,
}

impl<'a, 'c> FlowBuilder<'a, 'c> {
    fn row(&mut self, row: &'c FlowRow, features: &[(Feature, Span)]) {
        match row.relation {
            FlowRelation::Any | FlowRelation::Other => {
                let ends = Ends {
                    from: row.from.iter().flat_map(|role| self.peers.endpoints(*role, row.from_side)).copied().collect(),
                    to: self.peers.endpoints(row.to, row.to_side).to_vec(),
                };
                if row.relation == FlowRelation::Any || several_groups(&ends) {
                    self.add(row, row.id.clone(), features, &ends);
                }
            }
            FlowRelation::Own => {
                let topology = self.topology;
                for group in &topology.groups {
                    let ends = Ends {
                        from: row
                            .from
                            .iter()
                            .filter_map(|role| topology.group_endpoint(group.id, *role, row.from_side))
                            .collect(),
                        to: topology.group_endpoint(group.id, row.to, row.to_side).into_iter().collect(),
                    };
                    self.add(row, format!("{}/{}", row.id, group.path), features, &ends);
                }
            }
            FlowRelation::To(relation) => self.related(row, features, relation, false),
            FlowRelation::From(relation) => self.related(row, features, relation, true),
        }
    }

    /// Flows between related groups, gathered by the group that the relation points to.
    fn related(&mut self, row: &'c FlowRow, features: &[(Feature, Span)], relation: Relation, reverse: bool) {
        let topology = self.topology;
        let far = |group: GroupId| -> Vec<&'a Endpoint> {
            if reverse {
                row.from.iter().filter_map(|role| topology.group_endpoint(group, *role, row.from_side)).collect()
            } else {
                topology.met_endpoint(group, row.to, row.to_side).into_iter().collect()
            }
        };
        let near: Vec<&'a Endpoint> = if reverse {
            self.peers.endpoints(row.to, row.to_side).to_vec()
        } else {
            row.from.iter().flat_map(|role| self.peers.endpoints(*role, row.from_side)).copied().collect()
        };
        let mut by_far: BTreeMap<&str, (GroupId, Vec<&'a Endpoint>)> = BTreeMap::new();
        let mut lacking = BTreeSet::new();
        for endpoint in near {
            let mut found = false;
            for other in topology.group(endpoint.group).related(relation) {
                found = true;
                by_far.entry(&topology.group(other).path).or_insert_with(|| (other, Vec::new())).1.push(endpoint);
            }
            if !found {
                lacking.insert(endpoint.group);
            }
        }
        // Where the topology has no such partner at all, the rules about features say so.
        let partners = if reverse {
            row.from.iter().any(|role| !self.peers.endpoints(*role, row.from_side).is_empty())
        } else {
            let mut groups = topology.groups.iter();
            groups.any(|group| topology.met_endpoint(group.id, row.to, row.to_side).is_some())
        };
        if partners {
            let lack = |group| FlowProblem::NoPartner { row: row.id.clone(), group, relation };
            self.problems.extend(lacking.into_iter().map(lack));
        }
        for (path, (other, near)) in by_far {
            let far = far(other);
            let ends = if reverse { Ends { from: far, to: near } } else { Ends { from: near, to: far } };
            self.add(row, format!("{}/{path}", row.id), features, &ends);
        }
    }

    /// A flow for all ends with the ports of the row, and one for each other range of media ports.
    fn add(&mut self, row: &'c FlowRow, id: String, features: &[(Feature, Span)], ends: &Ends<'a>) {
        if !row.stated_port || !(row.to == Role::Mediation || row.from.contains(&Role::Mediation)) {
            return self.add_alike(row, id, features, ends, None);
        }
        let mut alike: BTreeMap<Option<PortRange>, Ends<'a>> = BTreeMap::new();
        let stated = |endpoint: &Endpoint| self.topology.stated_media_ports(endpoint);
        if row.to == Role::Mediation {
            for endpoint in &ends.to {
                let same = alike.entry(stated(endpoint)).or_insert_with(|| Ends { from: ends.from.clone(), to: Vec::new() });
                same.to.push(endpoint);
            }
        } else {
            for endpoint in &ends.from {
                let same = alike.entry(stated(endpoint)).or_insert_with(|| Ends { from: Vec::new(), to: ends.to.clone() });
                same.from.push(endpoint);
            }
        }
        for (media, ends) in alike {
            let id = media.map_or_else(|| id.clone(), |range| format!("{id}/media-{range}"));
            self.add_alike(row, id, features, &ends, media);
        }
    }

    fn add_alike(
        &mut self,
        row: &'c FlowRow,
        id: String,
        features: &[(Feature, Span)],
        ends: &Ends<'a>,
        media: Option<PortRange>,
    ) {
        let (mut from, mut to) = (Parties::default(), Parties::default());
        from.extend(ends.from.iter().flat_map(|endpoint| self.peers.members(endpoint)));
        from.extend(row.from.iter().flat_map(|role| self.peers.outsiders(*role)));
        to.extend(self.peers.outsiders(row.to));
        let mut behind = Vec::new();
        let topology = self.topology;
        for endpoint in ends.to.iter().filter(|endpoint| Self::applies(topology, row, endpoint)) {
            self.destination(row, &id, endpoint, &mut to, &mut behind);
        }
        from.dedup();
        to.dedup();
        let listens = media.filter(|_| row.to == Role::Mediation);
        let ports = listens.map_or_else(|| self.declared_ports(row, &ends.to), |range| vec![range]);
        let source_ports = media.filter(|_| row.to != Role::Mediation).or(row.source_ports);
        if let Some(back) = source_ports.filter(|_| row.two_way) {
            let reverse = Flow {
                id: format!("{id}/reverse"),
                row,
                reversed: true,
                transports: row.transport.clone(),
                source_ports: Some(ports.clone()),
                ports: vec![back],
                from: to.filtered(is_real),
                to: from.clone(),
                features: features.to_vec(),
                legs: Vec::new(),
            };
            self.push(reverse);
        }
        let flow = |id: String, from: Parties, to: Parties| Flow {
            id,
            row,
            reversed: false,
            transports: row.transport.clone(),
            source_ports: source_ports.map(|ports| vec![ports]),
            ports: ports.clone(),
            from,
            to,
            features: features.to_vec(),
            legs: Vec::new(),
        };
        for behind in behind {
            let sources = behind.sources.unwrap_or_else(|| from.iter().map(|peer| peer.arriving_in(behind.network)).collect());
            self.push(flow(format!("{id}/behind-{}", behind.group), sources, behind.servers));
        }
        self.push(flow(id, from, to));
    }

    /// Whether a row that is only for some destinations is for this one.
    fn applies(topology: &Topology, row: &FlowRow, endpoint: &Endpoint) -> bool {
        match row.only_for {
            None => true,
            Some(Condition::NamedInstance) => {
                matches!(&topology.group(endpoint.group).detail, Detail::BackEnd { instance, .. } if !instance.is_empty())
            }
            Some(Condition::SignIn) => topology.group(endpoint.group).automatic_sign_in.is_some(),
            Some(Condition::Windows2003) => may_run(topology, endpoint, "windows_2003"),
            Some(Condition::Windows2008) => may_run(topology, endpoint, "windows_2008"),
        }
    }

    /// The row's ports, or those that the topology states in their place.
    fn declared_ports(&self, row: &FlowRow, to: &[&Endpoint]) -> Vec<PortRange> {
        if !row.stated_port {
            return row.ports.clone();
        }
        let stated = |endpoint: &&Endpoint| match self.topology.stated_port(endpoint) {
            Some(port) => vec![PortRange { first: port, last: port }],
            None => row.ports.clone(),
        };
        let mut ports: Vec<PortRange> = to.iter().flat_map(stated).collect();
        ports.sort();
        ports.dedup();
        ports
    }

    /// The destination addresses of a flow to an endpoint: the virtual one, the servers, or both.
    fn destination(&mut self, row: &FlowRow, id: &str, endpoint: &Endpoint, to: &mut Parties, behind: &mut Vec<BehindBalancer>) {
        let members = self.peers.members(endpoint);
        match (&endpoint.vip, row.target) {
            (Some(vip), Target::Vip | Target::VipAndReal) => {
                to.extend(self.peers.vip(endpoint));
                if row.target == Target::VipAndReal {
                    to.extend(members);
                }
                // A balancer that translates speaks from its own addresses, wherever they are.
                let balancer = self.topology.load_balancer(vip.load_balancer);
                let sources = (balancer.nat == NatMode::Snat).then(|| self.peers.balancer(balancer, endpoint));
                let own = sources.iter().flatten().map(|source| source.network);
                let speaks_from: Vec<NetworkId> = own.chain([vip.network]).collect();
                let apart =
                    members.iter().any(|member| speaks_from.iter().any(|network| !self.legs.same_area(member.network, *network)));
                // Traffic that must not be translated reaches the servers from its sender, which the real addresses cover.
                if apart && !(row.target == Target::VipAndReal && row.nat != NatRule::Allowed) {
                    behind.push(BehindBalancer {
                        group: self.topology.group(endpoint.group).path.clone(),
                        sources,
                        network: vip.network,
                        servers: members.into(),
                    });
                }
            }
            (None, Target::Vip) if members.len() > 1 => {
                self.problems.push(FlowProblem::NoVip { flow: id.to_owned(), endpoint: endpoint.id });
                to.extend(members);
            }
            _ => to.extend(members),
        }
    }

    fn push(&mut self, mut flow: Flow<'c>) {
        if flow.from.is_empty() || flow.to.is_empty() || same_single_server(&flow) {
            return;
        }
        flow.legs = self.legs.legs(&flow);
        self.flows.push(flow);
    }
}

/// Whether a server runs an operating system of this family, as far as the topology says what it runs.
fn may_run(topology: &Topology, endpoint: &Endpoint, family: &str) -> bool {
    let mut systems = endpoint.members.iter().map(|member| topology.server(member.server).operating_system);
    systems.any(|system| system.is_none_or(|word| word.starts_with(family)))
}

fn several_groups(ends: &Ends<'_>) -> bool {
    let groups: BTreeSet<GroupId> = ends.from.iter().chain(&ends.to).map(|endpoint| endpoint.group).collect();
    groups.len() > 1
}

/// A server's talk with itself needs no network.
fn same_single_server(flow: &Flow<'_>) -> bool {
    flow.from.only().zip(flow.to.only()).is_some_and(|(from, to)| from.server.is_some() && from.server == to.server)
}

/// Servers speak from their own addresses, never from the virtual one.
fn is_real(peer: &Peer) -> bool {
    peer.server.is_some() || peer.group.is_none()
}
