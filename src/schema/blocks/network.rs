//! `network`: an address range in a site.

use super::COMMON;
use crate::product::Zone;
use crate::schema::{AttrSchema, BlockSchema, Type};

pub(super) static NETWORK: BlockSchema = BlockSchema {
    kind: "network",
    title: "Network",
    parents: &["site"],
    attrs: &[
        AttrSchema::required(
            "zone",
            Type::Choice(Zone::CHOICES),
            "The side of the inner firewall that it is on. The network `internet` is predefined and is not declared.",
        ),
        AttrSchema::required(
            "range",
            Type::Network,
            "The addresses of the network. The network of a server is found by its address; ranges must not overlap.",
        ),
        AttrSchema::optional(
            "gateway",
            Type::Address,
            "The router that leads from this network to the other networks of its side. Runbooks write the routes of Edge Servers and \
             reverse proxies with it.",
        ),
        AttrSchema::default("clients", Type::Bool, "false", "Whether users' computers and phones are in it."),
        AttrSchema::optional(
            "dns_suffixes",
            Type::OneOrMore(&Type::Fqdn),
            "The DNS suffixes that DHCP hands to its clients (options 15 and 119), the domain first. Phones add them to the names that \
             they look up. Left out, the Active Directory domain of the site is presumed.",
        ),
        AttrSchema::optional(
            "time_server",
            Type::Reference(&["domain_controller"]),
            "The domain controller that its phones take the time from. The internal zone of each SIP domain then has `_ntp._udp`, \
             which phones look up.",
        ),
        AttrSchema::default(
            "administrators",
            Type::Bool,
            "false",
            "Whether administrators work from it. Management ports are opened for these networks only.",
        ),
    ],
    doc: "An IPv4 network of a site. Firewalls and WAN links join networks.",
    step: 4,
    example: "network clients {
  zone    = internal
  range   = 10.10.64.0/18
  clients = true
}",
    ..COMMON
};
