//! Communicator Web Access for users inside and outside at one listener.

use std::net::Ipv4Addr;

use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Detail, Endpoint};
use crate::product::{Feature, GroupKind, Role, Side};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Warns of a Communicator Web Access server with an external name whose virtual server for external users has no address or
    /// port of its own. If the topology states the address and port of the other virtual server, this is an error.
    ///
    /// ## Why it matters
    /// Internal and external users authenticate in different ways, which takes two virtual servers, and two virtual servers
    /// cannot share an address and port. Firewall rules, certificates and publishing rules must lead to the right one.
    ///
    /// ## Planning Guide
    /// Step 6: the virtual server for outside users is published by the reverse proxy under its own name.
    "OCS0632" "shared-web-access-listener" {
        severity: Error,
        confidence: Medium,
        source: "Communicator Web Access: planning for certificates (bb663572), publishing a virtual server (bb663581)",
        bad: Example::with(bases::EDGE, &[
            ("[web_conferencing, av_conferencing]", "[web_conferencing, av_conferencing, web_access]"),
            ("  edge_array edge {", "  web_access cwa {
    address       = 10.10.0.31
    external_fqdn = \"im.contoso.com\"
    pool          = se01
  }

  edge_array edge {"),
            ("publishes = [se01]", "publishes = [se01, cwa]"),
        ]),
        good: Example::with(bases::EDGE, &[
            ("[web_conferencing, av_conferencing]", "[web_conferencing, av_conferencing, web_access]"),
            ("  edge_array edge {", "  web_access cwa {
    address       = 10.10.0.31
    external_fqdn = \"im.contoso.com\"
    external_port = 4443
    pool          = se01
  }

  edge_array edge {"),
            ("publishes = [se01]", "publishes = [se01, cwa]"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let on = |feature| view.organization().feature(feature).is_some();
    if !on(Feature::WebAccess) || !on(Feature::RemoteUsers) {
        return;
    }
    let usual = view.catalog.flows.iter().find(|row| row.to == Role::WebAccess && row.stated_port);
    let Some(usual) = usual.and_then(|row| row.ports.first()).map(|port| port.first) else { return };
    for group in view.groups(GroupKind::WebAccess) {
        let Detail::WebAccess { external_fqdn: Some(name), .. } = &group.detail else { continue };
        let Some(inside) = view.topology.group_endpoint(group.id, Role::WebAccess, Side::Inside) else { continue };
        let Some(outside) = view.topology.group_endpoint(group.id, Role::WebAccess, Side::Outside) else {
            sink.report(
                Finding::new(
                    format!("`{}` has one listener for users inside and outside", group.path),
                    name.span,
                    "users outside come here through the reverse proxy",
                )
                .related(group.span, "its two virtual servers cannot share an address and port")
                .help("write `external_port = 4443`, or another address of the computer as `external_address`")
                .milder(Severity::Warning),
            );
            continue;
        };
        if view.topology.stated_port(outside).unwrap_or(usual) != usual {
            continue;
        }
        let taken = addresses(inside);
        let Some((address, span)) = addresses(outside).into_iter().find(|(own, _)| taken.iter().any(|(other, _)| other == own))
        else {
            continue;
        };
        sink.report(
            Finding::new(
                format!("both virtual servers of `{}` listen on {address} port {usual}", group.path),
                span,
                "the second one cannot start",
            )
            .help("write `external_port = 4443`, or give the virtual server for outside users an address of its own"),
        );
    }
}

/// What an endpoint is met at: its virtual address, and the addresses of its servers.
fn addresses(endpoint: &Endpoint) -> Vec<(Ipv4Addr, Span)> {
    let vip = endpoint.vip.iter().map(|vip| (vip.address.value, vip.address.span));
    let members = endpoint.members.iter().map(|member| (member.address.value, member.address.span));
    members.chain(vip).collect()
}
