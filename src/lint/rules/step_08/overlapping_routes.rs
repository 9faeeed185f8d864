//! Two routes of one usage for the same number.

use std::collections::{BTreeMap, BTreeSet};

use super::emergency_number_captured::SECOND;
use super::numbers::usages;
use super::route_to_basic_gateway::ROUTED;
use crate::catalog::CallRule;
use crate::dial::{Machine, telephone_number};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports two routes with the same phone usage and other gateways that match the same number, with such a number. Patterns are
    /// compared exactly, not by samples; where that is not possible (for example with lookahead), nothing is reported.
    ///
    /// ## Why it matters
    /// Usages have an order, and the routes of one usage have none that is documented: which gateway a call to that number uses, and
    /// what it costs, is left to chance.
    ///
    /// ## Planning Guide
    /// Step 8: the guide's routes of one usage match different numbers. A general route has a usage of its own, which policies
    /// name last.
    "OCS0828" "overlapping-routes" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 8, policies and routes (bb870409, bb870425)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[ROUTED, SECOND, ("voice {\n", "voice {\n  route country { match = '^\\+1\\d{10}$'  gateways = [hq.med02]  usages = [all] }\n")]),
        good: Example::with(bases::VOICE, &[ROUTED, SECOND, ("voice {\n", "voice {\n  route country { match = '^\\+1\\d{10}$'  gateways = [hq.med02]  usages = [country] }\n  phone_usage country {}\n"), ("default { usages = [all] }", "default { usages = [country, all] }")]),
    }
}

/// The most pairs of routes that are compared.
const PAIRS: usize = 2_000;

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<CallRule>("call.same_usage") else { return };
    let machine = |decl: &Decl| Machine::new(decl.text("match")?.value);
    let routes = view.blocks_of("route").filter_map(|block| Some((block.decl, machine(block.decl)?, gateways(block.decl))));
    let routes: Vec<_> = routes.collect();
    let mut by_usage: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (decl, ..)) in routes.iter().enumerate() {
        usages(decl).into_iter().for_each(|(usage, _)| by_usage.entry(usage).or_default().push(at));
    }
    let pairs = by_usage.iter().flat_map(|(usage, own)| {
        let later = own.iter().enumerate().flat_map(|(at, first)| own[at + 1..].iter().map(move |second| (*first, *second)));
        later.map(move |(first, second)| (usage, first, second))
    });
    let mut reported = BTreeSet::new();
    for (usage, first, second) in pairs.take(PAIRS) {
        let ((one, one_machine, one_gateways), (other, other_machine, other_gateways)) = (&routes[first], &routes[second]);
        if one_gateways == other_gateways || reported.contains(&second) {
            continue;
        }
        let Some(number) = telephone_number(&[one_machine, other_machine], &[]) else { continue };
        reported.insert(second);
        sink.report(
            Finding::new(
                format!(
                    "the routes `{}` and `{}` of the usage `{usage}` both match {number}, and which of them is used is not documented",
                    one.name, other.name
                ),
                other.place("match"),
                format!("it matches {number}, and so does `{}`", one.name),
            )
            .related(one.place("match"), "this route leads to other gateways")
            .help(format!(
                "give the more general route a usage of its own, and name that usage behind `{usage}` in the policies; or exclude the numbers of the other route"
            ))
            .as_sure_as(&row.provenance),
        );
    }
}

fn gateways(route: &Decl) -> BTreeSet<String> {
    route.references("gateways").map(|words| words.value.join(".")).collect()
}
