//! From flows to rules.

use std::collections::BTreeMap;

use super::super::digest::digest;
use super::super::{Lines, Reason, SourceRef};
use super::way::{End, Translations, Way, joined, marks, translations};
use super::{FirewallPlan, FirewallRule, JoinedNetwork, Nat, Party};
use crate::flow::{Flow, Flows, InsideNetworks, Peer};
use crate::model::{Firewall, NetworkId, Topology};
use crate::product::{PortRange, Transport};

/// How many declarations a reason names beside those of the destination; a source set may be the whole organization.
const MAX_DECLARED: usize = 8;

/// The plans of all firewalls, in the order of their paths.
pub fn plan(topology: &Topology, flows: &Flows<'_>, lines: &Lines<'_>) -> Vec<FirewallPlan> {
    let builder = Builder { topology, lines, translations: translations(topology), inside: InsideNetworks::new(topology) };
    let crossings = flows.by_firewall();
    let labels = labels(topology.firewalls.iter().map(|firewall| firewall.path.as_str()));
    topology
        .firewalls
        .iter()
        .zip(labels)
        .map(|(firewall, label)| {
            let crossings = crossings.get(&firewall.id).map(Vec::as_slice).unwrap_or_default();
            builder.firewall(firewall, label, flows, crossings)
        })
        .collect()
}

struct Builder<'a> {
    topology: &'a Topology,
    lines: &'a Lines<'a>,
    translations: Translations,
    inside: InsideNetworks<'a>,
}

impl Builder<'_> {
    fn firewall(
        &self,
        firewall: &Firewall,
        label: String,
        flows: &Flows<'_>,
        crossings: &[(usize, usize, usize)],
    ) -> FirewallPlan {
        // Crossings are sorted by flow, so one flow's are together.
        let mut rules: Vec<((u8, u8), FirewallRule)> = Vec::new();
        for of_flow in crossings.chunk_by(|a, b| a.0 == b.0) {
            let Some(&(flow, ..)) = of_flow.first() else { continue };
            let flow = &flows.flows[flow];
            let ways = of_flow.iter().map(|(_, leg, at)| Way::new(flow, &flow.legs[*leg], *at, &self.translations)).collect();
            let ways = joined(ways);
            let marks = marks(&ways, flow, self.topology);
            for (way, mark) in ways.into_iter().zip(marks) {
                let zone = |network| self.topology.network(network).zone.depth();
                let zones = (zone(way.enters), zone(way.leaves));
                rules.extend(self.rules(firewall, flow, &way, &mark).into_iter().map(|rule| (zones, rule)));
            }
        }
        rules.sort_by(|(a_zones, a), (b_zones, b)| (a_zones, &a.id).cmp(&(b_zones, &b.id)));
        let open = |parties: &[Party]| parties.iter().any(Party::is_any);
        let faces_internet = rules.iter().any(|(_, rule)| open(&rule.sources) || open(&rule.destinations));
        let inside = if faces_internet || !firewall.nats.is_empty() { self.inside.of(firewall.id) } else { Vec::new() };
        FirewallPlan {
            name: firewall.name.clone(),
            path: firewall.path.clone(),
            site: self.topology.site(firewall.site).name.clone(),
            label,
            dialect: firewall.dialect.word(),
            networks: firewall.joins.iter().map(|network| self.network(network.value)).collect(),
            inside,
            rules: rules.into_iter().map(|(_, rule)| rule).collect(),
            nats: firewall
                .nats
                .iter()
                .map(|nat| Nat {
                    name: nat.name.clone(),
                    public: nat.public.value,
                    inside: nat.inside.value,
                    declared: self.lines.source_ref(format!("{}.{}", firewall.path, nat.name), Some(nat.span)),
                })
                .collect(),
            declared: self.lines.source_ref(firewall.path.clone(), Some(firewall.span)),
        }
    }

    fn network(&self, id: NetworkId) -> JoinedNetwork {
        let network = self.topology.network(id);
        JoinedNetwork { path: network.path.clone(), range: network.range, zone: network.zone }
    }

    fn rules(&self, firewall: &Firewall, flow: &Flow<'_>, way: &Way, mark: &str) -> Vec<FirewallRule> {
        let (sources, destinations) = (way.parties(flow, End::Sources), way.parties(flow, End::Destinations));
        let reason = self.reason(flow, firewall, way, &[&sources, &destinations]);
        let rule = |transport: &Transport| FirewallRule {
            id: match flow.transports.as_slice() {
                [_] => format!("{}{mark}", flow.id),
                _ => format!("{}/{}{mark}", flow.id, transport.word()),
            },
            flow: flow.id.clone(),
            sources: sources.clone(),
            source_ports: flow.source_ports.as_deref().map(merged),
            destinations: destinations.clone(),
            destination_ports: merged(&flow.ports),
            transport: *transport,
            application: flow.row.application.clone(),
            reason: reason.clone(),
            breaks: flow.row.breaks.clone(),
            from_network: self.topology.network(way.enters).path.clone(),
            to_network: self.topology.network(way.leaves).path.clone(),
        };
        flow.transports.iter().map(rule).collect()
    }

    fn reason(&self, flow: &Flow<'_>, firewall: &Firewall, way: &Way, parties: &[&[Party]; 2]) -> Reason {
        let mut reason = Reason::new(&flow.row.id, &flow.row.purpose, &flow.row.provenance);
        reason.features = flow.features.iter().map(|(feature, _)| feature.word()).collect();
        if reason.features.is_empty() {
            reason.features.push(crate::product::Feature::ImPresence.word());
        }
        let organization = &self.topology.organization.name;
        let features = flow
            .features
            .iter()
            .map(|(feature, span)| self.lines.source_ref(format!("{organization}.{}", feature.word()), Some(*span)));
        let nats = firewall
            .nats
            .iter()
            .filter(|nat| parties.iter().copied().flatten().any(|party| party.public == Some(nat.public.value)));
        let nats = nats.map(|nat| self.lines.source_ref(format!("{}.{}", firewall.path, nat.name), Some(nat.span)));
        reason.declared = self.declared(way.members(End::Destinations).iter().map(|party| &flow.to[party.peer]), usize::MAX);
        let openers = self.declared(way.members(End::Sources).iter().map(|party| &flow.from[party.peer]), MAX_DECLARED);
        for declared in openers.into_iter().chain(nats) {
            if !reason.declared.contains(&declared) {
                reason.declared.push(declared);
            }
        }
        reason.switches = features.collect();
        reason
    }

    /// The groups and networks that the peers of a way belong to: the first ones by path.
    fn declared<'p>(&'p self, peers: impl Iterator<Item = &'p Peer>, most: usize) -> Vec<SourceRef> {
        let mut found = BTreeMap::new();
        for peer in peers {
            let (path, span) = match peer.group {
                Some(group) => (&self.topology.group(group).path, Some(self.topology.group(group).span)),
                None => (&peer.path, peer.span),
            };
            if span.is_some() {
                found.entry(path.as_str()).or_insert(span);
                if found.len() > most {
                    found.pop_last();
                }
            }
        }
        found.into_iter().map(|(path, span)| self.lines.source_ref(path, span)).collect()
    }
}

