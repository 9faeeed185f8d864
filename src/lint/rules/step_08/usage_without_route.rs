//! A right to call that no way goes with.

use std::collections::{BTreeMap, BTreeSet};

use super::numbers::usages;
use super::route_to_basic_gateway::ROUTED;
use crate::catalog::Support;
use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a phone usage that no route carries.
    ///
    /// ## Why it matters
    /// A call takes a route of the usages that the caller's policy names. A usage without routes lets nobody call anybody,
    /// and where it stands first in a policy it only looks as if it did.
    ///
    /// ## Planning Guide
    /// Step 8: routes and policies are tied together by phone usages.
    "OCS0812" "usage-without-route" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, phone usages, policies and routes (bb803618, bb870409)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[
            ROUTED,
            ("  phone_usage all {}\n", "  phone_usage all {}\n  phone_usage abroad {}\n"),
            ("{ usages = [all] }", "{ usages = [all, abroad] }"),
        ]),
        good: Example::with(bases::VOICE, &[
            ROUTED,
            ("  phone_usage all {}\n", "  phone_usage all {}\n  phone_usage abroad {}\n"),
            ("{ usages = [all] }", "{ usages = [all, abroad] }"),
            ("usages = [all] }", "usages = [all, abroad] }"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("route.usage") else { return };
    let routes = view.blocks_of("route").flat_map(|block| usages(block.decl));
    let carried: BTreeSet<String> = routes.map(|(usage, _)| usage).collect();
    let mut named: BTreeMap<String, Span> = BTreeMap::new();
    for (usage, place) in view.blocks_of("policy").flat_map(|block| usages(block.decl)) {
        named.entry(usage).or_insert(place);
    }
    for block in view.blocks_of("phone_usage").filter(|block| !carried.contains(&block.decl.name)) {
        let name = &block.decl.name;
        sink.report(
            Finding::new(
                format!("no route carries the phone usage `{name}`"),
                block.decl.name_span,
                "calls with this usage find no way",
            )
            .related_opt(named.get(name).copied(), "a policy has it")
            .help(format!("add `{name}` to the `usages` of a route, or take it out"))
            .needs(Fact::References("phone_usage", None))
            .by_support_level(row),
        );
    }
}
