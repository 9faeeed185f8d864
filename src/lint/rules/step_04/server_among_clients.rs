//! A server in a network of users' computers.

use std::collections::BTreeMap;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Member, Network, NetworkId, SiteId, Zone};
use crate::product::{GroupKind, Role, Side};

rule! {
    /// ## What it does
    /// Reports a server in a network with `clients = true` where its site has as many servers or more in networks without clients.
    /// A site that keeps all its servers among its clients is not reported. Gateways and the cards towards them do not count.
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
    let mut among: BTreeMap<SiteId, Vec<&Member>> = BTreeMap::new();
    let mut known = std::collections::BTreeSet::new();
    for endpoint in &topology.endpoints {
        let to_telephones = endpoint.role == Role::MediaGateway || endpoint.side == Side::Gateway;
        for member in endpoint.members.iter().filter(|_| !to_telephones) {
            let (server, network) = (topology.server(member.server), topology.network(member.network));
            // An address of another site, or in the perimeter, is at issue elsewhere.
            let own = network.zone == Zone::Internal && network.site == Some(server.site);
            if !own || !known.insert(member.address.value) {
                continue;
            }
            match network.clients {
                true => among.entry(server.site).or_default().push(member),
                false => *kept.entry(server.site).or_default().entry(network.id).or_insert(0) += 1,
            }
        }
    }
    for (site, members) in among {
        let Some(kept) = kept.get(&site).filter(|kept| kept.values().sum::<usize>() >= members.len()) else { continue };
        let Some((usual, _)) = kept.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(**id))) else { continue };
        let usual = topology.network(*usual);
        for member in members {
            let (server, network) = (topology.server(member.server), topology.network(member.network));
            let group = topology.group(server.group);
            // Perimeter servers in internal networks are reported as such.
            if matches!(group.kind, GroupKind::EdgeArray | GroupKind::ReverseProxy) {
                continue;
            }
            sink.report_once(
                Finding::new(
                    format!(
                        "`{}` is among clients in `{}`, and the site keeps its servers in `{}`",
                        server.path, network.path, usual.path
                    ),
                    member.address.span,
                    format!("an address of `{}`, with `clients = true`", network.name),
                )
                .related_opt(network.span, "the network of the clients")
                .help(way_out(view, usual, member, &server.name))
                .needs(Fact::Written(member.address.span)),
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
