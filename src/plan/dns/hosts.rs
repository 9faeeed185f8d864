//! Hosts files of the perimeter: edge servers and reverse proxies ask no name server inside, so the names inside that they need
//! are in a file of their own. Input: topology and flows. Output: a [`HostsFile`] for each server.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use serde::Serialize;

use super::super::naming::Names;
use super::super::{Lines, Reason, SourceRef};
use crate::catalog::{FlowRelation, Tls};
use crate::flow::{Flow, Flows, Parties, Peer};
use crate::lower::Fqdn;
use crate::model::{ServerId, Topology};
use crate::plan::firewall::build::labels;
use crate::product::{GroupKind, Zone};

/// The names inside that one server of the perimeter needs.
#[derive(Debug, Clone, Serialize)]
pub struct HostsFile {
    /// The server: `site.group.name`.
    pub path: String,
    /// A name for its file; no other server has it.
    pub label: String,
    /// Where it is declared.
    pub declared: SourceRef,
    /// Names with their addresses, by name.
    pub entries: Vec<HostsEntry>,
}

/// A name and where it leads.
#[derive(Debug, Clone, Serialize)]
pub struct HostsEntry {
    /// The name.
    pub name: Fqdn,
    /// The address.
    pub address: Ipv4Addr,
    /// One reason for each row that requires it.
    pub reasons: Vec<Reason>,
}

/// Reasons by name and address, for each server in the order of their paths.
type Entries = BTreeMap<ServerId, BTreeMap<(Fqdn, Ipv4Addr), Vec<Reason>>>;

/// The hosts files of all servers in the perimeter that need one, by path.
pub fn hosts(topology: &Topology, flows: &Flows<'_>, lines: &Lines<'_>) -> Vec<HostsFile> {
    let mut collector = Collector { names: Names::new(topology), lines, entries: Entries::new() };
    for flow in &flows.flows {
        collector.opened(flow);
        collector.answered(flow);
    }
    let entries = collector.entries;
    let labels = labels(entries.keys().map(|id| topology.server(*id).path.as_str()));
    let file = |(id, entries): (ServerId, BTreeMap<(Fqdn, Ipv4Addr), Vec<Reason>>), label| {
        let server = topology.server(id);
        let entry = |((name, address), reasons)| HostsEntry { name, address, reasons };
        HostsFile {
            path: server.path.clone(),
            label,
            declared: lines.source_ref(&server.path, Some(server.span)),
            entries: entries.into_iter().map(entry).collect(),
        }
    };
    entries.into_iter().zip(labels).map(|(entries, label)| file(entries, label)).collect()
}

struct Collector<'t> {
    names: Names<'t>,
    lines: &'t Lines<'t>,
    entries: Entries,
}

impl Collector<'_> {
    /// What servers of the perimeter open to inside, they have to find.
    fn opened(&mut self, flow: &Flow<'_>) {
        let askers = self.perimeter(&flow.from);
        if !askers.is_empty() {
            for peer in inside(self.names.topology, &flow.to) {
                self.add(flow, &askers, peer, flow.row.purpose.clone());
            }
        }
    }

    /// A server that is configured to connect to a server of the perimeter, and authenticates by a name, must be resolvable there
    /// too: the list of servers inside holds names. Rows without a relation, from all to all, say nothing about that list.
    fn answered(&mut self, flow: &Flow<'_>) {
        if flow.row.tls != Tls::Mutual || flow.row.relation == FlowRelation::Any {
            return;
        }
        let askers = self.perimeter(&flow.to);
        if !askers.is_empty() {
            for peer in inside(self.names.topology, &flow.from) {
                self.add(flow, &askers, peer, format!("it opens to this server by this name: {}", flow.row.purpose));
            }
        }
    }

    /// The servers of the perimeter among the parties of a flow; a virtual address means the servers behind it.
    fn perimeter(&self, peers: &Parties) -> Vec<ServerId> {
        let topology = self.names.topology;
        let is_edge = |peer: &&Peer| {
            let group = peer.group.map(|id| topology.group(id).kind);
            matches!(group, Some(GroupKind::EdgeArray | GroupKind::ReverseProxy))
        };
        let mut servers: Vec<ServerId> = Vec::new();
        for peer in peers.iter().filter(is_edge) {
            match (peer.server, peer.endpoint) {
                (Some(server), _) => servers.push(server),
                (None, Some(endpoint)) => servers.extend(topology.endpoint(endpoint).members.iter().map(|member| member.server)),
                (None, None) => {}
            }
        }
        servers.sort_unstable();
        servers.dedup();
        servers
    }

    fn add(&mut self, flow: &Flow<'_>, askers: &[ServerId], peer: &Peer, purpose: String) {
        let Some((name, address)) = self.named(peer) else { return };
        let mut reason = Reason::new(&flow.row.id, purpose, &flow.row.provenance);
        reason.features = flow.features.iter().map(|(feature, _)| feature.word()).collect();
        let group = peer.group.map(|id| &self.names.topology.group(id).path);
        reason.declared = vec![self.lines.source_ref(group.unwrap_or(&peer.path), peer.span)];
        for asker in askers {
            let reasons = self.entries.entry(*asker).or_default().entry((name.clone(), address)).or_default();
            if reasons.iter().all(|known| known.row != reason.row) {
                reasons.push(reason.clone());
            }
        }
    }

    /// The name of a party and the address that it leads to: those of its endpoint, or its own where several servers share none.
    fn named(&self, peer: &Peer) -> Option<(Fqdn, Ipv4Addr)> {
        let endpoint = self.names.topology.endpoint(peer.endpoint?);
        let common = self.names.endpoint_name(endpoint).zip(super::records::address(self.names.topology, endpoint));
        if let Some(((name, _), address)) = common {
            return Some((name.clone(), address.value));
        }
        let (name, _) = self.names.server_name(peer.server?)?;
        Some((name.clone(), peer.net.addr()))
    }
}

/// The parties that are in inner networks.
fn inside<'p>(topology: &'p Topology, peers: &'p Parties) -> impl Iterator<Item = &'p Peer> {
    peers.iter().filter(|peer| topology.network(peer.network).zone == Zone::Internal)
}
