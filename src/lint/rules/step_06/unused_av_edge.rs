//! An A/V Edge without users.

use std::collections::BTreeSet;

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases};
use crate::model::GroupId;
use crate::product::{GroupKind, Relation, Role, Side};

rule! {
    /// ## What it does
    /// Reports an edge array with A/V Edges that no pool and no Mediation Server uses.
    ///
    /// ## Why it matters
    /// Clients are told by their pool which A/V Edge relays their media. One that no pool names waits for calls that nobody
    /// makes, its public addresses are ordered for nothing, and no rule of the inner firewall leads to it.
    ///
    /// ## Planning Guide
    /// Step 6: A/V Edges are on the trusted list of the forest, and each pool and each Mediation Server picks one of them.
    "OCS0620" "unused-av-edge" {
        severity: Warning,
        confidence: High,
        source: "2007 R2, trusted edge lists; Edge deployment, A/V Edge",
        bad: Example::with(bases::EDGE, &[("  reverse_proxy rp {", r#"  edge_array media {
    shape = remote_site
    inside                { fqdn = "media.contoso.com" }
    web_conferencing_edge { fqdn = "webconf02.contoso.com" }
    av_edge               { fqdn = "av02.contoso.com" }
    server wc01 { inside = 172.25.33.21  web_conferencing_edge = 131.107.155.21 }
    server av01 { inside = 172.25.33.22  av_edge = 131.107.155.22 }
  }

  reverse_proxy rp {"#)]),
        good: Example::with(bases::EDGE, &[("  reverse_proxy rp {", r#"  edge_array media {
    shape = remote_site
    inside                { fqdn = "media.contoso.com" }
    web_conferencing_edge { fqdn = "webconf02.contoso.com" }
    av_edge               { fqdn = "av02.contoso.com" }
    server wc01 { inside = 172.25.33.21  web_conferencing_edge = 131.107.155.21 }
    server av01 { inside = 172.25.33.22  av_edge = 131.107.155.22 }
  }

  standard_edition se02 {
    address           = 10.10.0.12
    external_web_farm = "ocsweb02.contoso.com"
    av_edge           = media
  }

  reverse_proxy rp {"#), ("publishes = [se01]", "publishes = [se01, se02]")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("edge.trusted_list") else { return };
    if view.pools().next().is_none() {
        return;
    }
    // A second Access Edge is one too many, and that is what is reported of its array.
    let second: BTreeSet<GroupId> = view.access_edges().skip(1).map(|(group, _)| group.id).collect();
    for group in view.groups(GroupKind::EdgeArray).filter(|group| !second.contains(&group.id)) {
        let runs = view.topology.group_endpoint(group.id, Role::AvEdge, Side::Outside);
        if runs.is_none() || !view.dependants(Relation::AvEdge, group.id).is_empty() {
            continue;
        }
        sink.report(
            Finding::new(
                format!("no pool and no Mediation Server uses the A/V Edges of `{}`", group.path),
                group.span,
                "nobody is told to send media here",
            )
            .help(format!(
                "write `av_edge = {}` in the pools whose users it serves, such as in {}, or take its A/V Edges out",
                group.path,
                advice::pools(view)
            ))
            .by_support_level(row),
        );
    }
}
