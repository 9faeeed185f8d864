//! A test of `voice` that fails.

use std::collections::BTreeSet;

use crate::dial::{Ending, Normalized, Policy, Routed, Undecided, check as check_number, is_e164};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Decl;
use crate::model::{GroupId, Named};
use crate::plan::voice::{Voice, voice};
use crate::text::{Span, Spanned};

rule! {
    /// ## What it does
    /// Dials the number of each `test` in `voice` as `ocstopo dial` does, and compares the result with what the test expects: the
    /// number after normalization, the end of the call, its route, its gateways. Without `policy` the test must hold for every
    /// policy.
    ///
    /// ## Why it matters
    /// A rule or a usage in another place changes other numbers than those that its author thought of. A test keeps what was agreed.
    ///
    /// ## Planning Guide
    /// Step 8: the first rule that matches is used, and the usages of a policy are tried in their order.
    "OCS0827" "voice-test" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, rules, policies and routes (bb870362, bb870409, bb870425)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[(
            "voice {\n",
            "voice {\n  test reception { dials = \"0100\"  from = hq  becomes = \"+14255560100\" }\n\n",
        )]),
        good: Example::with(bases::VOICE, &[(
            "voice {\n",
            "voice {\n  test reception { dials = \"0100\"  from = hq  becomes = \"+14255550100\" }\n\n",
        )]),
    }
}

/// What a test states of a call, each compared on its own.
const EXPECTED: [&str; 4] = ["becomes", "ends", "route", "gateways"];

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.blocks_of("test").next().is_none() {
        return;
    }
    let voice = voice(view.topology);
    for block in view.blocks_of("test") {
        let test = block.decl;
        let Some(number) = test.text("dials") else { continue };
        if EXPECTED.iter().all(|attr| !test.is_written(attr)) {
            sink.report(
                Finding::new(
                    format!("the test `{}` expects nothing", test.name),
                    test.name_span,
                    "no `becomes`, `ends`, `route` or `gateways`",
                )
                .help("write what is expected, as in `becomes = \"+14255550100\"` or `ends = routed`"),
            );
            continue;
        }
        if let Err(bad) = check_number(number.value) {
            sink.report(Finding::new(format!("the test `{}` cannot be tried: {bad}", test.name), number.span, "the number"));
            continue;
        }
        tried(&voice, test, number, sink);
    }
}

fn tried(voice: &Voice<'_>, test: &Decl, number: Spanned<&str>, sink: &mut Sink) {
    let named = |attr: &str| test.reference(attr).and_then(|words| words.value.last()).map(String::as_str);
    let Some(profile) = named("from").and_then(|name| voice.plan.profile(name)) else { return };
    let found = match profile.normalize(number.value) {
        Ok(found) => found,
        Err((rule, why)) => {
            return undecided(test, number, ("rule", rule.name, voice.rule_place(profile.name, rule.name)), why, sink);
        }
    };
    let called = if is_e164(number.value) { number.value } else { &found.number };
    if let Some(expected) = test.text("becomes").filter(|expected| expected.value != called) {
        return sink.report(other_number(voice, profile.name, test, number.value, (expected, called), &found));
    }
    if EXPECTED[1..].iter().all(|attr| !test.is_written(attr)) {
        return;
    }
    let policies: Vec<&Policy<'_>> = match (named("policy"), test.is_written("policy")) {
        (Some(name), _) => voice.plan.policy(name).into_iter().collect(),
        (None, true) => return,
        (None, false) => voice.plan.policies.iter().collect(),
    };
    let matching = voice.plan.matching(called);
    let lost = voice.unreachable(&down(voice, test));
    for policy in policies {
        match voice.plan.route(policy, &matching, &lost) {
            Ok(routed) => {
                if let Some(finding) = other_way(voice, test, called, policy, &routed) {
                    return sink.report(finding);
                }
            }
            Err((route, why)) => {
                return undecided(test, number, ("route", route.name, voice.place("route", route.name)), why, sink);
            }
        }
    }
}

fn down(voice: &Voice<'_>, test: &Decl) -> Vec<GroupId> {
    let id = |words: Spanned<&[String]>| match voice.named(&words.value.join(".")) {
        Some(Named::Group(id)) => Some(id),
        _ => None,
    };
    test.references("down").filter_map(id).collect()
}

fn undecided(
    test: &Decl,
    number: Spanned<&str>,
    (what, name, place): (&str, &str, Option<Span>),
    why: Undecided,
    sink: &mut Sink,
) {
    sink.report(
        Finding::new(
            format!(
                "the test `{}` cannot be tried: it is not known whether the {what} `{name}` matches, because {why}",
                test.name
            ),
            number.span,
            "the number",
        )
        .related_opt(place, "this pattern")
        .help("write the pattern in a simpler way"),
    );
}

