//! Whether packets pass: the way that they take, and on each firewall the rules that let them through.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use super::features::{Opener, openers};
use super::{Known, PacketQuestion};
use crate::catalog::{Support, SupportLevel, facts};
use crate::flow::{self, Flow, Peer, Way};
use crate::model::NetworkId;
use crate::packet::{Packets, Ranges};
use crate::plan::firewall::{FirewallPlan, FirewallRule, Party, Seen, protocol};
use crate::product::PortRange;

/// What becomes of the packets of a question.
#[derive(Debug)]
pub struct Verdict<'a> {
    /// The question.
    pub question: PacketQuestion,
    /// The networks that they come from and go to; the internet holds every address that no other network has.
    pub networks: (NetworkId, NetworkId),
    /// The way; `None` where there is none.
    pub way: Option<Way>,
    /// The firewalls on the way, in order, with the rules that let some of the packets pass.
    pub passages: Vec<Passage<'a>>,
    /// The flows that they belong to; empty where nobody is meant to send them.
    pub flows: Vec<&'a Flow<'a>>,
    /// Where they are stopped: what would open the way.
    pub openers: Vec<Opener<'a>>,
    /// Where they are stopped: what the product says it does not support between inside and outside.
    pub unsupported: Vec<&'static Support>,
    /// Other addresses of the same servers between which such packets pass.
    pub others: Vec<(Ipv4Addr, Ipv4Addr)>,
}

/// A firewall on the way.
#[derive(Debug)]
pub struct Passage<'a> {
    /// The firewall.
    pub plan: &'a FirewallPlan,
    /// The rules that let some of the packets pass; none where it stops them.
    pub rules: Vec<&'a FirewallRule>,
}

impl Verdict<'_> {
    /// Whether some of the packets arrive.
    pub fn passes(&self) -> bool {
        self.way.is_some() && self.stopped_at().is_none()
    }

    /// The first firewall that stops them all.
    pub fn stopped_at(&self) -> Option<&FirewallPlan> {
        self.passages.iter().find(|passage| passage.rules.is_empty()).map(|passage| passage.plan)
    }
}

pub(super) fn verdict<'a>(question: &PacketQuestion, known: Known<'a>) -> Verdict<'a> {
    let mut verdict = passage(question, known);
    if !verdict.passes() {
        verdict.openers = openers(question, known, verdict.stopped_at());
        verdict.others = others(question, known);
        verdict.unsupported = unsupported(question, known);
    }
    verdict
}

/// What the catalogue says is not supported between inside and outside, of traffic to the port that is asked about.
fn unsupported(question: &PacketQuestion, known: Known<'_>) -> Vec<&'static Support> {
    let addresses = Addresses::new(known);
    if addresses.is_outside(question.source) == addresses.is_outside(question.destination) {
        return Vec::new();
    }
    let meets = |row: &&Support| {
        let listener = known.catalog.listeners.iter().find(|listener| row.listener.as_ref() == Some(&listener.id));
        let port = question.destination_port;
        row.standing == SupportLevel::Unsupported
            && listener.is_some_and(|listener| {
                listener.transport.iter().any(|transport| protocol(*transport) == question.protocol)
                    && port.is_some_and(|port| listener.ports.iter().any(|range| range.contains(port)))
            })
    };
    facts::<Support>(known.topology.organization.product).iter().filter(meets).collect()
}

/// The verdict without what could be done about it.
fn passage<'a>(question: &PacketQuestion, known: Known<'a>) -> Verdict<'a> {
    let addresses = Addresses::new(known);
    let (source, destination) = (addresses.inner(question.source), addresses.inner(question.destination));
    let networks = (network(source, known), network(destination, known));
    let way = flow::way(known.topology, networks.0, networks.1);
    let plans: BTreeMap<&str, &FirewallPlan> = known.firewalls.iter().map(|plan| (plan.path.as_str(), plan)).collect();
    let ends = (addresses.names(question.source), addresses.names(question.destination));
    let mut passages = Vec::new();
    for crossing in way.iter().flat_map(|way| &way.crossings) {
        let path = |id| known.topology.network(id).path.as_str();
        let Some(plan) = plans.get(known.topology.firewall(crossing.firewall).path.as_str()) else { continue };
        let sides = (path(crossing.enters), path(crossing.leaves));
        let rules = plan.rules.iter().filter(|rule| (rule.from_network.as_str(), rule.to_network.as_str()) == sides);
        let rules = rules.filter(|rule| lets(plan, rule, question, &ends)).collect();
        passages.push(Passage { plan, rules });
    }
    let flows = known.flows.flows.iter().filter(|flow| carries(flow, question, &addresses)).collect();
    Verdict {
        question: *question,
        networks,
        way,
        passages,
        flows,
        openers: Vec::new(),
        unsupported: Vec::new(),
        others: Vec::new(),
    }
}

