//! A perimeter in pieces.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{GroupKind, NetworkId, Side, SiteId, Zone};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports edge servers and reverse proxies of one site whose inside addresses are not in the same network.
    ///
    /// ## Why it matters
    /// Each further network needs rules and routes of its own on the inner firewall. The shape that was tested has one.
    ///
    /// ## Planning Guide
    /// Step 6: all edge servers and the reverse proxy of a location are in the same perimeter subnet. It works otherwise, so
    /// this is a warning.
    "OCS0614" "edge-subnets" {
        severity: Warning,
        confidence: High,
        source: "Supportability guide, perimeter network (bb894627)",
        bad: Example::with(bases::EDGE, &[("inside    = 172.25.33.40", "inside    = 172.25.34.40"), (
            "  firewall inner { joins = [edge_inside, servers, clients]  dialect = nftables }",
            r"  network proxies { zone = perimeter  range = 172.25.34.0/24 }
  firewall inner { joins = [edge_inside, proxies, servers, clients]  dialect = nftables }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let mut homes: BTreeMap<SiteId, (NetworkId, Span)> = BTreeMap::new();
    let groups = view.groups(GroupKind::EdgeArray).chain(view.groups(GroupKind::ReverseProxy));
    for (group, endpoint) in groups.flat_map(|group| view.endpoints(group).map(move |endpoint| (group, endpoint))) {
        for member in endpoint.members.iter().filter(|_| endpoint.side == Side::Inside) {
            if view.topology.network(member.network).zone != Zone::Perimeter {
                continue;
            }
            let (home, first) = *homes.entry(group.site).or_insert((member.network, member.address.span));
            if home != member.network {
                let (home, network) = (view.topology.network(home), view.topology.network(member.network));
                sink.report_once(
                    Finding::new(
                        format!(
                            "the perimeter of `{}` is spread over `{}` and `{}`",
                            view.topology.site(group.site).name,
                            home.name,
                            network.name
                        ),
                        member.address.span,
                        format!("`{}` is in `{}`", view.topology.server(member.server).path, network.path),
                    )
                    .related(first, format!("the first server is in `{}`", home.path))
                    .help(format!("give it an address of `{}`", home.name)),
                );
            }
        }
    }
}
