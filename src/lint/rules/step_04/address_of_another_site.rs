//! A server at one site with an address of another.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::rules::step_02::stretched_pool::stretched;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Group, Network, NetworkId, SiteId};
use crate::product::{GroupKind, Relation, Role, Side, Zone};
use crate::text::{Span, Spanned};

rule! {
    /// ## What it does
    /// Reports an address of a server, a virtual address or a SNAT address that is in a network of another site than its block.
    /// When most of a pool is elsewhere, `stretched-pool` reports it.
    ///
    /// ## Why it matters
    /// The location of a server is derived from its address alone. With one wrong digit the firewalls of the other site get rules
    /// for it, and those of its own site do not.
    ///
    /// ## Planning Guide
    /// Step 4: networks and firewalls are those of the site that the servers are in. The two statements of the topology
    /// contradict each other; the guide does not say which one is right, so this is a warning.
    "OCS0455" "address-of-another-site" {
        severity: Warning,
        confidence: High,
        source: "the topology's own sites and networks; Planning Guide step 4, infrastructure",
        bad: Example::with(bases::VOICE, &[BRANCH, ("address = 10.10.8.71", "address = 10.20.0.71")]),
        good: Example::with(bases::VOICE, &[BRANCH]),
    }
}

/// A branch with a network of its own.
const BRANCH: (&str, &str) = (
    "site hq {",
    "site branch {\n  users = 0\n\n  network lan { zone = internal  range = 10.20.0.0/24 }\n}\n\nwan_link line { joins = [hq.gateways, branch.lan] }\n\nsite hq {",
);

/// An address and where it is.
struct Address<'a> {
    what: String,
    site: SiteId,
    address: Spanned<Ipv4Addr>,
    network: &'a Network,
    /// The network that it belongs in, where its partner says so.
    near: Option<&'a Network>,
    /// Whether its block may as well be at the other site: it is no part of another.
    movable: bool,
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut lines: BTreeMap<Span, BTreeSet<Ipv4Addr>> = BTreeMap::new();
    let all = addresses(view);
    let homes = homes(view);
    for address in &all {
        lines.entry(address.address.span).or_default().insert(address.address.value);
    }
    for Address { what, site, address, network, near, movable } in all {
        let Some(other) = network.site.filter(|other| *other != site) else { continue };
        let (here, there) = (view.topology.site(site), view.topology.site(other));
        let own = near.or_else(|| homes.get(&(site, network.zone)).copied());
        let several = lines.get(&address.span).is_some_and(|line| line.len() > 1);
        let first = match own {
            Some(own) => match own_address(view, own, address.value).filter(|_| !several) {
                Some(like) => format!("write `{like}`, which is free in `{}`", own.path),
                None => format!("write an address of `{}` ({})", own.path, own.range),
            },
            None => format!(
                "declare a network with `zone = {}` in the site `{}`",
                if network.zone == Zone::Perimeter { "perimeter" } else { "internal" },
                here.name
            ),
        };
        let help = if movable { format!("{first}; or move the block to the site `{}`", there.name) } else { first };
        sink.report_once(
            Finding::new(
                format!("{what} is at the site `{}`, and {} is an address of `{}`", here.name, address.value, network.path),
                address.span,
                format!("a network of the site `{}`", there.name),
            )
            .related(here.span, "the site of the block")
            .related_opt(network.span, format!("`{}` is {}", network.path, network.range))
            .help(help)
            .needs(Fact::Written(address.span)),
        );
    }
}

/// The addresses that the rule judges.
fn addresses<'a>(view: &RuleContext<'a>) -> Vec<Address<'a>> {
    let topology = view.topology;
    let stretched = stretched(view);
    let apart = |group: &Group| stretched.contains_key(&group.id);
    let mut all = Vec::new();
    for server in &topology.servers {
        let group = topology.group(server.group);
        for (address, network) in server.addresses.iter().filter(|_| !apart(group)) {
            let network = topology.network(*network);
            // On the wrong side of the inner firewall is worse, and has a rule of its own.
            if (network.zone == Zone::Perimeter) == matches!(group.kind, GroupKind::EdgeArray | GroupKind::ReverseProxy) {
                let near = beside_its_partner(view, group);
                let movable = group.servers.len() == 1 && server.path.matches('.').count() == 1;
                all.push(Address {
                    what: format!("`{}`", server.path),
                    site: server.site,
                    address: *address,
                    network,
                    near,
                    movable,
                });
            }
        }
    }
    for endpoint in &topology.endpoints {
        let group = topology.group(endpoint.group);
        if let Some(vip) = endpoint.vip.as_ref().filter(|_| !apart(group)) {
            let (what, network) = (format!("`{}`", group.path), topology.network(vip.network));
            all.push(Address { what, site: group.site, address: vip.address, network, near: None, movable: false });
        }
    }
    for balancer in &topology.load_balancers {
        for address in &balancer.snat_addresses {
            if let Some(network) = topology.network_around(address.value) {
                all.push(Address {
                    what: format!("`{}`", balancer.path),
                    site: balancer.site,
                    address: *address,
                    network,
                    near: None,
                    movable: false,
                });
            }
        }
    }
    all
}

/// For a gateway, the network of the card of its Mediation Server.
fn beside_its_partner<'a>(view: &RuleContext<'a>, gateway: &Group) -> Option<&'a Network> {
    let (server, _) = view.dependants(Relation::Gateway, gateway.id).first()?;
    let card = view.topology.group_endpoint(*server, Role::Mediation, Side::Gateway)?.members.first()?;
    Some(view.topology.network(card.network)).filter(|network| network.site == Some(gateway.site))
}

/// Of each site and zone the network in which most servers are; one of clients only where there is no other.
fn homes<'a>(view: &RuleContext<'a>) -> BTreeMap<(SiteId, Zone), &'a Network> {
    let mut servers: BTreeMap<NetworkId, usize> = BTreeMap::new();
    for (_, network) in view.topology.servers.iter().flat_map(|server| &server.addresses) {
        *servers.entry(*network).or_insert(0) += 1;
    }
    let preference = |network: &Network| {
        let used = servers.get(&network.id).copied().unwrap_or_default();
        (!network.clients, used, Reverse(network.id))
    };
    let mut homes: BTreeMap<(SiteId, Zone), &Network> = BTreeMap::new();
    for network in &view.topology.networks {
        let Some(site) = network.site else { continue };
        let home = homes.entry((site, network.zone)).or_insert(network);
        if preference(network) > preference(home) {
            *home = network;
        }
    }
    homes
}

/// The free address of a network with the same digits for the host, as where one digit of the network is mistyped.
pub(super) fn own_address(view: &RuleContext, network: &Network, like: Ipv4Addr) -> Option<Ipv4Addr> {
    let range = network.range;
    let host = like.to_bits() & range.hostmask().to_bits();
    let address = Ipv4Addr::from_bits(range.network().to_bits() | host);
    let usable = range.prefix_len() >= 31 || (address != range.network() && address != range.broadcast());
    (usable && !view.topology.addresses.contains_key(&address)).then_some(address)
}
