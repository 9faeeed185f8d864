//! The routes that a server of the perimeter needs to the inside, for its default gateway leads to the internet.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::facts::Facts;
use super::value::{Item, Value};
use super::{Line, Run};
use crate::model::{Group, Network, NetworkId, Server};
use crate::product::{GroupKind, NatMode, Side, Zone};

impl Facts<'_> {
    /// The routes of a server: with the router of its inner network, or without where the topology does not name it.
    pub(super) fn inner_route_value(&self, server: &Server, name: &str) -> Option<Value> {
        let topology = self.inputs.plans.topology;
        let inside = self.roles_on(server).into_iter().find_map(|role| self.address_on(server, role, Side::Inside))?;
        let network = topology.network_around(inside)?;
        let gateway = network.gateway.as_ref().map(|gateway| gateway.value);
        match (name, gateway) {
            ("inner_network", None) => Some(Value::Code(network.path.clone())),
            ("inner_routes", Some(gateway)) => {
                let routes = self.inner_ranges(network).into_iter();
                Value::list(
                    routes.map(|range| item(range).into_iter().chain([("gateway", Value::Address(gateway))]).collect()).collect(),
                )
            }
            ("unrouted", None) => Value::list(self.inner_ranges(network).into_iter().map(item).collect()),
            _ => None,
        }
    }

    /// The routes of a reverse proxy to the inside, through each of its networks there that have a known router, or those that have none.
    pub(super) fn proxy_route_value(&self, group: &Group, name: &str) -> Option<Value> {
        let networks = || self.inner_networks(group).into_iter().map(|id| self.inputs.plans.topology.network(id));
        let mut routes = Vec::new();
        for network in networks() {
            let ranges = self.inner_ranges(network).into_iter().map(item);
            match (name, &network.gateway) {
                ("proxy_routes", Some(gateway)) => {
                    routes.extend(
                        ranges.map(|item| item.into_iter().chain([("gateway", Value::Address(gateway.value))]).collect()),
                    );
                }
                ("proxy_unrouted", None) => routes.extend(ranges),
                _ => {}
            }
        }
        Value::list(routes)
    }

    /// The networks of the perimeter whose router to the inside the topology does not state, though servers need routes through it.
    pub(super) fn networks_without_router(&self) -> Option<Value> {
        let topology = self.inputs.plans.topology;
        let groups = topology.groups.iter().filter(|group| matches!(group.kind, GroupKind::EdgeArray | GroupKind::ReverseProxy));
        let networks: BTreeSet<NetworkId> = groups.flat_map(|group| self.inner_networks(group)).collect();
        let networks = networks.into_iter().map(|id| topology.network(id)).filter(|network| network.gateway.is_none());
        Value::list(networks.map(|network| vec![("network", Value::Code(network.path.clone()))]).collect())
    }

    /// The networks of a group's servers that lead to the inside.
    fn inner_networks(&self, group: &Group) -> BTreeSet<NetworkId> {
        let endpoints = group.endpoints.iter().map(|id| self.endpoint(*id)).filter(|endpoint| endpoint.side == Side::Inside);
        endpoints.flat_map(|endpoint| &endpoint.members).map(|member| member.network).collect()
    }

    /// The load balancers outside that hand a server the addresses of its clients, so that its answers have to come back through them,
    /// each with its address in the network of the server.
    pub(super) fn half_translated(&self, server: &Server) -> Option<Value> {
        let topology = self.inputs.plans.topology;
        let mut routers: BTreeMap<&str, Option<Ipv4Addr>> = BTreeMap::new();
        for endpoint in topology.endpoints.iter().filter(|endpoint| endpoint.side == Side::Outside) {
            let Some(vip) = &endpoint.vip else { continue };
            let Some(member) = endpoint.members.iter().find(|member| member.server == server.id) else { continue };
            let balancer = topology.load_balancer(vip.load_balancer);
            if balancer.nat == NatMode::Dnat {
                let range = topology.network(member.network).range;
                let own = balancer.self_addresses.iter().map(|address| address.value).find(|address| range.contains(address));
                routers.insert(&balancer.path, own);
            }
        }
        let line = |(path, own): (&str, Option<Ipv4Addr>)| {
            let code = |text: String| Run { text: text.into(), code: true };
            let text = |text: &'static str| Run { text: text.into(), code: false };
            let address = match own {
                Some(address) => vec![text(": "), code(address.to_string())],
                None => vec![text(" (the topology does not state the address: ask the load balancer team before the night)")],
            };
            vec![("line", Value::Line(Line([vec![code(path.to_owned())], address].concat())))]
        };
        Value::list(routers.into_iter().map(line).collect())
    }

    /// The addresses inside, in as few ranges as hold them exactly: a route for each would be typed on each server.
    fn inner_ranges(&self, from: &Network) -> Vec<Ipv4Net> {
        let networks = self.inputs.plans.topology.networks.iter();
        let inside = networks.filter(|network| network.zone == Zone::Internal && network.id != from.id);
        Ipv4Net::aggregate(&inside.map(|network| network.range).collect())
    }
}

fn item(range: Ipv4Net) -> Item {
    vec![
        ("network", Value::Code(range.to_string())),
        ("base", Value::Address(range.network())),
        ("mask", Value::Address(range.netmask())),
    ]
}
