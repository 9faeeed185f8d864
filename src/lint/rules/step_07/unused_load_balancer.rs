//! A load balancer with nothing behind it.

use super::array_without_load_balancer::lacking;
use super::behind;
use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a load balancer that no pool, array or edge names.
    ///
    /// ## Why it matters
    /// Often the `load_balancer` of a pool was meant to name it. Its configuration would have no listeners.
    ///
    /// ## Planning Guide
    /// Step 7 plans load balancers from the pools and arrays that need them.
    "OCS0706" "unused-load-balancer" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 7",
        bad: Example::with(bases::POOL, &[("  load_balancer lb {", r"  load_balancer spare { nat = dnat }

  load_balancer lb {")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (id, endpoints) in behind(view) {
        if endpoints.is_empty() {
            let balancer = view.topology.load_balancer(id);
            let mut finding = Finding::new(
                format!("the load balancer `{}` has no servers", balancer.path),
                balancer.span,
                "no `load_balancer` names it",
            )
            .help(format!(
                "name it as `load_balancer = {}`, with a `vip`, in the group that it balances, or remove it",
                balancer.name
            ));
            // What lacks a load balancer may be what it is for.
            for group in lacking(view).keys().map(|id| view.topology.group(*id)).filter(|group| group.site == balancer.site) {
                finding = finding.needs(Fact::Balanced(group.span));
            }
            sink.report(finding);
        }
    }
}
