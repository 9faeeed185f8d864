//! One Director where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Role;

rule! {
    /// ## What it does
    /// Reports a Director at a site whose `availability` is `high`, where it is one computer.
    ///
    /// ## Why it matters
    /// Everything from outside passes the Director, and clients that find their server by DNS may meet it first. When it fails nobody
    /// outside has a service, although all pools stand.
    ///
    /// ## Planning Guide
    /// Step 10: an array of Directors behind a load balancer, in 2007 R2 an Enterprise pool.
    "OCS1005" "single-director" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 10 (bb870413); Director topologies (bb964057)",
        bad: Example::with(bases::HIGH, &[
            ("  director_array dir {\n    fqdn          = \"dir.corp.contoso.com\"\n    load_balancer = lb\n    vip           = 10.10.0.20\n\n    server dir[01..02] { address = 10.10.0.[21..22] }\n  }\n", "  director dir { address = 10.10.0.21 }\n"),
        ]),
        good: Example::of(bases::HIGH),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for (group, endpoint) in view.endpoints_of(Role::Director) {
        let Some(goal) = goals.of(group.site).filter(|_| endpoint.members.len() == 1) else { continue };
        sink.report(
            Finding::new(
                format!("the Director `{}` is one computer, and no failure may take a service away here", group.path),
                group.span,
                "nothing takes over when it fails",
            )
            .related(goal, "the goal is stated here")
            .help("declare a `director_array` with two servers, a `load_balancer` and a `vip`"),
        );
    }
}
