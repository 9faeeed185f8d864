//! Conversations that anybody in the network can hear.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;
use crate::product::{GroupKind, Role, Side};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a gateway with `transport = tcp` in a network where others are than gateways and the gateway side of Mediation
    /// Servers.
    ///
    /// ## Why it matters
    /// Over TCP neither the signalling nor the voice between Mediation Server and gateway is encrypted. Who is in their network
    /// can listen to every call, and place some.
    ///
    /// ## Planning Guide
    /// Step 8: TLS is better between Mediation Server and gateway; over TCP the two have a network of their own.
    "OCS0822" "gateway-in-the-clear" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 8, Mediation Server (bb663730); 2007 R2, Mediation Server (dd441159)",
        bad: Example::with(bases::VOICE, &[("transport = tls }", "transport = tcp }"), (
            "range = 10.10.8.0/24 }",
            "range = 10.10.8.0/24  clients = true }",
        )]),
        good: Example::with(bases::VOICE, &[("transport = tls }", "transport = tcp }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("media_gateway.tls") else { return };
    let clear = |group: &&crate::model::Group| matches!(group.detail, Detail::Gateway { transport: "tcp", .. });
    let gateways: Vec<_> = view.groups(GroupKind::MediaGateway).filter(clear).collect();
    if gateways.is_empty() {
        return;
    }
    // Of each network, one who does not belong to the gateways there.
    let mut others: Vec<Option<(&str, Span)>> =
        view.topology.networks.iter().map(|network| Some(("clients", network.span.filter(|_| network.clients)?))).collect();
    for endpoint in &view.topology.endpoints {
        let belongs = endpoint.role == Role::MediaGateway || (endpoint.role, endpoint.side) == (Role::Mediation, Side::Gateway);
        for member in endpoint.members.iter().filter(|_| !belongs) {
            let path = view.topology.server(member.server).path.as_str();
            others[member.network.index()].get_or_insert((path, member.address.span));
        }
    }
    let places =
        view.blocks_of("media_gateway").filter_map(|block| Some((view.group_of(block)?.id, block.decl.place("transport"))));
    let places: std::collections::BTreeMap<_, _> = places.collect();
    for gateway in gateways {
        let member = view.endpoints(gateway).find_map(|endpoint| endpoint.members.first());
        let Some((member, (who, place))) = member.and_then(|member| Some((member, others[member.network.index()]?))) else {
            continue;
        };
        sink.report(
            Finding::new(
                format!(
                    "over TCP the gateway `{}` needs a network of its own, and in `{}` {}",
                    gateway.path,
                    view.topology.network(member.network).path,
                    if who == "clients" { "there are clients".to_owned() } else { format!("is `{who}` too") }
                ),
                places.get(&gateway.id).copied().unwrap_or(gateway.span),
                "calls are not encrypted",
            )
            .related(place, "others in this network")
            .help("write `transport = tls` where the gateway knows it, or give the gateways and the gateway side of Mediation Servers a network of their own")
            .by_support_level(row),
        );
    }
}
