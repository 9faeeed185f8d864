//! `load_balancer`: the devices in front of pools and arrays.

use super::{COMMON, common};
use crate::product::{BalancerDialect, NatMode};
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static LOAD_BALANCER: BlockSchema = BlockSchema {
    kind: "load_balancer",
    title: "Load balancer",
    parents: &["site"],
    attrs: &[
        AttrSchema::required("nat", Type::Choice(NatMode::CHOICES), "Which address of a packet it translates."),
        AttrSchema::optional(
            "snat_addresses",
            Type::List(&Type::Address),
            "The source addresses that it uses. Each carries up to 65,000 users at the same time.",
        ),
        AttrSchema::optional(
            "self_addresses",
            Type::List(&Type::Address),
            "Its own addresses in the servers' networks, the source of its health checks. Firewalls on the servers allow the checks from these addresses; without them it treats every server behind such a firewall as failed.",
        ),
        AttrSchema::optional(
            "idle_timeout",
            Type::Duration,
            "The time without traffic after which it drops a TCP connection. 20min is the usual value, 30min since 2007 R2; a lower value disconnects idle clients.",
        ),
        AttrSchema::default(
            "kind",
            choices! {
                hardware => "A hardware load balancer, which the product requires.",
                windows_nlb => "Windows Network Load Balancing; the product does not support it.",
                dns => "Several addresses for one name; the product does not support it.",
            },
            "hardware",
            "The kind of load balancer.",
        ),
        common::REDUNDANT,
        AttrSchema::default(
            "dialect",
            Type::Choice(BalancerDialect::CHOICES),
            "haproxy",
            "The language that its configuration is written in. A plain table of listeners is written as well.",
        ),
        AttrSchema::optional(
            "arms",
            choices! {
                one_armed => "Virtual addresses and servers are in networks that it reaches through one interface.",
                two_armed => "Virtual addresses are on one interface, and servers are behind the other.",
            },
            "How it is connected. 2007 R2 supports only these two.",
        ),
    ],
    doc: "A load balancer. Pools, arrays and edge interfaces refer to it and have a virtual address on it.",
    step: 7,
    example: "load_balancer lb_servers {
  nat            = snat
  snat_addresses = [10.10.0.9]
  self_addresses = [10.10.0.8]
  idle_timeout   = 20min
  dialect        = haproxy
}",
    ..COMMON
};