fn other_number(
    voice: &Voice<'_>,
    profile: &str,
    test: &Decl,
    dialled: &str,
    (expected, called): (Spanned<&str>, &str),
    found: &Normalized<'_, '_>,
) -> Finding {
    let taken = found.taken.as_ref().filter(|_| called != dialled);
    let becomes = match called == dialled {
        true => format!("{} stays as it is", shown(dialled)),
        false => format!("{} becomes {}", shown(dialled), shown(called)),
    };
    let label = match taken {
        Some(taken) => format!("the rule `{}` takes it", taken.rule.name),
        None => "no rule takes it".to_owned(),
    };
    let meant = found.later.iter().find(|later| later.result.as_deref() == Ok(expected.value));
    let finding = Finding::new(
        format!("the test `{}` fails: {becomes}, and {} is expected", test.name, shown(expected.value)),
        expected.span,
        label,
    )
    .related_opt(taken.and_then(|taken| voice.rule_place(profile, taken.rule.name)), "this rule is used");
    match (meant, taken) {
        (Some(later), Some(taken)) => finding
            .related_opt(voice.rule_place(profile, later.rule.name), "this rule would make it, and comes too late")
            .help(format!("give `{}` a lower `order` than `{}`, or correct the test", later.rule.name, taken.rule.name)),
        _ => finding.help(format!("correct the rules of `{profile}`, or the test: `ocstopo dial` shows how the number is taken")),
    }
}

/// The finding about a call that does not go as expected.
fn other_way(voice: &Voice<'_>, test: &Decl, called: &str, policy: &Policy<'_>, routed: &Routed<'_, '_>) -> Option<Finding> {
    let taken = routed.taken();
    let routes: Vec<&str> = taken.iter().map(|found| found.route.name).collect();
    let happens = match routed.ending {
        Ending::Routed => format!("takes {}", words::quoted(&routes)),
        Ending::Refused => "is refused: no route of its usages matches".to_owned(),
        Ending::Dropped => "is dropped: no gateway of its routes answers".to_owned(),
    };
    let place = || voice.place("policy", policy.name);
    let failed = |expected: String, attr: &str, label: &str| {
        let message = format!(
            "the test `{}` fails: with the policy `{}` a call to {} {happens}, and {expected} is expected",
            test.name,
            policy.name,
            shown(called)
        );
        let finding = Finding::new(message, test.place(attr), label.to_owned()).related_opt(place(), "this policy");
        let finding = match taken.first() {
            Some(first) => finding.related_opt(voice.place("route", first.route.name), "this route takes it"),
            None => finding,
        };
        finding.help(format!(
            "correct the usages of `{}`, the routes, or the test: `ocstopo dial` shows each usage with its routes",
            policy.name
        ))
    };
    let ends = test.choice("ends").filter(|ends| ends.value != routed.ending.word());
    if let Some(ends) = ends {
        return Some(failed(format!("`ends = {}`", ends.value), "ends", "it ends otherwise"));
    }
    let route = test.reference("route").and_then(|words| words.value.last());
    if let Some(route) = route.filter(|route| !routes.contains(&route.as_str())) {
        return Some(failed(format!("the route `{route}`"), "route", "it is not the route of the call"));
    }
    if test.is_written("gateways") && !test.is_refused("gateways") {
        let expected: BTreeSet<String> = test.references("gateways").map(|words| words.value.join(".")).collect();
        let answering = taken.iter().flat_map(|found| &found.gateways).filter(|tried| !tried.down);
        let gateways: BTreeSet<String> = answering.map(|tried| tried.gateway.to_owned()).collect();
        if expected != gateways {
            let list = |set: &BTreeSet<String>| match set.is_empty() {
                true => "no gateway".to_owned(),
                false => words::quoted(&set.iter().map(String::as_str).collect::<Vec<_>>()),
            };
            return Some(failed(list(&expected), "gateways", &format!("it leaves by {}", list(&gateways))));
        }
    }
    None
}

/// A number in a message.
fn shown(number: &str) -> String {
    let plain = !number.is_empty() && number.bytes().all(|byte| byte == b'+' || byte.is_ascii_digit());
    match (plain, number.chars().count()) {
        (_, length) if length > LONG => format!("a number of {length} characters"),
        (true, _) => number.to_owned(),
        (false, _) => format!("`{number}`"),
    }
}

/// The longest number in a message.
const LONG: usize = 60;
