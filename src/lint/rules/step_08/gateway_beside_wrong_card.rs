//! A gateway on the side of the servers.

use crate::catalog::Support;
use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Member;
use crate::product::{GroupKind, Relation, Role, Side};

rule! {
    /// ## What it does
    /// Reports a media gateway in the network of its Mediation Server's `address`, while the `gateway_address` is in another.
    ///
    /// ## Why it matters
    /// The network card for Communications Server is in the network of the gateway, and the card for the gateway is not. Calls
    /// leave by one card and return by the other, or unencrypted voice crosses the network of the servers.
    ///
    /// ## Planning Guide
    /// Step 8: a Mediation Server has two cards, one on each side. Its name leads to the card for Communications Server; the
    /// gateway is configured with the address of the other card.
    "OCS0826" "gateway-beside-wrong-card" {
        severity: Warning,
        confidence: High,
        source: "Mediation Server, interfaces (dd572179)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[("address = 10.10.8.71", "address = 10.10.0.71")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("mediation_server.two_network_cards") else { return };
    let network = |member: &Member| view.topology.network(member.network);
    for group in view.groups(GroupKind::MediationServer) {
        let side = |side| view.topology.group_endpoint(group.id, Role::Mediation, side)?.members.first();
        let (Some(inner), Some(outer)) = (side(Side::Inside), side(Side::Gateway)) else { continue };
        let gateways = group.related(Relation::Gateway).map(|id| view.topology.group(id));
        for (gateway, at) in gateways.filter_map(|gateway| {
            let member = view.endpoints(gateway).find_map(|endpoint| endpoint.members.first())?;
            Some((gateway, member))
        }) {
            if at.network != inner.network || inner.network == outer.network {
                continue;
            }
            // Both cards are in each other's place where the servers that it speaks to are beside the one for the gateway.
            let hops = group.related(Relation::NextHop).flat_map(|hop| view.endpoints(view.topology.group(hop)));
            let swapped = hops.flat_map(|endpoint| &endpoint.members).any(|member| member.network == outer.network);
            let help = if swapped {
                format!(
                    "exchange the two: write `address = {}` and `gateway_address = {}` in `{}`",
                    outer.address.value, inner.address.value, group.path
                )
            } else {
                format!("write an address of `{}` ({}) in `{}`", network(outer).path, network(outer).range, gateway.path)
            };
            let (place, label) = match swapped {
                true => (inner.address.span, format!("the card in the network of the gateway, `{}`", network(inner).name)),
                false => (at.address.span, format!("an address of `{}`", network(inner).name)),
            };
            sink.report(
                Finding::new(
                    format!(
                        "the gateway `{}` belongs in the network of the `gateway_address` of `{}`, and is in that of its `address`, `{}`",
                        gateway.path,
                        group.path,
                        network(inner).path
                    ),
                    place,
                    label,
                )
                .related(outer.address.span, format!("the card for the gateway, in `{}`", network(outer).name))
                .related(
                    if swapped { at.address.span } else { inner.address.span },
                    match swapped {
                        true => "the gateway",
                        false => "the card for Communications Server",
                    },
                )
                .help(help)
                .needs(Fact::Written(at.address.span))
                .needs(Fact::Written(inner.address.span))
                .needs(Fact::Written(outer.address.span))
                .as_sure_as(&row.provenance),
            );
        }
    }
}
