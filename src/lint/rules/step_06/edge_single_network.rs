//! An edge server with both feet on one side.

use std::collections::BTreeSet;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Endpoint, Member, Network, NetworkId, is_private};
use crate::product::{GroupKind, Role, Side, Zone};

rule! {
    /// ## What it does
    /// Reports an edge server whose inside address and an outside address are in the same network.
    ///
    /// ## Why it matters
    /// The server then has two cards in one subnet: answers leave by the wrong one, and no firewall is between outside and
    /// inside.
    ///
    /// ## Planning Guide
    /// Step 6: the internal and the external interface of an edge server are in different subnets.
    "OCS0604" "edge-single-network" {
        severity: Error,
        confidence: Medium,
        source: "Edge deployment, network interfaces of edge servers",
        runs_despite_errors: true,
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

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EdgeArray) {
        for server in group.servers.iter().map(|id| view.topology.server(*id)) {
            let legs = |side: Side| {
                let endpoints = view.endpoints(group).filter(move |endpoint| endpoint.side == side);
                let own = |endpoint: &'_ Endpoint| endpoint.members.iter().find(|member| member.server == server.id).cloned();
                endpoints.filter_map(move |endpoint| Some((endpoint.role, own(endpoint)?))).collect::<Vec<_>>()
            };
            let (inside, outside) = (legs(Side::Inside), legs(Side::Outside));
            let Some((_, inner)) = inside.first() else { continue };
            let both: Vec<_> = outside.iter().filter(|(_, outer)| outer.network == inner.network).collect();
            let Some((role, outer)) = both.first() else { continue };
            let network = view.topology.network(inner.network);
            let message =
                format!("the inside and outside addresses of `{}` are both in the network `{}`", server.path, network.path);
            // The network is right for one of the two sides; the address of the other is to move.
            let mut finding = if is_outer(view, inner.network) {
                let label = format!("inside, in the network of {}", words::list(&titles(&both)));
                Finding::new(message, inner.address.span, label)
                    .related(outer.address.span, "outside")
                    .help(format!("give the inside an address of {}", other_side(view, network, Side::Inside)))
            } else {
                Finding::new(message, outer.address.span, format!("outside, for the {}", role.title()))
                    .related(inner.address.span, "inside")
                    .help(format!("give the outside an address of {}", other_side(view, network, Side::Outside)))
            };
            for (_, outer) in both.iter().skip(1) {
                finding = finding.related(outer.address.span, "outside too");
            }
            // A leg that is wrong in itself is the cause.
            finding = finding.needs(Fact::Written(inner.address.span));
            for (_, outer) in &both {
                finding = finding.needs(Fact::Written(outer.address.span));
            }
            sink.report_once(finding);
        }
    }
}

fn titles(legs: &[&(Role, Member)]) -> Vec<&'static str> {
    legs.iter().map(|(role, _)| role.title()).collect()
}

/// Whether a network is one of outside addresses: most of those that perimeter servers have in it are, or it is public.
fn is_outer(view: &RuleContext, network: NetworkId) -> bool {
    let count = |side: Side| legs_in(view, side).filter(|member| member.network == network).count();
    match count(Side::Outside).cmp(&count(Side::Inside)) {
        std::cmp::Ordering::Equal => !is_private(view.topology.network(network).range.network()),
        order => order.is_gt(),
    }
}

/// The addresses of perimeter servers on one side, each once.
fn legs_in<'a>(view: &RuleContext<'a>, side: Side) -> impl Iterator<Item = &'a Member> {
    let groups = view.groups(GroupKind::EdgeArray).chain(view.groups(GroupKind::ReverseProxy));
    let endpoints = groups.flat_map(|group| view.endpoints(group)).filter(move |endpoint| endpoint.side == side);
    let mut seen = BTreeSet::new();
    endpoints.flat_map(|endpoint| &endpoint.members).filter(move |member| seen.insert(member.address.value))
}

/// The network that addresses of a side belong to: that of the other servers, else any of the perimeter.
fn other_side(view: &RuleContext, wrong: &Network, side: Side) -> String {
    let used = legs_in(view, side).map(|member| member.network);
    let perimeter = view.topology.networks.iter().filter(|network| network.zone == Zone::Perimeter).map(|network| network.id);
    let own = |id: &NetworkId| *id != wrong.id && view.topology.network(*id).site == wrong.site;
    match used.chain(perimeter).find(own) {
        Some(id) => format!("`{}` ({})", view.topology.network(id).name, view.topology.network(id).range),
        None if side == Side::Inside => "a separate perimeter network, joined with the internal networks".to_owned(),
        None => "a separate perimeter network, joined with the internet".to_owned(),
    }
}
