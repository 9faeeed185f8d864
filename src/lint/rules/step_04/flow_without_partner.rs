//! A server that must connect to another, without a declared partner.

use std::collections::BTreeMap;

use crate::diag::Severity;
use crate::flow::FlowProblem;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Group, GroupId};
use crate::product::{GroupKind, Relation, Role};

rule! {
    /// ## What it does
    /// Reports a group that needs a partner for its flows (an A/V Edge, a Director, an Exchange Unified Messaging server) but
    /// names none, while there are several candidates. The only candidate in the site, or in the organization, is chosen without
    /// being named.
    ///
    /// ## Why it matters
    /// One end of the flow is missing, so no firewall rule is written for it, and the runbook has no value to enter in the
    /// wizard.
    ///
    /// ## Planning Guide
    /// Steps 6 and 8 make such pairs explicit: a pool has one A/V Edge, a Mediation Server has one A/V Edge and one next hop.
    /// For a partner that a pool can do without it is a warning.
    "OCS0409" "flow-without-partner" {
        severity: Error,
        confidence: High,
        source: "the catalogue's flows, Planning Guide steps 6, 8 and 12",
        bad: Example::with(bases::VOICE, &[("  media_gateway gw01", r"  exchange_um um01 { address = 10.10.0.71 }
  exchange_um um02 { address = 10.10.0.72 }

  media_gateway gw01")]),
        good: Example::with(bases::VOICE, &[
            ("  media_gateway gw01", r"  exchange_um um01 { address = 10.10.0.71 }
  exchange_um um02 { address = 10.10.0.72 }

  media_gateway gw01"),
            ("    automatic_sign_in = true\n", r"    automatic_sign_in = true
    exchange_um       = um01
"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut lacking: BTreeMap<(GroupId, Relation), Vec<&str>> = BTreeMap::new();
    for problem in &view.flows.problems {
        let FlowProblem::NoPartner { row, group, relation } = problem else { continue };
        lacking.entry((*group, *relation)).or_default().push(row);
    }
    let mut candidates = BTreeMap::new();
    for ((group, relation), rows) in lacking {
        let group = view.topology.group(group);
        // Where nothing plays the role, the feature that needs it has a finding of its own, or the role can be done without.
        let candidates = candidates.entry(relation).or_insert_with(|| {
            view.topology
                .groups
                .iter()
                .filter(|other| plays(view, other, relation))
                .map(|other| other.path.as_str())
                .collect::<Vec<_>>()
        });
        if has_own_rule(relation, group.kind) || candidates.is_empty() {
            continue;
        }
        let finding = Finding::new(
            format!("`{}` needs {}, and it may be {}", group.path, partner(relation), words::quoted(candidates)),
            group.span,
            format!("{} {} no partner", words::quoted(&rows), if rows.len() == 1 { "has" } else { "have" }),
        )
        .help(format!("write `{} = {}` in `{} {}`", attribute(relation), candidates[0], group.block, group.name));
        sink.report(if is_optional(relation) { finding.milder(Severity::Warning) } else { finding });
    }
}

/// Whether a group can be the other end of a relation.
fn plays<'a>(view: &RuleContext<'a>, group: &'a Group, relation: Relation) -> bool {
    let runs = |role| view.endpoints(group).any(|endpoint| endpoint.role == role);
    match relation {
        Relation::NextHop | Relation::Pool => runs(Role::Director) || runs(Role::FrontEnd),
        Relation::AccessEdge => runs(Role::AccessEdge),
        Relation::AvEdge => runs(Role::AvEdge),
        Relation::Gateway => runs(Role::MediaGateway),
        Relation::Publishes => runs(Role::WebComponents) || runs(Role::WebAccess) || runs(Role::UpdateServer),
        Relation::Archiving => runs(Role::Archiving),
        Relation::Monitoring => runs(Role::Monitoring),
        Relation::BackEnd => runs(Role::BackEnd),
        Relation::FileShare => runs(Role::FileShare),
        Relation::ExchangeUm => runs(Role::ExchangeUm),
        Relation::Director => runs(Role::Director),
        Relation::Host => !group.servers.is_empty(),
    }
}

/// What a pool can do without.
fn is_optional(relation: Relation) -> bool {
    matches!(relation, Relation::Director | Relation::ExchangeUm | Relation::Monitoring)
}

/// Partners whose absence another rule reports with more to say.
fn has_own_rule(relation: Relation, kind: GroupKind) -> bool {
    matches!(
        (relation, kind),
        (Relation::NextHop, GroupKind::EdgeArray)
            | (Relation::AccessEdge | Relation::Archiving | Relation::BackEnd | Relation::FileShare, _)
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
        Relation::Host => "a computer",
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
        Relation::Host => "host",
    }
}
