//! Whether packets pass: their way, and on each firewall the rules that permit them.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::addresses::{Addresses, carries, network};
use super::features::missing_features;
use super::{ExplainedRule, FlowNote, Instead, PacketAnswer, PacketQuestion, Unsupported};
use crate::catalog::{Support, SupportLevel, facts};
use crate::flow::{self, Flow, Way};
use crate::model::NetworkId;
use crate::packet::{Packets, Ranges};
use crate::plan::Plans;
use crate::plan::firewall::{FirewallPlan, FirewallRule, MatchedAddress, Party, protocol};
use crate::query::answer::Hop;

/// The way of the packets of a question, before anything is said about it.
struct Followed<'a> {
    /// Their source and destination networks.
    networks: (NetworkId, NetworkId),
    /// The way; `None` where there is none.
    way: Option<Way>,
    /// The firewalls on the way, in order.
    firewalls: Vec<FirewallHop<'a>>,
    /// The flows that they belong to.
    flows: Vec<&'a Flow<'a>>,
}

/// A firewall on the way, with the rules that permit some of the packets; none where it stops them.
struct FirewallHop<'a> {
    plan: &'a FirewallPlan,
    rules: Vec<&'a FirewallRule>,
}

impl<'a> Followed<'a> {
    /// The first firewall that stops them all.
    fn stopped_by(&self) -> Option<&'a FirewallPlan> {
        self.firewalls.iter().find(|hop| hop.rules.is_empty()).map(|hop| hop.plan)
    }
}

pub(super) fn verdict(question: &PacketQuestion, plans: Plans<'_>) -> PacketAnswer {
    let followed = followed(question, plans);
    let stopped_by = followed.stopped_by();
    let path = |id: NetworkId| plans.topology.network(id).path.clone();
    let note = |flow: &&Flow<'_>| FlowNote {
        flow: flow.id.clone(),
        application: flow.row.application.clone(),
        purpose: flow.row.purpose.clone(),
        breaks: flow.row.breaks.clone(),
    };
    let mut answer = PacketAnswer {
        passes: followed.way.is_some() && stopped_by.is_none(),
        from_network: path(followed.networks.0),
        to_network: path(followed.networks.1),
        way: followed.way.as_ref().map(|way| Hop::all(&way.hops, plans.topology)),
        stopped_by: stopped_by.map(|plan| plan.declared.clone()),
        rules: rules(&followed.firewalls, plans),
        flows: followed.flows.iter().map(note).collect(),
        missing_features: Vec::new(),
        unsupported: Vec::new(),
        instead: Vec::new(),
    };
    if !answer.passes {
        answer.missing_features = missing_features(question, plans, stopped_by);
        answer.instead = others(question, plans);
        answer.unsupported = unsupported(question, plans);
    }
    answer
}

