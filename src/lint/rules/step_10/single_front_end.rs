//! One front end where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{GroupKind, Role};

rule! {
    /// ## What it does
    /// Reports an Enterprise pool with one front end at a site whose `availability` is `high`.
    ///
    /// ## Why it matters
    /// All of the pool's users sign in through this computer. When it fails they have no service, and the database behind it is of
    /// no use to them.
    ///
    /// ## Planning Guide
    /// Step 10: two front ends or more behind a load balancer; all lasting state is in the database, so the others take over.
    "OCS1001" "single-front-end" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 10 (bb870413); pool components (bb964044)",
        bad: Example::with(bases::HIGH, &[
            ("front_end fe[01..02] { address = 10.10.0.[11..12] }", "front_end fe01 { address = 10.10.0.11 }"),
            ("    load_balancer     = lb\n    vip               = 10.10.0.10\n", ""),
            ("  users  = 9_000", "  users  = 7_000"),
            ("users             = 9_000", "users             = 7_000"),
        ]),
        good: Example::of(bases::HIGH),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for group in view.groups(GroupKind::EnterprisePool) {
        let Some(goal) = goals.of(group.site) else { continue };
        let Some(endpoint) = view.endpoints(group).find(|endpoint| endpoint.role == Role::FrontEnd) else { continue };
        if let [only] = endpoint.members.as_slice() {
            sink.report(
                Finding::new(
                    format!("the pool `{}` has one front end, and no failure may take a service away here", group.path),
                    view.topology.server(only.server).span,
                    "nothing takes over when it fails",
                )
                .related(goal, "the goal is stated here")
                .help("declare a second `front_end` in the pool, with a `load_balancer` and a `vip` for both"),
            );
        }
    }
}
