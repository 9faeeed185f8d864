//! Several edge servers of 2007 and no one address for them all.

use crate::lint::rule::rule;
use crate::lint::rules::step_07::array_without_load_balancer::{edge_of_2007, finding, lacking};
use crate::lint::{Example, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an edge service of 2007 with two or more servers that is reached by one name, without a virtual address on a load
    /// balancer.
    ///
    /// ## Why it matters
    /// The name has one address in DNS: with a waiver, that of the first server. The others are idle, and when the first one
    /// fails, outside users cannot connect until DNS is changed by hand.
    ///
    /// ## Planning Guide
    /// Step 7: a scaled edge has load balancers on both sides. The supportability pages recommend them for edges of 2007 without
    /// requiring them, so this may be waived; 2007 R2 requires them (`array-without-load-balancer`).
    "OCS0630" "edge-array-without-load-balancer" {
        severity: Error,
        confidence: Medium,
        source: "Planning Guide, load balancers for edges (bb870418); recommended only: supportability, load balancers (bb964010)",
        until: Ocs2007,
        bad: Example::with(bases::SCALED, &[(
            "access_edge           { fqdn = \"sip.contoso.com\"  load_balancer = lb_edge_outside  vip = 131.107.155.10 }",
            "access_edge           { fqdn = \"sip.contoso.com\" }",
        )]),
        good: Example::of(bases::SCALED),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (id, endpoints) in lacking(view) {
        if edge_of_2007(view, id) {
            sink.report(finding(view, id, &endpoints));
        }
    }
}
