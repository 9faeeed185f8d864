//! A perimeter in pieces.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Member, NetworkId, SiteId};
use crate::product::{GroupKind, Side, Zone};

rule! {
    /// ## What it does
    /// Reports edge servers and reverse proxies of one site whose inside addresses are not in the same network.
    ///
    /// ## Why it matters
    /// Each additional network needs its own rules and routes on the inner firewall. The tested shape has one network.
    ///
    /// ## Planning Guide
    /// Step 6: all edge servers and the reverse proxy of a location are in the same perimeter subnet. Other layouts work, so this
    /// is a warning.
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

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut sites: BTreeMap<SiteId, Vec<&Member>> = BTreeMap::new();
    let groups = view.groups(GroupKind::EdgeArray).chain(view.groups(GroupKind::ReverseProxy));
    for (group, endpoint) in groups.flat_map(|group| view.endpoints(group).map(move |endpoint| (group, endpoint))) {
        let inside = endpoint.members.iter().filter(|_| endpoint.side == Side::Inside);
        let perimeter = inside.filter(|member| view.topology.network(member.network).zone == Zone::Perimeter);
        sites.entry(group.site).or_default().extend(perimeter);
    }
    for (site, members) in sites {
        // The others are to join the most; of as many the first are the most.
        let mut counts: BTreeMap<NetworkId, BTreeSet<Ipv4Addr>> = BTreeMap::new();
        for member in &members {
            counts.entry(member.network).or_default().insert(member.address.value);
        }
        let Some(most) = counts.values().map(BTreeSet::len).max() else { continue };
        let Some(home) = members.iter().find(|member| counts[&member.network].len() == most) else { continue };
        for member in members.iter().filter(|member| member.network != home.network) {
            let (there, network) = (view.topology.network(home.network), view.topology.network(member.network));
            sink.report_once(
                Finding::new(
                    format!(
                        "the perimeter of `{}` is in two networks, `{}` and `{}`",
                        view.topology.site(site).name,
                        there.name,
                        network.name
                    ),
                    member.address.span,
                    format!("`{}` is in `{}`", view.topology.server(member.server).path, network.path),
                )
                .related(home.address.span, format!("another server is in `{}`", there.path))
                .help(format!("give it an address of `{}`", there.name))
                .needs(Fact::Written(member.address.span)),
            );
        }
    }
}
