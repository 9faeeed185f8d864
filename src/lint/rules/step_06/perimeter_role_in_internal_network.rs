//! Servers for strangers inside the house.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{NetworkId, Server, Zone};
use crate::product::GroupKind;
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports an edge server or a reverse proxy with an address in an internal network.
    ///
    /// ## Why it matters
    /// Connections from the internet end at these servers. One that is broken into must meet a firewall before anything else;
    /// on an internal network it meets every server and client.
    ///
    /// ## Planning Guide
    /// Steps 2 and 6: edge roles and the reverse proxy run in the perimeter network only.
    "OCS0605" "perimeter-role-in-internal-network" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, perimeter network (bb894627)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[("inside    = 172.25.33.40", "inside    = 10.10.0.40")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut misplaced: BTreeMap<NetworkId, Vec<(&Server, &Spanned<Ipv4Addr>)>> = BTreeMap::new();
    for group in view.groups(GroupKind::EdgeArray).chain(view.groups(GroupKind::ReverseProxy)) {
        for server in group.servers.iter().map(|id| view.topology.server(*id)) {
            for (address, network) in &server.addresses {
                if view.topology.network(*network).zone == Zone::Internal {
                    misplaced.entry(*network).or_default().push((server, address));
                }
            }
        }
    }
    for (id, servers) in misplaced {
        let network = view.topology.network(id);
        // What its zone is could not be read.
        if view.blocks_of("network").any(|block| block.decl.is_refused("zone") && network.span == Some(block.decl.name_span)) {
            continue;
        }
        let addresses: BTreeSet<Ipv4Addr> = servers.iter().map(|(_, address)| address.value).collect();
        let here = view.topology.servers.iter().flat_map(|server| &server.addresses).filter(|(_, other)| *other == id);
        let alone = here.clone().all(|(address, _)| addresses.contains(&address.value));
        // Where nothing else is, the zone of the network is what is wrong.
        if let (Some(place), true, [(first, _), (_, _), ..]) = (network.span, alone && !network.clients, servers.as_slice()) {
            let mut finding = Finding::new(
                format!(
                    "`{}` holds servers of the perimeter only, such as `{}`, and is an internal network",
                    network.path, first.path
                ),
                view.blocks_of("network")
                    .find(|block| block.path == network.path)
                    .map_or(place, |block| block.decl.place("zone")),
                "their place is the perimeter",
            )
            .help(format!("write `zone = perimeter` in `network {}`, or give them addresses of such a network", network.name))
            .blames(Fact::Written(place));
            for (server, address) in servers.iter().take(3) {
                finding = finding.related(address.span, format!("`{}`", server.path));
            }
            for (_, address) in &servers {
                finding = finding.blames(Fact::Written(address.span));
            }
            sink.report(finding);
            continue;
        }
        for (server, address) in servers {
            sink.report_once(
                Finding::new(
                    format!(
                        "`{}` belongs in the perimeter, and {} is in the internal network `{}`",
                        server.path, address.value, network.path
                    ),
                    address.span,
                    format!("an address of `{}`", network.name),
                )
                .related_opt(network.span, "the network, with `zone = internal`")
                .help("give it an address of a network with `zone = perimeter`"),
            );
        }
    }
}
