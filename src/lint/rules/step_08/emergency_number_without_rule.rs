//! A number for help that no rule normalizes.

use super::numbers::{Routes, emergencies};
use super::profile::{in_order, tried};
use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports one of the `emergency_numbers` of a location profile that no rule of the profile matches, although routes match the
    /// number as it is dialled.
    ///
    /// ## Why it matters
    /// Routes are for numbers in E.164 form, and no page says that a number which no rule matches is routed as it was dialled.
    /// Whether the call reaches help is then left to chance.
    ///
    /// ## Planning Guide
    /// Step 8: emergency numbers need a rule, which puts a plus sign in front of them.
    "OCS0829" "emergency-number-without-rule" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, normalization rules (bb870362); emergency numbers with a plus sign (blogs.technet.com/jkunert)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[ROUTED, ("    rule four_digits", "    emergency_numbers = [\"911\"]\n    rule four_digits")]),
        good: Example::with(bases::VOICE, &[ROUTED, ("    rule four_digits", "    emergency_numbers = [\"911\"]\n    rule emergency { match = '^911$'  translate = '+911' }\n    rule four_digits")]),
    }
}

/// A route for every number, with or without a plus sign.
const ROUTED: (&str, &str) = (
    "voice {\n",
    r"voice {
  phone_usage all {}
  policy default { usages = [all] }
  route world { match = '^\+?\d+$'  gateways = [hq.med01]  usages = [all] }

",
);

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("route.e164") else { return };
    let routes = Routes::new(view);
    let policies: Vec<_> = view.blocks_of("policy").collect();
    for emergency in emergencies(view).into_iter().filter(|emergency| emergency.called == emergency.dialled.value) {
        // Where it has no route, `emergency-number-without-route` says so.
        let Some(matching) = routes.matching(&emergency.called) else { continue };
        if policies.is_empty() || policies.iter().any(|policy| routes.first(policy.decl, &matching).is_empty()) {
            continue;
        }
        let profile = view.blocks_of("location_profile").find(|block| block.decl.name == emergency.profile);
        let number = emergency.dialled.value;
        let takes = |rule| tried(rule).is_none_or(|tried| tried.apply(number) != Ok(None));
        if profile.is_none_or(|block| in_order(block.decl).into_iter().any(takes)) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("no rule of `{}` takes the emergency number {number}", emergency.profile),
                emergency.dialled.span,
                "it is routed as it is dialled, or not at all",
            )
            .help(format!("add a rule in front of the others: `rule emergency {{ match = '^{number}$'  translate = '+{number}'  order = 1 }}`"))
            .as_sure_as(&row.provenance),
        );
    }
}
