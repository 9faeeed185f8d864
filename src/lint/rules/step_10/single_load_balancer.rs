//! One load balancer where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Named;
use std::collections::BTreeSet;

rule! {
    /// ## What it does
    /// Notes a load balancer without `redundant = true` that holds a virtual address at a site whose `availability` is `high`.
    ///
    /// ## Why it matters
    /// All traffic for the servers behind it passes this one device: it takes away what the second server was bought for.
    ///
    /// ## Planning Guide
    /// Step 10 asks for no single point of failure. That load balancers come in pairs is recalled and not read, so this is a note.
    "OCS1006" "single-load-balancer" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 10 (the pair recalled)",
        bad: Example::with(bases::HIGH, &[("snat_addresses = [10.10.0.9]\n    idle_timeout   = 30min\n    redundant      = true", "snat_addresses = [10.10.0.9]\n    idle_timeout   = 30min")]),
        good: Example::of(bases::HIGH),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    let holding: BTreeSet<_> =
        view.topology.endpoints.iter().filter_map(|e| e.vip.as_ref()).map(|vip| vip.load_balancer).collect();
    for block in view.blocks_of("load_balancer").filter(|block| !block.decl.boolean("redundant")) {
        let Some(Named::LoadBalancer(id)) = view.topology.by_path.get(&block.path) else { continue };
        let balancer = view.topology.load_balancer(*id);
        let Some(goal) = goals.of(balancer.site).filter(|_| holding.contains(id)) else { continue };
        sink.report(
            Finding::new(
                format!("nothing takes over when the load balancer `{}` fails", balancer.path),
                balancer.span,
                "one device, as far as is written",
            )
            .related(goal, "no failure may take a service away here")
            .help("write `redundant = true` if it is a pair"),
        );
    }
}
