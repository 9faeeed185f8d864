//! Networks and the devices between them.

use std::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{FirewallId, GroupId, LoadBalancerId, NetworkId, SiteId, WanLinkId};
use crate::lower::Fqdn;
use crate::product::{BalancerDialect, FirewallDialect, NatMode, Zone};
use crate::text::{Span, Spanned};

/// A network.
#[derive(Debug, Clone)]
pub struct Network {
    /// Its number.
    pub id: NetworkId,
    /// Its name.
    pub name: String,
    /// `site.name`, or `internet`.
    pub path: String,
    /// Its site; `None` for the internet.
    pub site: Option<SiteId>,
    /// Where it is.
    pub zone: Zone,
    /// Its addresses.
    pub range: Ipv4Net,
    /// The router that leads from it to the other networks of its side.
    pub gateway: Option<Spanned<Ipv4Addr>>,
    /// Whether users' clients are in it.
    pub clients: bool,
    /// The DNS suffixes that DHCP hands to its clients, where the topology states them.
    pub dns_suffixes: Vec<Spanned<Fqdn>>,
    /// What its phones take the time from.
    pub time_server: Option<Spanned<GroupId>>,
    /// Whether administrators' consoles are in it.
    pub administrators: bool,
    /// Where it is declared; `None` for the internet.
    pub span: Option<Span>,
}

impl Network {
    /// The network that is always there.
    pub(super) fn internet() -> Self {
        Self {
            id: NetworkId::INTERNET,
            name: "internet".to_owned(),
            path: "internet".to_owned(),
            site: None,
            zone: Zone::Internet,
            range: Ipv4Net::default(),
            gateway: None,
            clients: false,
            dns_suffixes: Vec::new(),
            time_server: None,
            administrators: false,
            span: None,
        }
    }
}

/// A one-to-one translation on a firewall.
#[derive(Debug, Clone)]
pub struct StaticNat {
    /// Its name.
    pub name: String,
    /// The public address.
    pub public: Spanned<Ipv4Addr>,
    /// The address that the server has.
    pub inside: Spanned<Ipv4Addr>,
    /// Where it is declared.
    pub span: Span,
}

/// A firewall.
#[derive(Debug, Clone)]
pub struct Firewall {
    /// Its number.
    pub id: FirewallId,
    /// Its name.
    pub name: String,
    /// `site.name`.
    pub path: String,
    /// Its site.
    pub site: SiteId,
    /// The networks that it joins, as written.
    pub joins: Vec<Spanned<NetworkId>>,
    /// The requested dialect.
    pub dialect: FirewallDialect,
    /// Translations, by name.
    pub nats: Vec<StaticNat>,
    /// Whether it is stated as a pair of which one takes over.
    pub redundant: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A link between networks that filters nothing.
#[derive(Debug, Clone)]
pub struct WanLink {
    /// Its number.
    pub id: WanLinkId,
    /// Its name.
    pub name: String,
    /// Its full path.
    pub path: String,
    /// The networks that it joins.
    pub joins: Vec<Spanned<NetworkId>>,
    /// Bits per second.
    pub bandwidth: Option<u64>,
    /// Milliseconds in one direction.
    pub latency: Option<Spanned<u64>>,
    /// Whether it is stated as a pair of which one takes over.
    pub redundant: bool,
    /// Where it is declared.
    pub span: Span,
}

/// A load balancer.
#[derive(Debug, Clone)]
pub struct LoadBalancer {
    /// Its number.
    pub id: LoadBalancerId,
    /// Its name.
    pub name: String,
    /// `site.name`.
    pub path: String,
    /// Its site.
    pub site: SiteId,
    /// How it treats addresses.
    pub nat: NatMode,
    /// Addresses that it speaks from to servers.
    pub snat_addresses: Vec<Spanned<Ipv4Addr>>,
    /// Its own addresses, the sources of its health checks.
    pub self_addresses: Vec<Spanned<Ipv4Addr>>,
    /// Seconds after which an idle connection is dropped.
    pub idle_timeout: Option<Spanned<u64>>,
    /// The requested dialect.
    pub dialect: BalancerDialect,
    /// Whether it is stated as a pair of which one takes over.
    pub redundant: bool,
    /// Where it is declared.
    pub span: Span,
}

/// Whether the internet does not route an address: RFC 1918, RFC 6598, link-local, loopback.
pub fn is_private(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private() || address.is_link_local() || address.is_loopback() || (first == 100 && (64..128).contains(&second))
}
