//! Two edge roles that listen in one place.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::catalog::ListenerRow;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{PortRange, Role, Side, Transport};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports an edge server that gives two roles one outside address although both listen on the same port there.
    ///
    /// ## Why it matters
    /// The service that starts second cannot open its port. Access, Web Conferencing and A/V Edge all listen on TCP 443.
    ///
    /// ## Planning Guide
    /// Step 6: a separate external address for each role of a computer; roles that share one must not share a port.
    "OCS0609" "shared-outside-address" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 6, DNS requirements of edge servers (bb870404)",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::EDGE, &[("web_conferencing_edge = 131.107.155.11", "web_conferencing_edge = 131.107.155.10")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut taken: BTreeMap<Ipv4Addr, Vec<(Role, Span)>> = BTreeMap::new();
    for role in [Role::AccessEdge, Role::WebConferencingEdge, Role::AvEdge] {
        for endpoint in view.topology.endpoints_of(role, Side::Outside) {
            for member in &endpoint.members {
                let roles = taken.entry(member.address.value).or_default();
                let clash = roles.iter().find_map(|(other, place)| Some((*other, *place, common_port(view, *other, role)?)));
                if let Some((other, place, (transport, port))) = clash {
                    let server = view.topology.server(member.server);
                    sink.report_once(
                        Finding::new(
                            format!(
                                "{} and {} of `{}` share {}, and both listen on {} {port}",
                                other.title(),
                                role.title(),
                                server.path,
                                member.address.value,
                                transport.word().to_uppercase()
                            ),
                            member.address.span,
                            format!("{} listens here", role.title()),
                        )
                        .related(place, format!("{} listens here too", other.title()))
                        .help("give each role a separate outside address"),
                    );
                }
                roles.push((role, member.address.span));
            }
        }
    }
}

/// A transport and port that both roles listen on outside.
fn common_port(view: &RuleContext, one: Role, other: Role) -> Option<(Transport, u16)> {
    let rows =
        |role| view.catalog.listeners.iter().filter(move |row: &&ListenerRow| row.role == role && row.side == Side::Outside);
    rows(one).find_map(|a| {
        rows(other).find_map(|b| {
            let transport = a.transport.iter().find(|transport| b.transport.contains(transport))?;
            let port = a.ports.iter().find_map(|x| b.ports.iter().find_map(|y| meet(*x, *y)))?;
            Some((*transport, port))
        })
    })
}

fn meet(a: PortRange, b: PortRange) -> Option<u16> {
    let first = a.first.max(b.first);
    (first <= a.last.min(b.last)).then_some(first)
}
