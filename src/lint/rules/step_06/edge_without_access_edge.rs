//! Media edges without an Access Edge for sign-in.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{GroupKind, Role};

rule! {
    /// ## What it does
    /// Reports an edge array in a topology that has no Access Edge anywhere.
    ///
    /// ## Why it matters
    /// Every conversation with the outside begins with SIP, and SIP enters by the Access Edge only. Web Conferencing and A/V
    /// Edges alone wait for connections that nobody is ever told to make.
    ///
    /// ## Planning Guide
    /// Step 6: the Access Edge is required for every external scenario. Remote sites have none of their own and use the data
    /// center's.
    "OCS0601" "edge-without-access-edge" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 1.1 (bb803627)",
        bad: Example::of(bases::MEDIA_EDGE),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.has_role(Role::AccessEdge) {
        return;
    }
    // A feature that needs the role has a finding of its own.
    let asked = view
        .catalog
        .features
        .iter()
        .any(|row| row.requires.contains(&Role::AccessEdge) && view.organization().feature(row.feature).is_some());
    if asked {
        return;
    }
    for group in view.groups(GroupKind::EdgeArray) {
        sink.report(
            Finding::new("the topology has edge servers and no Access Edge", group.span, "nobody outside can sign in to use this edge")
                .help("give a server of the data center's edge array an address for `access_edge`, and the array an `access_edge` block, a \
                       `next_hop` inside, and the `shape` that it then has"),
        );
    }
}
