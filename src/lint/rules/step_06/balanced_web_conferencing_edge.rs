//! One address inside for servers that must be met one by one.

use crate::catalog::{BalancedRole, SupportLevel};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{Role, Side};

rule! {
    /// ## What it does
    /// Reports an edge array with a virtual address inside behind which only Web Conferencing Edges would stand: it has no
    /// Access Edge, and its A/V Edges have a virtual address of their own or none at all.
    ///
    /// ## Why it matters
    /// Each Web Conferencing Server opens four connections to each Web Conferencing Edge, which it knows by name. Over a
    /// virtual address some of the edges would never be connected, and meetings that are told to meet there fail.
    ///
    /// ## Planning Guide
    /// Steps 6 and 7: Web Conferencing Edges are behind a load balancer outside only. The virtual address inside serves the
    /// Access Edges and the A/V Edges.
    "OCS0621" "balanced-web-conferencing-edge" {
        severity: Error,
        confidence: High,
        source: "Load balancers for edges (bb870418); 2007 R2, load balancers of edge servers (dd441179)",
        bad: Example::with(bases::SCALED, &[FAR[0], FAR[1]]),
        good: Example::with(bases::SCALED, &[FAR[0], FAR[1], (
            "\n      vip           = 131.107.155.70\n\n      inside { fqdn = \"avedge-far.contoso.com\"  load_balancer = lb_edge_inside  vip = 172.25.33.55 }\n",
            "\n      vip           = 131.107.155.70\n",
        )]),
    }
}

/// A second array, of a branch, that users of a second pool use.
const FAR: [(&str, &str); 2] = [
    (
        "  reverse_proxy rp {",
        r#"  edge_array far {
    shape = scaled_remote_site

    inside                { fqdn = "edge-far.contoso.com"  load_balancer = lb_edge_inside  vip = 172.25.33.50 }
    web_conferencing_edge { fqdn = "webconf-far.contoso.com"  load_balancer = lb_edge_outside  vip = 131.107.155.60 }

    av_edge {
      fqdn          = "av-far.contoso.com"
      load_balancer = lb_edge_outside
      vip           = 131.107.155.70

      inside { fqdn = "avedge-far.contoso.com"  load_balancer = lb_edge_inside  vip = 172.25.33.55 }
    }

    server fwc[1..2] { inside = 172.25.33.[51..52]  web_conferencing_edge = 131.107.155.[61..62] }
    server fav[1..2] { inside = 172.25.33.[56..57]  av_edge = 131.107.155.[71..72] }
  }

  standard_edition far01 {
    address           = 10.10.0.50
    external_web_farm = "ocsweb-far.contoso.com"
    av_edge           = far
  }

  reverse_proxy rp {"#,
    ),
    ("publishes = [pool01]", "publishes = [pool01, far01]"),
];

fn check(view: &RuleContext, sink: &mut Sink) {
    let row = view.fact::<BalancedRole>("web_conferencing_edge.inside");
    let Some(row) = row.filter(|row| row.several == SupportLevel::Unsupported) else { return };
    for block in view.blocks_of("edge_array") {
        let (Some(group), Some(inside)) = (view.group_of(block), block.decl.block("inside")) else { continue };
        let Some(vip) = inside.address("vip") else { continue };
        let runs = |role| view.topology.group_endpoint(group.id, role, Side::Inside);
        let media = block.decl.block("av_edge").and_then(|av_edge| av_edge.block("inside"));
        let is_behind = runs(Role::AccessEdge).is_some() || (runs(Role::AvEdge).is_some() && media.is_none());
        let Some(web) = runs(Role::WebConferencingEdge).filter(|_| !is_behind) else { continue };
        sink.report(
            Finding::new(
                format!(
                    "only Web Conferencing Edges would stand behind {} of `{}`, and servers inside must meet each by itself",
                    vip.value, group.path
                ),
                vip.span,
                "nothing may stand behind this address",
            )
            .related_opt(web.members.first().map(|member| member.address.span), "a Web Conferencing Edge, inside")
            .help(match media {
                Some(_) => "take the `inside` block out of `av_edge`, so that the A/V Edges stand behind this address",
                None => "take `load_balancer` and `vip` out of `inside`: each Web Conferencing Edge is found by its own name",
            })
            .as_sure_as(&row.provenance),
        );
    }
}
