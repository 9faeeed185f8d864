//! A Director that is bypassed.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::{GroupKind, Relation, Role, Side};

rule! {
    /// ## What it does
    /// Reports an Access Edge whose next hop is a pool although the topology has a Director.
    ///
    /// ## Why it matters
    /// A Director authenticates users outside before anything of theirs reaches the servers that home users. Past it, a flood
    /// from the internet meets the pool, and users of other pools are authenticated there too.
    ///
    /// ## Planning Guide
    /// Step 6: the next hop of the Access Edge is the Director where there is one. A Director is advice, so this is a
    /// warning; one that is meant for users inside can be waived.
    "OCS0619" "next-hop-past-director" {
        severity: Warning,
        confidence: High,
        source: "Supportability guide, Directors (bb964057) and perimeter network (bb894627)",
        bad: Example::with(bases::EDGE, &[("next_hop = dir01", "next_hop = se01")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("director") else { return };
    let directors: Vec<&str> = view
        .topology
        .groups
        .iter()
        .filter(|group| matches!(group.kind, GroupKind::Director | GroupKind::DirectorArray))
        .map(|group| group.path.as_str())
        .collect();
    let Some(first) = directors.first() else { return };
    for group in view.groups(GroupKind::EdgeArray) {
        if view.topology.group_endpoint(group.id, Role::AccessEdge, Side::Outside).is_none() {
            continue;
        }
        for (relation, next, place) in &group.relations {
            let next = view.topology.group(*next);
            if *relation != Relation::NextHop || !matches!(next.detail, Detail::Pool { .. }) {
                continue;
            }
            sink.report(
                Finding::new(
                    format!(
                        "the next hop of `{}` should be a Director, of which there {}, and it is the pool `{}`",
                        group.path,
                        if directors.len() == 1 { format!("is `{first}`") } else { format!("are {}", words::quoted(&directors)) },
                        next.path
                    ),
                    *place,
                    "users outside are authenticated by a pool",
                )
                .related(next.span, "the pool")
                .help(format!("write `next_hop = {first}`"))
                .by_support_level(row),
            );
        }
    }
}
