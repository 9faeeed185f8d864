//! An Access Edge without a next hop inside.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{GroupKind, Relation, Role, Side};

rule! {
    /// ## What it does
    /// Reports an edge array with the Access Edge role and without `next_hop`.
    ///
    /// ## Why it matters
    /// The Access Edge hands every request from outside to one server inside. Without it nobody signs in, and the rule for
    /// TCP 5061 from the perimeter is missing.
    ///
    /// ## Planning Guide
    /// Step 6: the next hop is the Director or its array, by the array's virtual address, or the pool where there is no
    /// Director.
    "OCS0606" "access-edge-without-next-hop" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, perimeter network (bb894627)",
        bad: Example::with(bases::EDGE, &[("    next_hop = dir01\n", "")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EdgeArray) {
        let runs = view.topology.group_endpoint(group.id, Role::AccessEdge, Side::Outside).is_some();
        if !runs || group.related(Relation::NextHop).next().is_some() {
            continue;
        }
        let next = view
            .topology
            .groups
            .iter()
            .filter(|other| matches!(other.kind, GroupKind::DirectorArray | GroupKind::Director))
            .chain(view.pools())
            .find(|other| other.site == group.site)
            .map_or("…", |other| other.name.as_str());
        sink.report(
            Finding::new(
                format!("the Access Edge of `{}` has no next hop", group.path),
                group.span,
                "requests from outside go nowhere",
            )
            .help(format!("write `next_hop = {next}` in `edge_array {}`", group.name)),
        );
    }
}
