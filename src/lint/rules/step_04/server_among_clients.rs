//! A server in a network of users' computers.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Endpoint, Group, Member, Network, NetworkId, SiteId, Zone};
use crate::product::{GroupKind, Relation, Role, Side};

rule! {
    /// ## What it does
    /// Reports a server in a network with `clients = true` or `administrators = true` where its site has as many servers or more in
    /// other networks, and a load balancer that speaks from such a network to servers elsewhere. A site that keeps all its servers
    /// among its clients is not reported. Gateways and the cards towards them may be among clients.
    ///
    /// ## Why it matters
    /// No firewall stands between a server and the clients in its own network: all its ports are open to them, whatever the
    /// rules say. Most often the address has a wrong digit.
    ///
    /// ## Planning Guide
    /// Step 4 lists the ports that clients use on servers; firewalls inside can keep them to these only where servers and
    /// clients are in different networks.
    "OCS0456" "server-among-clients" {
        severity: Warning,
        confidence: High,
        source: "the topology's own networks; Planning Guide step 4, ports that clients use",
        bad: Example::with(bases::VOICE, &[("address          = 10.10.0.61", "address          = 10.10.64.61")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let topology = view.topology;
    let mut kept: BTreeMap<SiteId, BTreeMap<NetworkId, usize>> = BTreeMap::new();
    let mut among: BTreeMap<SiteId, Vec<(&Endpoint, &Member)>> = BTreeMap::new();
    let mut known = BTreeSet::new();
    for endpoint in &topology.endpoints {
        let to_telephones = endpoint.role == Role::MediaGateway || endpoint.side == Side::Gateway;
        for member in &endpoint.members {
            let (server, network) = (topology.server(member.server), topology.network(member.network));
            // An address of another site, or in the perimeter, is at issue elsewhere. Telephones may be among clients.
            let own = network.zone == Zone::Internal && network.site == Some(server.site);
            if !own || (to_telephones && !network.administrators) || !known.insert(member.address.value) {
                continue;
            }
            match network.clients || network.administrators {
                true => among.entry(server.site).or_default().push((endpoint, member)),
                false => *kept.entry(server.site).or_default().entry(network.id).or_insert(0) += 1,
            }
        }
    }
    for (site, members) in among {
        let Some(kept) = kept.get(&site).filter(|kept| kept.values().sum::<usize>() >= members.len()) else { continue };
        let Some((usual, _)) = kept.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(**id))) else { continue };
        let usual = topology.network(*usual);
        for (endpoint, member) in members {
            let (server, network) = (topology.server(member.server), topology.network(member.network));
            let group = topology.group(server.group);
            // Perimeter servers in internal networks are reported as such.
            if matches!(group.kind, GroupKind::EdgeArray | GroupKind::ReverseProxy) {
                continue;
            }
            let (users, label) = match network.clients {
                true => ("clients", "clients = true"),
                false => ("administrators", "administrators = true"),
            };
            let gateway = (endpoint.side == Side::Gateway).then(|| gateway_network(view, group)).flatten();
            let (message, help) = match gateway {
                Some(gateway) => (
                    format!("the card of `{}` towards its gateway is among {users} in `{}`", server.path, network.path),
                    format!("give it an address of `{}` ({}), where the gateway is", gateway.path, gateway.range),
                ),
                None => (
                    format!(
                        "`{}` is among {users} in `{}`, and the site keeps its servers in `{}`",
                        server.path, network.path, usual.path
                    ),
                    way_out(view, usual, member, &server.name),
                ),
            };
            sink.report_once(
                Finding::new(message, member.address.span, format!("an address of `{}`, with `{label}`", network.name))
                    .related_opt(network.span, format!("the network of the {users}"))
                    .help(help)
                    .needs(Fact::Written(member.address.span)),
            );
        }
    }
    balancers(view, sink);
}

/// The network of the gateway of a Mediation Server.
fn gateway_network<'a>(view: &RuleContext<'a>, group: &Group) -> Option<&'a Network> {
    let gateway = view.topology.group(group.related(Relation::Gateway).next()?);
    let member = view.endpoints(gateway).flat_map(|endpoint| &endpoint.members).next()?;
    Some(view.topology.network(member.network))
}

/// Load balancers that speak from an address among clients, where the servers behind them are elsewhere.
fn balancers(view: &RuleContext, sink: &mut Sink) {
    let topology = view.topology;
    let mut clients: Vec<&Network> =
        topology.networks.iter().filter(|network| network.clients || network.administrators).collect();
    clients.sort_by_key(|network| network.range);
    for balancer in &topology.load_balancers {
        for address in balancer.snat_addresses.iter().chain(&balancer.self_addresses) {
            let after = clients.partition_point(|network| network.range.network() <= address.value);
            let Some(network) = clients[..after].last().filter(|network| network.range.contains(&address.value)) else {
                continue;
            };
            let behind = topology
                .endpoints
                .iter()
                .filter(|endpoint| endpoint.vip.as_ref().is_some_and(|vip| vip.load_balancer == balancer.id));
            let servers: BTreeSet<NetworkId> =
                behind.flat_map(|endpoint| &endpoint.members).map(|member| member.network).collect();
            let Some(usual) = servers.first().filter(|_| !servers.contains(&network.id)) else { continue };
            let usual = topology.network(*usual);
            sink.report_once(
                Finding::new(
                    format!(
                        "the load balancer `{}` speaks from `{}`, the network of {}, and its servers are in `{}`",
                        balancer.path,
                        network.path,
                        if network.clients { "clients" } else { "administrators" },
                        usual.path
                    ),
                    address.span,
                    format!("an address of `{}`", network.name),
                )
                .related_opt(network.span, "the network")
                .help(format!("give it an address of `{}` ({})", usual.path, usual.range))
                .needs(Fact::Written(address.span)),
            );
        }
    }
}

fn way_out(view: &RuleContext, usual: &Network, member: &Member, server: &str) -> String {
    let line = |other: &&crate::model::Server| other.addresses.iter().any(|(address, _)| address.span == member.address.span);
    let several = view.topology.servers.iter().filter(line).count();
    let free = super::address_of_another_site::own_address(view, usual, member.address.value).filter(|_| several == 1);
    match free {
        Some(free) => format!("write `{free}`, which is free in `{}`", usual.path),
        None => format!("give {} an address of `{}` ({})", words::quoted(&[server]), usual.path, usual.range),
    }
}