/// The rules on the way. A rule has the same id on every firewall where it is the only one of its flow: it is listed here once.
fn rules(firewalls: &[FirewallHop<'_>], plans: Plans<'_>) -> Vec<ExplainedRule> {
    let mut rules: Vec<ExplainedRule> = Vec::new();
    for hop in firewalls {
        for rule in &hop.rules {
            match rules.iter_mut().find(|other| other.id == rule.id) {
                Some(other) => other.firewalls.push(hop.plan.path.clone()),
                None => rules.push(ExplainedRule::new(rule, &hop.plan.path, plans.catalog)),
            }
        }
    }
    rules
}

/// What the catalogue says is not supported between inside and outside, of traffic to the port that is asked about.
fn unsupported(question: &PacketQuestion, plans: Plans<'_>) -> Vec<Unsupported> {
    let addresses = Addresses::new(plans);
    if addresses.is_outside(question.source) == addresses.is_outside(question.destination) {
        return Vec::new();
    }
    let meets = |row: &&Support| {
        let listener = plans.catalog.listeners.iter().find(|listener| row.listener.as_ref() == Some(&listener.id));
        let port = question.destination_port;
        row.standing == SupportLevel::Unsupported
            && listener.is_some_and(|listener| {
                listener.transport.iter().any(|transport| protocol(*transport) == question.protocol)
                    && port.is_some_and(|port| listener.ports.iter().any(|range| range.contains(port)))
            })
    };
    let product = plans.topology.organization.product;
    let unsupported_row = |row: &Support| Unsupported { row: row.id.clone(), product: product.title(), what: row.what.clone() };
    facts::<Support>(product).iter().filter(meets).map(unsupported_row).collect()
}

/// The way that the packets take, as far as they come.
fn followed<'a>(question: &PacketQuestion, plans: Plans<'a>) -> Followed<'a> {
    let addresses = Addresses::new(plans);
    let (source, destination) = (addresses.inner(question.source), addresses.inner(question.destination));
    let networks = (network(source, plans), network(destination, plans));
    let way = flow::way(plans.topology, networks.0, networks.1);
    let by_path: BTreeMap<&str, &FirewallPlan> = plans.firewalls().iter().map(|plan| (plan.path.as_str(), plan)).collect();
    let ends = (addresses.names(question.source), addresses.names(question.destination));
    let mut firewalls = Vec::new();
    for crossing in way.iter().flat_map(|way| &way.crossings) {
        let path = |id| plans.topology.network(id).path.as_str();
        let Some(plan) = by_path.get(plans.topology.firewall(crossing.firewall).path.as_str()).copied() else { continue };
        let sides = (path(crossing.enters), path(crossing.leaves));
        let rules = plan.rules.iter().filter(|rule| (rule.from_network.as_str(), rule.to_network.as_str()) == sides);
        let rules = rules.filter(|rule| permits(plan, rule, question, &ends)).collect();
        firewalls.push(FirewallHop { plan, rules });
    }
    let flows = plans.flows.flows.iter().filter(|flow| carries(flow, question, &addresses)).collect();
    Followed { networks, way, firewalls, flows }
}

/// Whether a rule permits some of the packets, each end by any of its addresses.
fn permits(plan: &FirewallPlan, rule: &FirewallRule, question: &PacketQuestion, ends: &(Ranges, Ranges)) -> bool {
    let mut asked = question.product();
    (asked.sources, asked.destinations) = ends.clone();
    let mut product = plan.opening(rule, MatchedAddress::Real);
    let held = |parties: &[Party], ranges: &Ranges| {
        parties.iter().any(|party| party.public.is_some_and(|public| ranges.contains(public.to_bits())))
    };
    // A translated party is known by both of its addresses.
    if held(&rule.sources, &asked.sources) {
        product.sources = product.sources.union(&asked.sources);
    }
    if held(&rule.destinations, &asked.destinations) {
        product.destinations = product.destinations.union(&asked.destinations);
    }
    !Packets::of([&product]).intersection(&Packets::of([&asked])).is_empty()
}

/// The other addresses of the servers of both ends between which such packets pass: the question may have an address of the wrong
/// side, or of a server where a virtual address answers for it.
fn others(question: &PacketQuestion, plans: Plans<'_>) -> Vec<Instead> {
    let mut found = Vec::new();
    let destinations = addresses_of(question.destination, plans);
    for source in addresses_of(question.source, plans) {
        for destination in &destinations {
            let other = PacketQuestion { source, destination: *destination, ..*question };
            if other != *question && !found.contains(&Instead { from: source, to: *destination }) {
                let followed = followed(&other, plans);
                if followed.stopped_by().is_none() && followed.way.is_some() && !followed.flows.is_empty() {
                    found.push(Instead { from: source, to: *destination });
                }
            }
        }
    }
    found
}

/// All addresses of the server that has this one, with the virtual ones that lead to it; the address alone where no server has
/// it.
fn addresses_of(address: Ipv4Addr, plans: Plans<'_>) -> Vec<Ipv4Addr> {
    let mut servers = plans.topology.servers.iter();
    let Some(server) = servers.find(|server| server.addresses.iter().any(|(own, _)| own.value == address)) else {
        return vec![address];
    };
    let own = server.addresses.iter().map(|(own, _)| own.value);
    let endpoints = plans.topology.endpoints.iter();
    let led_to = endpoints.filter(|endpoint| endpoint.members.iter().any(|member| member.server == server.id));
    own.chain(led_to.filter_map(|endpoint| endpoint.vip.as_ref().map(|vip| vip.address.value))).collect()
}