/// Ports in order, overlapping and adjacent ranges made one: exactly the same ports.
pub(in crate::plan) fn merged(ports: &[PortRange]) -> Vec<PortRange> {
    let mut ports = ports.to_vec();
    ports.sort();
    let mut out: Vec<PortRange> = Vec::new();
    for range in ports {
        match out.last_mut() {
            Some(last) if u32::from(range.first) <= u32::from(last.last) + 1 => last.last = last.last.max(range.last),
            _ => out.push(range),
        }
    }
    out
}

/// A label for each path that holds nothing but letters, digits, `-` and `_`, and that no other path has, not even in other case.
pub(in crate::plan) fn labels<'p>(paths: impl Iterator<Item = &'p str>) -> Vec<String> {
    let plain = |path: &str| -> String {
        path.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' || c == '_' { c } else { '-' }).take(80).collect()
    };
    let paths: Vec<&str> = paths.collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for path in &paths {
        *counts.entry(plain(path).to_lowercase()).or_default() += 1;
    }
    let label = |path: &&str| {
        let label = plain(path);
        let own = label == path.replace('.', "-") && counts.get(&label.to_lowercase()) == Some(&1);
        if own { label } else { format!("{label}-{}", digest(path, 8)) }
    };
    paths.iter().map(label).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ports(text: &str) -> Vec<PortRange> {
        text.split(' ').map(|part| part.parse().expect("a port")).collect()
    }

    #[test]
    fn ports_merge_exactly() {
        assert_eq!(
            merged(&ports("443 5061 444-445 50000-59999 50000 65535 65000-65535")),
            ports("443-445 5061 50000-59999 65000-65535")
        );
    }

    #[test]
    fn labels_are_unique_and_plain() {
        let labels = labels(["redmond.inner", "a-b.c", "a.b-c", "x.Y", "x.y", "x.\u{e9}/../z"].into_iter());
        insta::assert_snapshot!(labels.join(" "), @"redmond-inner a-b-c-fb187eed a-b-c-ab8bb2e3 x-Y-2511994a x-y-b24ca9b7 x------z-0ca4da21");
    }
}
