//! A phone usage without a policy.

use std::collections::BTreeSet;

use super::numbers::usages;
use super::route_to_basic_gateway::ROUTED;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a phone usage that routes carry and no policy has.
    ///
    /// ## Why it matters
    /// Nobody may call through these routes. Often the usage was forgotten in a policy, and its users cannot call there.
    ///
    /// ## Planning Guide
    /// Step 8: a policy names the usages of its users. A usage may wait for its users, so this is a warning.
    "OCS0813" "usage-without-policy" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, phone usages, policies and routes (bb803618, bb870409)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[
            ROUTED,
            ("  phone_usage all {}\n", "  phone_usage all {}\n  phone_usage abroad {}\n"),
            ("[hq.med01]  usages = [all] }", "[hq.med01]  usages = [all, abroad] }"),
        ]),
        good: Example::with(bases::VOICE, &[ROUTED]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let policies = view.blocks_of("policy").flat_map(|block| usages(block.decl));
    let had: BTreeSet<String> = policies.map(|(usage, _)| usage).collect();
    let mut reported = BTreeSet::new();
    for block in view.blocks_of("route") {
        for (usage, place) in usages(block.decl).into_iter().filter(|(usage, _)| !had.contains(usage)) {
            // Without any policy one finding says it for all routes.
            if !reported.insert(if had.is_empty() { String::new() } else { usage.clone() }) {
                continue;
            }
            let finding = match had.is_empty() {
                true => Finding::new("there are routes, and no policy lets anybody take one", place, "nobody has this usage")
                    .help(format!("declare who may call: `policy default {{ usages = [{usage}] }}`")),
                false => Finding::new(
                    format!("no policy has the phone usage `{usage}`"),
                    place,
                    "nobody may take this route for it",
                )
                .help(format!(
                    "add `{usage}` to the `usages` of a policy, or take it out of the routes and `phone_usage {usage}` with it"
                )),
            };
            sink.report(finding);
        }
    }
}
