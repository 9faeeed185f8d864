//! Traffic that a translation of addresses breaks.

use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{Role, Side};

rule! {
    /// ## What it does
    /// Reports a `static_nat` on the route of a flow that must not be translated.
    ///
    /// ## Why it matters
    /// Media endpoints exchange their addresses inside the signalling. When a firewall translates these addresses, calls are
    /// connected but have no audio.
    ///
    /// ## Planning Guide
    /// Step 6: the inner firewall must not translate the addresses of edge servers, which are routable from the whole internal
    /// network. The outside address of the A/V Edge has its own rule, `av-edge-public-address`.
    "OCS0408" "flow-through-nat" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617)",
        bad: Example::with(bases::EDGE, &[(
            "  firewall inner { joins = [edge_inside, servers, clients]  dialect = nftables }",
            r"  firewall inner {
    joins   = [edge_inside, servers, clients]
    dialect = nftables
    static_nat edge { public = 10.10.0.77  inside = 172.25.33.10 }
  }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for problem in &view.flows.problems {
        let FlowProblem::Nat { flow, firewall, nat, peer } = problem else { continue };
        let outside = peer.endpoint.map(|id| view.topology.endpoint(id)).is_some_and(|endpoint| endpoint.side == Side::Outside);
        if peer.role == Role::AvEdge && outside {
            continue;
        }
        let firewall = view.topology.firewall(*firewall);
        sink.report_once(
            Finding::new(
                format!(
                    "`{}` translates the address of `{}`, and the flow `{flow}` must not be translated",
                    firewall.path, peer.path
                ),
                *nat,
                "the translation is on its route",
            )
            .related_opt(peer.span, format!("the address of `{}`", peer.path))
            .help("remove the translation and route the address unchanged"),
        );
    }
}
