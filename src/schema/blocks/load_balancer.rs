//! `load_balancer`: the devices in front of pools and arrays.

use super::{COMMON, common};
use crate::product::NatMode;
use crate::schema::{AttrSchema, BlockSchema, Type};

/// Whether what speaks a dialect of `load_balancer` balances UDP.
pub fn balances_udp(dialect: &str) -> bool {
    dialect != "haproxy"
}

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
            "Its own addresses in the servers' networks, from which it looks whether servers live. Firewalls on the servers let its looks \
             in from these; without them it takes every server for dead as soon as such a firewall blocks.",
        ),
        AttrSchema::optional(
            "idle_timeout",
            Type::Duration,
            "After how long without traffic it drops a TCP connection. 20min is the usual value, 30min since 2007 R2; less cuts off quiet clients.",
        ),
        AttrSchema::default(
            "kind",
            choices! {
                hardware => "A load balancer as the product asks for.",
                windows_nlb => "Windows Network Load Balancing; the product does not support it.",
                dns => "Several addresses for one name; the product does not support it.",
            },
            "hardware",
            "What it is.",
        ),
        common::REDUNDANT,
        AttrSchema::default(
            "dialect",
            choices! {
                haproxy => "HAProxy. It balances TCP only; media relays listen on UDP as well.",
                f5 => "F5 BIG-IP, as tmsh commands.",
                netscaler => "Citrix NetScaler.",
            },
            "haproxy",
            "The language that its configuration is written in. A plain table of listeners is written as well.",
        ),
        AttrSchema::optional(
            "arms",
            choices! {
                one_armed => "Virtual addresses and servers are in networks that it reaches through one interface.",
                two_armed => "Virtual addresses are on one interface, servers behind the other.",
            },
            "How it is connected. 2007 R2 supports exactly these two ways.",
        ),
    ],
    doc: "A load balancer. Pools, arrays and edge interfaces name it and say which virtual address they have on it.",
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
