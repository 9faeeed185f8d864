//! A call for help that another route takes before its own.

use std::collections::BTreeSet;

use super::emergency_number_abroad::{HELP, is_international};
use super::numbers::{Route, Routes, emergencies};
use crate::catalog::Support;
use crate::dial::Route as DialRoute;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Tries each of the `emergency_numbers` of a location profile with each policy, and reports a call that a route for other
    /// numbers takes by other gateways, although there is a route for emergency numbers only.
    ///
    /// ## Why it matters
    /// The gateways of the route for emergency numbers are chosen for calls for help, for example because they are in the same
    /// place. The call leaves by another one, and may reach the emergency services of another town.
    ///
    /// ## Planning Guide
    /// Step 8: emergency numbers have their own usage, which every policy names before all others.
    "OCS0830" "emergency-number-captured" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 8, policies and routes (bb870409, bb870425)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[HELP[0], HELP[1], HELP[2], SECOND, ("usages = [help, far] }", "usages = [far, help] }"), WIDE]),
        good: Example::with(bases::VOICE, &[HELP[0], HELP[1], HELP[2], SECOND, WIDE]),
    }
}

/// A route for all numbers, by a gateway of its own.
const WIDE: (&str, &str) = (r"'^\+1\d{10}$'  gateways = [hq.med01]", r"'^\+\d+$'  gateways = [hq.med02]");

/// A second Mediation Server with its gateway.
pub(super) const SECOND: (&str, &str) = (
    "  media_gateway gw01 {",
    "  mediation_server med02 {
    address          = 10.10.0.62
    gateway_address  = 10.10.8.62
    next_hop         = se01
    gateway          = gw02
    location_profile = hq
  }
  media_gateway gw02 { address = 10.10.8.72  transport = tls }
  media_gateway gw01 {",
);

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("emergency.own_usage") else { return };
    let routes = Routes::new(view);
    let found = emergencies(view);
    let numbers: Vec<String> = found.iter().map(|emergency| emergency.called.clone()).collect();
    let is_for_help = |route: &Route<'_>| {
        let pattern = route.decl.text("match");
        pattern.is_some_and(|pattern| DialRoute::new("", pattern.value, Vec::new(), Vec::new()).is_only_for(&numbers))
    };
    for emergency in &found {
        let Some(matching) = routes.matching(&emergency.called) else { continue };
        let own: Vec<&Route<'_>> = routes.of(&matching).filter(|route| is_for_help(route)).collect();
        let Some(meant) = own.first() else { continue };
        let gateways: BTreeSet<String> = own.iter().flat_map(|route| route.gateways()).collect();
        let mut lost: Vec<(&str, &Route<'_>, crate::text::Span)> = Vec::new();
        for policy in view.blocks_of("policy") {
            let first = routes.first(policy.decl, &matching);
            let Some(other) = first.iter().find(|route| !route.gateways().is_subset(&gateways)) else { continue };
            let international = other.pattern.as_ref().is_some_and(is_international);
            if !international && !first.iter().any(|route| is_for_help(route)) {
                lost.push((&policy.decl.name, other, policy.decl.place("usages")));
            }
        }
        let Some((_, other, usages)) = lost.first() else { continue };
        let policies: Vec<&str> = lost.iter().map(|(policy, ..)| *policy).collect();
        sink.report(
            Finding::new(
                format!(
                    "with the policy {} the route `{}` takes {}, by other gateways than the route `{}` for emergency numbers",
                    words::quoted(&policies),
                    other.decl.name,
                    emergency.called,
                    meant.decl.name
                ),
                *usages,
                "these usages are tried in this order",
            )
            .related(other.decl.place("match"), "this route takes the call")
            .related(meant.decl.place("match"), "this route is for it")
            .help(format!("put a usage of the route `{}` first in the policy", meant.decl.name))
            .as_sure_as(&row.provenance),
        );
    }
}
