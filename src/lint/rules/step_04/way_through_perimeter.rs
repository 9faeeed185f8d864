//! Inner traffic that passes where strangers are.

use std::collections::BTreeSet;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{NetworkId, Zone};

rule! {
    /// ## What it does
    /// Reports a perimeter network through which flows between internal networks pass.
    ///
    /// ## Why it matters
    /// Sign-in, databases and logon to domains then cross the network of the edge servers, and both firewalls open their
    /// ports to it. Whoever takes over an edge server can listen in.
    ///
    /// ## Planning Guide
    /// Step 6: the perimeter stands between the internet and the internal network, and is no part of either.
    "OCS0425" "way-through-perimeter" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 6, perimeter network (bb894627)",
        bad: Example::with(bases::EDGE, &[(
            "  firewall inner { joins = [edge_inside, servers, clients]  dialect = nftables }",
            r"  firewall inner { joins = [edge_inside, servers]  dialect = nftables }
  firewall office { joins = [edge_inside, clients]  dialect = nftables }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let topology = view.topology;
    let zone = |network: NetworkId| topology.network(network).zone;
    let mut reported = BTreeSet::new();
    for flow in &view.flows.flows {
        for leg in &flow.legs {
            let (Some(from), Some(to)) = (leg.from.first(), leg.to.first()) else { continue };
            let (from, to) = (&flow.from[*from], &flow.to[*to]);
            if zone(from.network) != Zone::Internal || zone(to.network) != Zone::Internal {
                continue;
            }
            for [first, second] in leg.crossings.array_windows() {
                let between = [first.leaves, second.enters].into_iter().find(|network| zone(*network) == Zone::Perimeter);
                let Some(between) = between.filter(|network| reported.insert(*network)) else { continue };
                let network = topology.network(between);
                let (near, far) = (topology.firewall(first.firewall), topology.firewall(second.firewall));
                let place = network.span.unwrap_or(near.span);
                sink.report(
                    Finding::new(
                        format!(
                            "the way from `{}` to `{}` leads through the perimeter network `{}`",
                            topology.network(from.network).path,
                            topology.network(to.network).path,
                            network.path
                        ),
                        place,
                        format!("flows such as `{}` pass here", flow.id),
                    )
                    .related(near.span, "from this firewall")
                    .related(far.span, "to this one")
                    .help(format!("join the internal networks by a firewall of their own, or all of them in `{}`", near.name))
                    .needs(Fact::Written(place)),
                );
            }
        }
    }
}
