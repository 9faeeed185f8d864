//! A translation where the internet never comes by.

use std::collections::BTreeSet;

use crate::flow::FlowProblem;
use crate::graph::NetworkGraph;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{FirewallId, NetworkId};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a `static_nat` on a firewall that is not on the route between the internet and the network of its `inside`
    /// address.
    ///
    /// ## Why it matters
    /// The external zone and the runbook use the public address, but no packet to it reaches the firewall that translates it. The
    /// rules of the outer firewall still allow the untranslated address.
    ///
    /// ## Planning Guide
    /// Step 6: where an outside address of the perimeter is translated, the outer firewall does it.
    "OCS0616" "misplaced-translation" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617)",
        waivable: false,
        bad: Example::with(bases::EDGE, &[(
            "joins = [edge_inside, servers, clients]  dialect = nftables }",
            r"joins = [edge_inside, servers, clients]
    static_nat proxy { public = 131.107.156.1  inside = 131.107.155.40 }
  }",
        )]),
        good: Example::with(bases::EDGE, &[(
            "joins = [internet, edge_outside]  dialect = nftables }",
            r"joins = [internet, edge_outside]
    static_nat proxy { public = 131.107.156.1  inside = 131.107.155.40 }
  }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let topology = view.topology;
    if topology.firewalls.iter().all(|firewall| firewall.nats.is_empty()) {
        return;
    }
    let reported = reported_elsewhere(view);
    let graph = NetworkGraph::new(topology);
    let mut router = graph.router();
    let internet = graph.area(NetworkId::INTERNET);
    for firewall in &topology.firewalls {
        for nat in firewall.nats.iter().filter(|nat| !reported.contains(&nat.span)) {
            let Some(home) = topology.network_around(nat.inside.value) else { continue };
            let area = graph.area(home.id);
            let route = router.route(internet, area);
            let passes = |id: FirewallId| {
                route.as_ref().is_some_and(|route| {
                    route.crossings.iter().any(|(crossed, _, _)| *crossed == id) || route.other_way == Some(id)
                })
            };
            let joins = |wanted| firewall.joins.iter().any(|network| graph.area(network.value) == wanted);
            if passes(firewall.id) || (joins(internet) && joins(area)) {
                continue;
            }
            let outer = route.as_ref().and_then(|route| route.crossings.first()).map(|(id, _, _)| topology.firewall(*id));
            let help = match outer {
                Some(outer) => format!("move `static_nat {}` into `firewall {}`, or remove it", nat.name, outer.name),
                None => format!("remove `static_nat {}`, or join `{}` to the internet by a firewall", nat.name, home.name),
            };
            sink.report(
                Finding::new(
                    format!(
                        "`{}` translates {}, and no route from the internet to it passes this firewall",
                        firewall.path, nat.inside.value
                    ),
                    nat.span,
                    format!("packets to {} do not pass here", nat.public.value),
                )
                .related_opt(outer.map(|outer| outer.span), "the route from the internet begins here")
                .help(help),
            );
        }
    }
}

/// Translations that break a flow are reported by that, wherever they are.
pub(super) fn reported_elsewhere(view: &RuleContext) -> BTreeSet<Span> {
    let problems = view.flows.problems.iter();
    problems.filter_map(|problem| if let FlowProblem::Nat { nat, .. } = problem { Some(*nat) } else { None }).collect()
}
