//! A Mediation Server with both cards on one side.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{GroupKind, Role, Side};

rule! {
    /// ## What it does
    /// Reports a Mediation Server whose two addresses are in the same network.
    ///
    /// ## Why it matters
    /// Towards the gateway voice is often not encrypted: on a network of its own nobody listens in. With both cards in one
    /// subnet media may also leave by the wrong one.
    ///
    /// ## Planning Guide
    /// Step 8: two network cards, one on each side, with different addresses. 2007 R2 asks for different subnets; in 2007
    /// that is good practice, so there this is a warning.
    "OCS0801" "mediation-single-network" {
        severity: Error,
        confidence: High,
        source: "Mediation Server, interfaces (dd572179)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[("gateway_address  = 10.10.8.61", "gateway_address  = 10.10.0.62")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("mediation_server.two_subnets") else { return };
    for group in view.groups(GroupKind::MediationServer) {
        let side = |side| view.topology.group_endpoint(group.id, Role::Mediation, side)?.members.first();
        let (Some(inner), Some(outer)) = (side(Side::Inside), side(Side::Gateway)) else { continue };
        if inner.network == outer.network {
            sink.report(
                Finding::new(
                    format!(
                        "both addresses of the Mediation Server `{}` are in `{}`",
                        group.path,
                        view.topology.network(inner.network).path
                    ),
                    outer.address.span,
                    "towards the gateway",
                )
                .related(inner.address.span, "towards Communications Server")
                .help("give it a `gateway_address` in the network of the gateway, apart from the servers")
                .by_support_level(row),
            );
        }
    }
}
