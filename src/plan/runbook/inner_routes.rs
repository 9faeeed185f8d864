//! The routes that a server of the perimeter needs to the inside, for its default gateway leads to the internet.

use ipnet::Ipv4Net;

use super::facts::Facts;
use super::value::{Item, Value};
use crate::model::{Network, Server};
use crate::product::{Side, Zone};

impl Facts<'_> {
    /// The routes of a server: with the router of its inner network, or without where the topology does not name it.
    pub(super) fn inner_route_value(&self, server: &Server, name: &str) -> Option<Value> {
        let topology = self.inputs.plans.topology;
        let inside = self.roles_on(server).into_iter().find_map(|role| self.address_on(server, role, Side::Inside))?;
        let network = topology.networks.iter().find(|network| network.span.is_some() && network.range.contains(&inside))?;
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
