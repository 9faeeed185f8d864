//! Callers whose addresses a load balancer hides.

use super::behind;
use crate::catalog::BalancedRole;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{NatMode, Role, Side};

rule! {
    /// ## What it does
    /// Reports A/V Edges whose outside address is behind a load balancer with `nat = snat`.
    ///
    /// ## Why it matters
    /// The A/V Edge reports to each caller the address that it sees, so that others can send media there. With SNAT it sees the
    /// address of the load balancer: calls are connected but have no audio.
    ///
    /// ## Planning Guide
    /// Step 7: a load balancer may change both addresses of a packet in front of Access and Web Conferencing Edges, and only
    /// the destination in front of A/V Edges.
    "OCS0711" "av-edge-behind-snat" {
        severity: Error,
        confidence: Medium,
        source: "2007 R2, load balancers of edge servers (dd441179) and their topologies",
        bad: Example::with(bases::SCALED, &[(
            "    nat          = dnat\n    idle_timeout = 30min\n",
            "    nat            = snat\n    snat_addresses = [131.107.155.9]\n    idle_timeout   = 30min\n",
        )]),
        good: Example::of(bases::SCALED),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<BalancedRole>("av_edge.outside").filter(|row| row.translation == [NatMode::Dnat]) else { return };
    for (id, endpoints) in behind(view) {
        let balancer = view.topology.load_balancer(id);
        let media = endpoints.iter().find(|endpoint| (endpoint.role, endpoint.side) == (Role::AvEdge, Side::Outside));
        let Some((media, vip)) = media.and_then(|media| Some((media, media.vip.as_ref()?))) else { continue };
        if balancer.nat != NatMode::Snat {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "the A/V Edges of `{}` must see their callers' addresses, and `{}` replaces them with its own",
                    view.topology.group(media.group).path,
                    balancer.path
                ),
                vip.address.span,
                "media is sent to the load balancer instead of the callers",
            )
            .related(balancer.span, "the load balancer, with `nat = snat`")
            .help(format!("write `nat = dnat` in `load_balancer {}`, or give the A/V Edges another one", balancer.name))
            .as_sure_as(&row.provenance),
        );
    }
}
