//! The call: the usages of each policy in order, with routes and gateways, and how it ends.

use std::collections::BTreeSet;

use super::answer::{Call, RouteTest, Usage, UsedGateway, UsedRoute};
use super::{Asked, undecided};
use crate::dial::{Ending, MatchedRoute, Policy, Routed, TriedGateway, Undecided, UsageStep};
use crate::model::GroupId;

/// What becomes of a call with each policy; policies with the same answer are together, in the order of the first of each.
pub(super) fn calls(
    asked: &Asked<'_>,
    policies: &[&Policy<'_>],
    number: &str,
    matching: &[Result<bool, Undecided>],
    down: &[GroupId],
) -> Vec<Call> {
    let lost = asked.voice.unreachable(down);
    let mut calls: Vec<Call> = Vec::new();
    for policy in policies {
        let call = call(asked, policy, number, matching, &lost);
        match calls.iter_mut().find(|known| is_same(known, &call)) {
            Some(known) => known.policies.extend(call.policies),
            None => calls.push(call),
        }
    }
    calls
}

fn is_same(one: &Call, other: &Call) -> bool {
    (&one.ending, &one.reason, &one.usages, &one.other_routes)
        == (&other.ending, &other.reason, &other.usages, &other.other_routes)
}

fn call(
    asked: &Asked<'_>,
    policy: &Policy<'_>,
    number: &str,
    matching: &[Result<bool, Undecided>],
    lost: &BTreeSet<&str>,
) -> Call {
    let plan = &asked.voice.plan;
    let policies = vec![policy.name.to_owned()];
    // The usages of the plan, so that the lifetimes of both are one.
    let Some(policy) = plan.policy(policy.name) else {
        return Call { policies, ending: None, reason: String::new(), usages: Vec::new(), other_routes: Vec::new() };
    };
    let routed = match plan.route(policy, matching, lost) {
        Ok(routed) => routed,
        Err((route, why)) => {
            let reason = undecided("route", route.name, why);
            return Call { policies, ending: None, reason, usages: Vec::new(), other_routes: Vec::new() };
        }
    };
    let taken: Vec<&str> = routed.taken().iter().map(|found| found.route.name).collect();
    // The first step with a gateway that answers is taken; a route may be in several.
    let first = routed.usages.iter().position(|step| step.routes.iter().any(answers));
    let usage = |(at, step): (usize, &UsageStep<'_, '_>)| Usage {
        usage: step.usage.to_owned(),
        routes: step.routes.iter().map(|found| route(asked, found, number, first == Some(at) && answers(found))).collect(),
    };
    let in_usages = |name: &str| routed.usages.iter().flat_map(|step| &step.routes).any(|found| found.route.name == name);
    let others = plan.routes.iter().zip(matching).filter(|(route, matches)| **matches == Ok(true) && !in_usages(route.name));
    let other_routes: Vec<String> = others.map(|(route, _)| route.name.to_owned()).collect();
    Call {
        policies,
        ending: Some(routed.ending.word()),
        reason: reason(&routed, &taken, number, &other_routes),
        usages: routed.usages.iter().enumerate().map(usage).collect(),
        other_routes,
    }
}

fn answers(found: &MatchedRoute<'_, '_>) -> bool {
    found.gateways.iter().any(|tried| !tried.down)
}

fn route(asked: &Asked<'_>, found: &MatchedRoute<'_, '_>, number: &str, taken: bool) -> UsedRoute {
    let gateway = |tried: &TriedGateway<'_>| UsedGateway {
        path: tried.gateway.to_owned(),
        behind: asked.voice.behind(tried.gateway).map(str::to_owned),
        down: tried.down,
        tried_before: tried.again,
        takes: asked.forms_of(asked.voice.behind(tried.gateway).unwrap_or(tried.gateway)).and_then(|forms| forms.takes(number)),
    };
    UsedRoute { route: found.route.name.to_owned(), taken, gateways: found.gateways.iter().map(gateway).collect() }
}

fn reason(routed: &Routed<'_, '_>, taken: &[&str], number: &str, others: &[String]) -> String {
    let quoted = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(" and ");
    match routed.ending {
        Ending::Routed if taken.len() > 1 => {
            format!("the routes {} have the same usage, and which is first is not documented", quoted(taken))
        }
        Ending::Routed => format!("by the route {}", quoted(taken)),
        Ending::Dropped => "no gateway of its routes answers".to_owned(),
        Ending::Refused if routed.usages.is_empty() => "the policy has no usage".to_owned(),
        Ending::Refused if others.is_empty() => format!("no route matches {}", shown(number)),
        Ending::Refused => {
            let names: Vec<&str> = others.iter().map(String::as_str).collect();
            let (verb, have) = if names.len() == 1 { ("matches", "has") } else { ("match", "have") };
            format!("{} {verb}, and {have} no usage of the policy", quoted(&names))
        }
    }
}

/// A number in a sentence.
fn shown(number: &str) -> &str {
    match number {
        "" => "an empty number",
        number if number.len() > 40 => "this number",
        number => number,
    }
}

/// The rows that calls rest on.
pub(super) fn rows(calls: &[Call]) -> Vec<&'static str> {
    let ends = |word: &str| calls.iter().any(|call| call.ending == Some(word));
    let mut rows = Vec::new();
    if ends("routed") || ends("dropped") {
        rows.extend(["call.user_first", "call.usages_in_order", "call.in_turn"]);
    }
    let usages = || calls.iter().flat_map(|call| &call.usages);
    if usages().any(|usage| usage.routes.len() > 1) {
        rows.push("call.same_usage");
    }
    if usages().flat_map(|usage| &usage.routes).flat_map(|route| &route.gateways).any(|gateway| gateway.down) {
        rows.push("call.failed_gateway");
    }
    if ends("dropped") {
        rows.push("call.all_down");
    }
    if ends("refused") {
        rows.push("call.no_route");
    }
    rows
}

/// Every route tried alone.
pub(super) fn tests(asked: &Asked<'_>, matching: &[Result<bool, Undecided>]) -> Vec<RouteTest> {
    let test = |(route, matches): (&crate::dial::Route<'_>, &Result<bool, Undecided>)| RouteTest {
        route: route.name.to_owned(),
        pattern: route.pattern.to_owned(),
        matches: matches.ok(),
        undecided: matches.err().map(|why| why.to_string()),
        usages: route.usages.iter().map(|usage| (*usage).to_owned()).collect(),
        place: asked.place("route", route.name),
    };
    asked.voice.plan.routes.iter().zip(matching).map(test).collect()
}
