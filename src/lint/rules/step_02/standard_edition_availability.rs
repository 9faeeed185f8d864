//! A Standard Edition server where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Reports a Standard Edition server that homes users of a site whose `availability` is `high`.
    ///
    /// ## Why it matters
    /// All roles and their database are on one computer. When it fails, its users have no service until it is repaired. A load
    /// balancer or a cluster cannot prevent that.
    ///
    /// ## Planning Guide
    /// Step 2: an Enterprise pool is recommended for high availability; a Standard Edition server does not provide it.
    "OCS0206" "standard-edition-availability" {
        severity: Error,
        confidence: High,
        source: "Planning Guide steps 2 and 10, pool configurations (bb663750); high availability (R2 dc058003)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[
            ("sample      = true", "sample       = true\n  availability = high"),
            ("dialect = nftables }", "dialect = nftables  redundant = true }"),
            ("domain_controller dc01 { address = 10.10.0.5 }", "domain_controller dc[01..02] { address = 10.10.0.[5..6] }"),
        ]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for group in view.groups(GroupKind::StandardEdition) {
        let Some(goal) = goals.of(group.site) else { continue };
        sink.report(
            Finding::new(
                format!("`{}` is one computer with all roles, and its site requires high availability", group.path),
                group.span,
                "no other server takes over when it fails",
            )
            .related(goal, "high availability is required here")
            .help(format!(
                "make `{}` an `enterprise_pool` with two front ends, or write `availability = ordinary` for its site",
                group.name
            )),
        );
    }
}