/// Whether a rule lets some of the packets pass, each end by any of its addresses.
fn lets(plan: &FirewallPlan, rule: &FirewallRule, question: &PacketQuestion, ends: &(Ranges, Ranges)) -> bool {
    let mut asked = question.product();
    (asked.sources, asked.destinations) = ends.clone();
    let mut product = plan.opening(rule, Seen::Routed);
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

/// Whether a flow carries such packets.
pub(super) fn carries(flow: &Flow<'_>, question: &PacketQuestion, addresses: &Addresses) -> bool {
    let speaks = flow.transports.iter().any(|transport| protocol(*transport) == question.protocol);
    let port = |ports: &[PortRange], port: Option<u16>| {
        port.is_none_or(|port| ports.is_empty() || ports.iter().any(|range| range.contains(port)))
    };
    let ends_at = |peers: &[Peer], positions: &[usize], address: Ipv4Addr| {
        let (names, outside) = (addresses.names(address), addresses.is_outside(address));
        let holds = |peer: &Peer| match peer.network == NetworkId::INTERNET {
            true => outside,
            false => names.iter().flat_map(|(first, last)| first..=last).any(|own| peer.net.contains(&Ipv4Addr::from_bits(own))),
        };
        positions.iter().filter_map(|at| peers.get(*at)).any(holds)
    };
    speaks
        && port(&flow.ports, question.destination_port)
        && port(flow.source_ports.as_deref().unwrap_or_default(), question.source_port)
        && flow
            .legs
            .iter()
            .any(|leg| ends_at(&flow.from, &leg.from, question.source) && ends_at(&flow.to, &leg.to, question.destination))
}

/// Both addresses of whoever is translated.
pub(super) struct Addresses {
    pairs: Vec<(Ipv4Addr, Ipv4Addr)>,
    declared: Ranges,
}

impl Addresses {
    pub(super) fn new(known: Known<'_>) -> Self {
        let nats = known.topology.firewalls.iter().flat_map(|firewall| &firewall.nats);
        let declared = known.topology.networks.iter().filter(|network| network.id != NetworkId::INTERNET);
        Self {
            pairs: nats.map(|nat| (nat.public.value, nat.inside.value)).collect(),
            declared: declared.map(|network| network.range).collect(),
        }
    }

    /// The address that a server has itself.
    fn inner(&self, address: Ipv4Addr) -> Ipv4Addr {
        self.pairs.iter().find(|(public, _)| *public == address).map_or(address, |(_, inside)| *inside)
    }

    /// All addresses of whoever has this one at firewalls.
    pub(super) fn names(&self, address: Ipv4Addr) -> Ranges {
        let own = self.pairs.iter().filter(|(public, inside)| *public == address || *inside == address);
        let all = own.flat_map(|(public, inside)| [*public, *inside]).chain([address]);
        Ranges::new(all.map(|address| (address.to_bits(), address.to_bits())))
    }

    /// Whether an address is of the internet: no declared network holds it.
    pub(super) fn is_outside(&self, address: Ipv4Addr) -> bool {
        !self.declared.contains(self.inner(address).to_bits())
    }
}

fn network(address: Ipv4Addr, known: Known<'_>) -> NetworkId {
    let declared = known.topology.networks.iter().filter(|network| network.id != NetworkId::INTERNET);
    declared.into_iter().find(|network| network.range.contains(&address)).map_or(NetworkId::INTERNET, |network| network.id)
}

/// The other addresses of the servers of both ends between which such packets pass: who asks may have looked up the wrong side, or
/// a server where a virtual address answers for it.
fn others(question: &PacketQuestion, known: Known<'_>) -> Vec<(Ipv4Addr, Ipv4Addr)> {
    let mut found = Vec::new();
    let destinations = addresses_of(question.destination, known);
    for source in addresses_of(question.source, known) {
        for destination in &destinations {
            let other = PacketQuestion { source, destination: *destination, ..*question };
            if other != *question && !found.contains(&(source, *destination)) {
                let verdict = passage(&other, known);
                if verdict.passes() && !verdict.flows.is_empty() {
                    found.push((source, *destination));
                }
            }
        }
    }
    found
}

/// All addresses of the server that has this one, with the virtual ones that lead to it; the address alone where no server has it.
fn addresses_of(address: Ipv4Addr, known: Known<'_>) -> Vec<Ipv4Addr> {
    let mut servers = known.topology.servers.iter();
    let Some(server) = servers.find(|server| server.addresses.iter().any(|(own, _)| own.value == address)) else {
        return vec![address];
    };
    let own = server.addresses.iter().map(|(own, _)| own.value);
    let endpoints = known.topology.endpoints.iter();
    let led_to = endpoints.filter(|endpoint| endpoint.members.iter().any(|member| member.server == server.id));
    own.chain(led_to.filter_map(|endpoint| endpoint.vip.as_ref().map(|vip| vip.address.value))).collect()
}
