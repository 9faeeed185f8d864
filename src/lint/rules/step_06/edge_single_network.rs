//! An edge server with both feet on one side.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{GroupKind, Side};

rule! {
    /// ## What it does
    /// Reports an edge server whose inside address and an outside address are in the same network.
    ///
    /// ## Why it matters
    /// The server then has two cards in one subnet: answers leave by the wrong one, and what passes between outside and
    /// inside passes no firewall.
    ///
    /// ## Planning Guide
    /// Step 6: the internal and the external interface of an edge server are in different subnets.
    "OCS0604" "edge-single-network" {
        severity: Error,
        confidence: Medium,
        source: "Edge deployment, network interfaces of edge servers",
        of_what_is_written: true,
        bad: Example::with(bases::EDGE, &[("web_conferencing_edge = 131.107.155.11", "web_conferencing_edge = 172.25.33.11"), (
            "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }",
            r"  firewall outer {
    joins   = [internet, edge_outside, edge_inside]
    dialect = nftables
    static_nat webconf { public = 131.107.155.11  inside = 172.25.33.11 }
  }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for group in view.groups(GroupKind::EdgeArray) {
        let endpoints: Vec<_> = view.endpoints(group).collect();
        for outside in endpoints.iter().filter(|endpoint| endpoint.side == Side::Outside) {
            let Some(inside) = endpoints.iter().find(|other| other.side == Side::Inside && other.role == outside.role) else {
                continue;
            };
            for (outer, inner) in outside.members.iter().zip(&inside.members) {
                if outer.server == inner.server && outer.network == inner.network {
                    let server = view.topology.server(outer.server);
                    sink.report_once(
                        Finding::new(
                            format!(
                                "the inside and outside addresses of `{}` are both in the network `{}`",
                                server.path,
                                view.topology.network(outer.network).path
                            ),
                            outer.address.span,
                            format!("outside, for {}", outside.role.title()),
                        )
                        .related(inner.address.span, "inside")
                        .help("give the outside an address of the network towards the internet"),
                    );
                }
            }
        }
    }
}
