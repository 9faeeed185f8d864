//! A server that must speak to another and is not told to whom.

use std::collections::BTreeMap;

use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases, words};
use crate::model::{GroupId, GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports a group that needs a next hop, an A/V Edge, a gateway or another partner for its flows, and names none.
    ///
    /// ## Why it matters
    /// The flow has no other end, so no firewall rule is written for it and the runbook has nothing to enter in the wizard.
    ///
    /// ## Planning Guide
    /// Steps 6 and 8 make such pairs explicit: an edge has one next hop, a Mediation Server has one A/V Edge and one gateway.
    "OCS0409" "flow-without-partner" {
        severity: Error,
        confidence: High,
        source: "the catalogue's flows, Planning Guide steps 6, 8 and 12",
        bad: Example::with(bases::VOICE, &[("    gateway          = gw01\n", "")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let mut lacking: BTreeMap<(GroupId, Relation), Vec<&str>> = BTreeMap::new();
    for problem in &view.flows.problems {
        let FlowProblem::NoPartner { row, group, relation } = problem else { continue };
        lacking.entry((*group, *relation)).or_default().push(row);
    }
    for ((group, relation), rows) in lacking {
        let group = view.topology.group(group);
        if has_own_rule(relation, group.kind) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("`{}` needs {} and names none", group.path, partner(relation)),
                group.span,
                format!("{} {} no other end", words::quoted(&rows), if rows.len() == 1 { "has" } else { "have" }),
            )
            .help(format!("write `{} = …` in `{} {}`", attribute(relation), group.kind.word(), group.name)),
        );
    }
}

/// Partners whose absence another rule reports with more to say.
fn has_own_rule(relation: Relation, kind: GroupKind) -> bool {
    matches!(
        (relation, kind),
        (Relation::NextHop, GroupKind::EdgeArray)
            | (Relation::Archiving | Relation::BackEnd | Relation::FileShare, _)
            | (Relation::Publishes, GroupKind::ReverseProxy)
    )
}

fn partner(relation: Relation) -> &'static str {
    match relation {
        Relation::NextHop => "a next hop",
        Relation::AccessEdge => "an Access Edge",
        Relation::AvEdge => "an A/V Edge",
        Relation::Gateway => "a media gateway",
        Relation::Publishes => "a pool to publish",
        Relation::Archiving => "an Archiving Server",
        Relation::Monitoring => "a Monitoring Server",
        Relation::BackEnd => "a back end",
        Relation::FileShare => "a file share",
        Relation::ExchangeUm => "an Exchange Unified Messaging server",
        Relation::Pool => "a pool",
        Relation::Director => "a Director",
    }
}

fn attribute(relation: Relation) -> &'static str {
    match relation {
        Relation::NextHop => "next_hop",
        Relation::AccessEdge => "access_edge",
        Relation::AvEdge => "av_edge",
        Relation::Gateway => "gateway",
        Relation::Publishes => "publishes",
        Relation::Archiving => "archiving",
        Relation::Monitoring => "monitoring",
        Relation::BackEnd => "back_end",
        Relation::FileShare => "file_share",
        Relation::ExchangeUm => "exchange_um",
        Relation::Pool => "pool",
        Relation::Director => "director",
    }
}
