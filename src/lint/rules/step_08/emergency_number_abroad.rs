//! An emergency call that is routed to another country.

use std::collections::BTreeSet;

use super::numbers::{Routes, emergencies};
use crate::catalog::Support;
use crate::dial::Pattern;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Tries each of the `emergency_numbers` of a location profile with each policy, and reports calls that the first matching
    /// usage sends over an international route: a route that also matches numbers of several world zones, but not of all.
    ///
    /// ## Why it matters
    /// The route's gateway treats the number as an international one, so the call for help does not reach the emergency services.
    ///
    /// ## Planning Guide
    /// Step 8: `+911` also matches the guide's own international route `^\+([2-9])(\d*)$`. Emergency numbers have their own
    /// usage, before all others, whose route matches nothing else.
    "OCS0816" "emergency-number-abroad" {
        severity: Error,
        confidence: Medium,
        source: "Planning Guide step 8, routes (bb870425), and the product's order of routing",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[HELP[0], HELP[1], HELP[2], ("usages = [help, far] }", "usages = [far, help] }"), (
            r"'^\+1\d{10}$'",
            r"'^\+([2-9])(\d*)$'",
        )]),
        good: Example::with(bases::VOICE, &[HELP[0], HELP[1], HELP[2], (r"'^\+1\d{10}$'", r"'^\+([2-9])(\d*)$'")]),
    }
}

/// A way for emergency numbers, and one for others.
pub(super) const HELP: [(&str, &str); 3] = [
    (
        "voice {\n",
        r"voice {
  phone_usage help {}
  phone_usage far {}
  policy default { usages = [help, far] }
  route help { match = '^\+911$'  gateways = [hq.med01]  usages = [help] }
  route far { match = '^\+1\d{10}$'  gateways = [hq.med01]  usages = [far] }

",
    ),
    ("  location_profile hq {\n", "  location_profile hq {\n    emergency_numbers = [\"911\"]\n\n"),
    ("    rule four_digits", "    rule emergency { match = '^911$'  translate = '+911' }\n    rule four_digits"),
];

/// The zones of the world, by the first digit of their numbers.
const ZONES: [u8; 9] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/// The zones of which a route carries a number.
fn zones(pattern: &Pattern) -> Vec<u8> {
    let carries = |zone: &u8| pattern.is_match(format!("+{zone}2025550100").as_str()).unwrap_or_default();
    ZONES.into_iter().filter(carries).collect()
}

/// Whether a route carries numbers of several zones, but not of all.
pub(super) fn is_international(pattern: &Pattern) -> bool {
    (2..ZONES.len()).contains(&zones(pattern).len())
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("emergency.own_usage") else { return };
    let routes = Routes::new(view);
    let mut reported = BTreeSet::new();
    for emergency in emergencies(view) {
        let Some(matching) = routes.matching(&emergency.called) else { continue };
        for policy in view.blocks_of("policy") {
            for route in routes.first(policy.decl, &matching) {
                if !reported.insert((emergency.dialled.span, &route.decl.name)) {
                    continue;
                }
                let carried: Vec<u8> = route.pattern.as_ref().map(zones).unwrap_or_default();
                if !route.pattern.as_ref().is_some_and(is_international) {
                    continue;
                }
                let examples: Vec<String> = carried.iter().map(|zone| format!("+{zone}…")).collect();
                sink.report(
                    Finding::new(
                        format!(
                            "{} must not be routed as an international number, and with the policy `{}` the route `{}` takes {}",
                            emergency.dialled.value, policy.decl.name, route.decl.name, emergency.called
                        ),
                        emergency.dialled.span,
                        "an emergency call takes an international route",
                    )
                    .related(route.decl.place("match"), format!("it also takes {}", words::list(&examples)))
                    .related(policy.decl.place("usages"), "the usages, in the order in which they are tried")
                    .help(format!("put a usage first in the policy whose route matches `^\\{}$` only", emergency.called))
                    .as_sure_as(&row.provenance),
                );
            }
        }
    }
}
