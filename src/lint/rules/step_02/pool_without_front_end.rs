//! An Enterprise pool without front ends.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{GroupKind, Role, Side};

rule! {
    /// ## What it does
    /// Reports an Enterprise pool that has no `front_end` server.
    ///
    /// ## Why it matters
    /// Users sign in at a front end; without one the pool's name leads to nothing.
    ///
    /// ## Planning Guide
    /// Step 2: every pool has at least one Front End Server; IM and Telephony Conferencing run there in every configuration.
    "OCS0206" "pool-without-front-end" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, pool components (bb964044)",
        bad: Example::with(bases::POOL, &[
            ("    front_end fe[01..02] { address = 10.10.0.[11..12] }\n", ""),
            ("    load_balancer     = lb\n    vip               = 10.10.0.10\n", ""),
            ("  load_balancer lb {\n    nat            = snat\n    snat_addresses = [10.10.0.9]\n  }\n\n", ""),
        ]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        let front_ends = view.topology.group_endpoint(group.id, Role::FrontEnd, Side::Inside);
        if front_ends.is_none_or(|endpoint| endpoint.members.is_empty()) {
            sink.report(
                Finding::new(format!("the Enterprise pool `{}` has no front end", group.path), group.span, "no `front_end` block inside")
                    .help("declare `front_end fe01 { address = … }` inside the pool"),
            );
        }
    }
}
