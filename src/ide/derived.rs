//! What follows from a block that is declared: full names, networks, records, certificates, connections, users.

use std::collections::BTreeSet;

use super::Snapshot;
use crate::model::{Detail, Endpoint, Group, GroupId, NetworkId, Server, Topology};
use crate::plan::Plans;
use crate::text::{Span, thousands};

/// A fact with the word for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fact {
    pub(super) what: &'static str,
    pub(super) is: String,
}

/// So many things are named; more are counted.
const SHOWN: usize = 4;

/// The facts about the block whose name is at a place; a range gives those of all its blocks together.
pub(super) fn derived(snapshot: &Snapshot, name: Span) -> Vec<Fact> {
    let Some(plans) = snapshot.compiled.plans() else { return Vec::new() };
    let topology = plans.topology;
    let mut facts = Facts { all: Vec::new() };
    if let Some(site) = topology.sites.iter().find(|site| site.span == name) {
        facts.add("users", site.users.iter().map(|users| thousands(users.value)));
        facts.add("domain", site.domain.iter().map(|domain| domain.value.to_string()));
        facts.add("pools", in_site(topology, name).filter(|group| is_pool(group)).map(|group| group.name.clone()));
        facts.add("networks", topology.networks_at(site.id).map(|own| own.name.clone()));
    }
    if let Some(network) = topology.networks.iter().find(|network| network.span == Some(name)) {
        facts.network(topology, network.id);
    }
    let groups: Vec<&Group> = topology.groups.iter().filter(|group| group.span == name).collect();
    let servers: Vec<&Server> = topology.servers.iter().filter(|server| server.span == name).collect();
    for group in &groups {
        facts.group(plans, group);
    }
    facts.servers(topology, &servers);
    if !servers.is_empty() && groups.is_empty() {
        facts.roles(topology, &servers);
    }
    if let Some(firewall) = topology.firewalls.iter().find(|firewall| firewall.span == name) {
        facts.add("joins", firewall.joins.iter().map(|end| topology.network(end.value).path.clone()));
        let rules = plans.firewalls().iter().find(|plan| plan.path == firewall.path).map(|plan| plan.rules.len());
        facts.add("rules", rules.map(|rules| rules.to_string()));
    }
    if let Some(link) = topology.wan_links.iter().find(|link| link.span == name) {
        facts.add("joins", link.joins.iter().map(|end| topology.network(end.value).path.clone()));
    }
    facts.all
}

fn in_site(topology: &Topology, name: Span) -> impl Iterator<Item = &Group> {
    topology.groups.iter().filter(move |group| topology.site(group.site).span == name)
}

fn is_pool(group: &Group) -> bool {
    matches!(group.detail, Detail::Pool { .. })
}

struct Facts {
    all: Vec<Fact>,
}

impl Facts {
    /// A fact of some things, in their order, each once; none where there are none.
    fn add(&mut self, what: &'static str, things: impl IntoIterator<Item = String>) {
        let mut known = BTreeSet::new();
        let all: Vec<String> = things.into_iter().filter(|thing| known.insert(thing.clone())).collect();
        if all.is_empty() {
            return;
        }
        let more = all.len().saturating_sub(SHOWN);
        let mut is = all[..all.len() - more].join(", ");
        if more > 0 {
            is += &format!(" and {more} more");
        }
        self.all.push(Fact { what, is });
    }

    fn network(&mut self, topology: &Topology, id: NetworkId) {
        let network = topology.network(id);
        let held = topology.addresses.range(network.range.network()..=network.range.broadcast()).count();
        self.add("range", [network.range.to_string()]);
        self.add("addresses in use", [thousands(held as u64)]);
        self.add("next free address", topology.free_addresses(id).next().map(|address| address.to_string()));
        let joins = |ends: &[crate::text::Spanned<NetworkId>]| ends.iter().any(|end| end.value == id);
        self.add("firewalls", topology.firewalls.iter().filter(|one| joins(&one.joins)).map(|one| one.path.clone()));
        self.add("WAN links", topology.wan_links.iter().filter(|one| joins(&one.joins)).map(|one| one.path.clone()));
    }

