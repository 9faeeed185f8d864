//! The computers of a topology, each once, whatever runs on it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use super::items::{Item, item};
use super::{BillRow, Draft};
use crate::lower::Fqdn;
use crate::model::{Detail, Group, GroupId, Server, ServerId, Topology};
use crate::product::{GroupKind, Relation, Role};
use crate::text::count;

/// A computer.
pub(super) struct Computer<'t> {
    /// The group that it is bought for.
    pub(super) group: &'t Group,
    /// What it is.
    pub(super) item: Item,
    /// What runs on it, in the words of rows: roles, kinds, `recorded`.
    pub(super) words: BTreeSet<&'static str>,
    /// The operating system that the topology states.
    pub(super) operating_system: Option<&'static str>,
    /// Servers of other groups on it.
    guests: Vec<(&'t Group, Item)>,
}

/// The computers, in the order of servers; those that run on the computer of another server come to it.
pub(super) fn computers(topology: &Topology) -> Vec<Computer<'_>> {
    let mut roles: BTreeMap<ServerId, Vec<Role>> = BTreeMap::new();
    for endpoint in &topology.endpoints {
        for member in &endpoint.members {
            roles.entry(member.server).or_default().push(endpoint.role);
        }
    }
    let mut known = Known { topology, roles, computers: Vec::new(), by_address: BTreeMap::new(), by_name: BTreeMap::new() };
    let is_guest = |server: &&Server| host(topology.group(server.group)).is_some();
    let (guests, hosts): (Vec<&Server>, Vec<&Server>) = topology.servers.iter().partition(is_guest);
    // Databases and file shares may be on a computer of another kind, which is what is bought.
    let is_store = |server: &&Server| matches!(topology.group(server.group).kind, GroupKind::BackEnd | GroupKind::FileShare);
    let (stores, hosts): (Vec<&Server>, Vec<&Server>) = hosts.into_iter().partition(is_store);
    for server in hosts.into_iter().chain(stores) {
        known.place(server);
    }
    guests.into_iter().for_each(|server| known.guest(server));
    known.computers
}

fn host(group: &Group) -> Option<GroupId> {
    group.related(Relation::Host).find(|host| *host != group.id)
}

struct Known<'t> {
    topology: &'t Topology,
    roles: BTreeMap<ServerId, Vec<Role>>,
    computers: Vec<Computer<'t>>,
    by_address: BTreeMap<Ipv4Addr, usize>,
    by_name: BTreeMap<&'t Fqdn, usize>,
}

impl<'t> Known<'t> {
    fn place(&mut self, server: &'t Server) {
        let group = self.topology.group(server.group);
        let addresses: Vec<Ipv4Addr> = server.addresses.iter().map(|(address, _)| address.value).collect();
        match addresses.as_slice() {
            // The first address of a cluster moves between its nodes, and so does its name.
            [_, nodes @ ..] if group.kind == GroupKind::BackEnd && !nodes.is_empty() => {
                nodes.iter().for_each(|node| self.add(server, &[*node], None));
            }
            addresses => self.add(server, addresses, server.fqdn.as_ref()),
        }
    }

    fn add(&mut self, server: &'t Server, addresses: &[Ipv4Addr], name: Option<&'t Fqdn>) {
        let there = addresses.iter().find_map(|address| self.by_address.get(address));
        let there = there.or_else(|| self.by_name.get(name?)).copied();
        let at = there.unwrap_or(self.computers.len());
        for address in addresses {
            self.by_address.entry(*address).or_insert(at);
        }
        if let Some(name) = name {
            self.by_name.entry(name).or_insert(at);
        }
        self.join(there, server);
    }

    fn guest(&mut self, server: &'t Server) {
        let host = host(self.topology.group(server.group)).map(|host| self.topology.group(host));
        let at = self.computers.iter().position(|computer| host.is_some_and(|host| computer.group.id == host.id));
        self.join(at, server);
    }

    /// Puts a server on a computer, or on one of its own.
    fn join(&mut self, at: Option<usize>, server: &'t Server) {
        let group = self.topology.group(server.group);
        let roles = self.roles.get(&server.id).map(Vec::as_slice).unwrap_or_default();
        let item = item(self.topology.organization.product, group.kind, roles);
        let words = words(group, item, roles);
        match at.and_then(|at| self.computers.get_mut(at)) {
            Some(computer) => {
                computer.words.extend(words);
                computer.guests.push((group, item));
            }
            None => self.computers.push(Computer {
                group,
                item,
                words,
                operating_system: server.operating_system,
                guests: Vec::new(),
            }),
        }
    }
}

fn words(group: &Group, item: Item, roles: &[Role]) -> BTreeSet<&'static str> {
    let mut words: BTreeSet<&'static str> = roles.iter().map(|role| role.word()).chain([item.word]).collect();
    if group.related(Relation::Archiving).chain(group.related(Relation::Monitoring)).next().is_some() {
        words.insert("recorded");
    }
    // Without a database elsewhere, SQL Server runs beside the service.
    let keeps = matches!(group.kind, GroupKind::ArchivingServer | GroupKind::MonitoringServer);
    if keeps && group.related(Relation::BackEnd).next().is_none() {
        words.insert(Role::BackEnd.word());
    }
    words
}

impl Draft<'_> {
    /// The computers of each group by kind, and the servers that share one.
    pub(super) fn computers(&self, computers: &[Computer<'_>]) -> Vec<BillRow> {
        let mut bought: BTreeMap<(Item, GroupId), Vec<&Computer<'_>>> = BTreeMap::new();
        let mut shared: BTreeMap<(Item, GroupId), BTreeSet<&str>> = BTreeMap::new();
        for computer in computers {
            bought.entry((computer.item, computer.group.id)).or_default().push(computer);
            for (group, item) in &computer.guests {
                shared.entry((*item, group.id)).or_default().insert(&computer.group.path);
            }
        }
        let keys: BTreeSet<(Item, GroupId)> = bought.keys().chain(shared.keys()).copied().collect();
        let row = |(item, group): (Item, GroupId)| {
            let own = bought.get(&(item, group)).map(Vec::as_slice).unwrap_or_default();
            let group = self.plans.topology.group(group);
            let mut row = self.row(item.part, &group.path, Some(group.span), item.word, item.title);
            row.site = Some(self.plans.topology.site(group.site).name.clone());
            row.count = Some(own.len() as u64);
            row.detail = detail(group, own);
            let hosts = shared.get(&(item, group.id)).map(|hosts| hosts.iter().copied().collect::<Vec<_>>().join("`, `"));
            row.note = hosts.map(|hosts| format!("on the computer of `{hosts}`"));
            row
        };
        keys.into_iter().map(row).collect()
    }
}

/// What the topology states of a group's computers.
fn detail(group: &Group, computers: &[&Computer<'_>]) -> Option<String> {
    let systems: BTreeSet<&str> = computers.iter().filter_map(|computer| computer.operating_system).collect();
    let stated = match &group.detail {
        Detail::BackEnd { version, .. } => version.map(str::to_owned),
        Detail::Gateway { ports, .. } => ports.map(|ports| count(ports, "port")),
        _ => None,
    };
    let all: Vec<String> = systems.into_iter().map(str::to_owned).chain(stated).collect();
    (!all.is_empty()).then(|| all.join(", "))
}