    fn group(&mut self, plans: Plans<'_>, group: &Group) {
        let topology = plans.topology;
        let endpoints: Vec<&Endpoint> = group.endpoints.iter().map(|id| topology.endpoint(*id)).collect();
        let product = topology.organization.product;
        self.add("roles", endpoints.iter().map(|one| one.role.title_in(product).to_owned()));
        let names = endpoints.iter().filter_map(|one| one.fqdn.as_ref()).map(|fqdn| fqdn.value.to_string());
        self.add("full names", names);
        let vips = endpoints.iter().filter_map(|one| one.vip.as_ref()).map(|vip| vip.address.value.to_string());
        self.add("virtual addresses", vips);
        if let Detail::Pool { users: Some(users), .. } = &group.detail {
            self.add("users", [thousands(users.value)]);
        }
        let own = plans.certificates().certificates.iter().filter(|one| one.group == group.path);
        self.add("certificates", own.map(|one| one.common_name.to_string()));
        self.add("DNS records", records(plans, &endpoints));
        self.connections(plans, group.id);
    }

    /// The ports that others connect to, and how many kinds of connection the group opens.
    fn connections(&mut self, plans: Plans<'_>, group: GroupId) {
        let flows = &plans.flows.flows;
        let is_in = |peers: &crate::flow::Parties| peers.iter().any(|peer| peer.group == Some(group));
        let to = flows.iter().filter(|flow| is_in(&flow.to));
        let listens = to.flat_map(|flow| {
            flow.transports
                .iter()
                .flat_map(|transport| flow.ports.iter().map(move |ports| format!("{}/{ports}", transport.word())))
        });
        let ports: BTreeSet<String> = listens.collect();
        self.add("listens on", ports);
        let opens: BTreeSet<&str> = flows.iter().filter(|flow| is_in(&flow.from)).map(|flow| flow.row.id.as_str()).collect();
        if !opens.is_empty() {
            self.add("opens", [format!("{} kinds of connection", opens.len())]);
        }
    }

    fn servers(&mut self, topology: &Topology, servers: &[&Server]) {
        self.add("computers", servers.iter().filter_map(|server| server.fqdn.as_ref()).map(ToString::to_string));
        let addresses = servers.iter().flat_map(|server| &server.addresses);
        let placed = addresses.map(|(address, network)| format!("{} in {}", address.value, topology.network(*network).name));
        self.add("addresses", placed);
    }

    fn roles(&mut self, topology: &Topology, servers: &[&Server]) {
        let product = topology.organization.product;
        let has = |one: &&Endpoint| one.members.iter().any(|member| servers.iter().any(|server| server.id == member.server));
        self.add("roles", topology.endpoints.iter().filter(has).map(|one| one.role.title_in(product).to_owned()));
    }
}

/// The names in DNS that lead to some endpoints.
fn records(plans: Plans<'_>, endpoints: &[&Endpoint]) -> Vec<String> {
    let places: Vec<Span> = endpoints.iter().map(|one| one.span).collect();
    let zones = plans.dns().views.iter().flat_map(|view| &view.zones);
    let own = zones.flat_map(|zone| &zone.records).filter(|record| places.contains(&record.places.answer));
    own.map(|record| record.owner.to_string()).collect()
}

/// What a path of a reference or an address in the text stands for, in a few words.
pub(super) fn address_facts(topology: &Topology, address: std::net::Ipv4Addr) -> Vec<Fact> {
    let mut facts = Facts { all: Vec::new() };
    facts.add("network", topology.network_around(address).map(|one| format!("{} ({})", one.path, one.range)));
    facts.add("given to", topology.addresses.get(&address).cloned());
    facts.all
}
