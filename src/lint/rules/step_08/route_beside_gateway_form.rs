//! A route to a gateway that does not take its numbers.

use super::numbers::{Routes, emergencies};
use super::profile::COMPARED;
use super::route_to_basic_gateway::ROUTED;
use crate::dial::{Machine, meet, telephone_number};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::plan::voice::{NumberForms, number_forms, voice};

rule! {
    /// ## What it does
    /// Compares each route with the numbers that its gateways take (`takes`). It reports a route none of whose numbers a gateway
    /// takes, and an emergency number that a route sends to a gateway that does not take it. Patterns are compared exactly; where
    /// that is not possible, nothing is reported.
    ///
    /// ## Why it matters
    /// Routes send numbers as rules make them, with a plus sign. A gateway that expects another form refuses the call, and the
    /// emergency call is the one that is not tested.
    ///
    /// ## Planning Guide
    /// Step 8: the next hop after the Mediation Server must accept the numbers that routes send; the published plan for Germany
    /// leaves it to the gateway to take the plus sign off an emergency number.
    "OCS0832" "route-beside-gateway-form" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 8, routes (bb803618, bb870425); normalization rules for Germany (jkunert, 2008/08/27)",
        bad: Example::with(bases::VOICE, &[ROUTED, ("transport = tls }", "transport = tls  takes = '^\\d+$' }")]),
        good: Example::with(bases::VOICE, &[ROUTED, ("transport = tls }", "transport = tls  takes = '^\\+' }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let forms: Vec<NumberForms<'_>> = number_forms(view.topology).into_iter().filter(|forms| !forms.takes.is_empty()).collect();
    if forms.is_empty() {
        return;
    }
    let voice = voice(view.topology);
    let taker = |path: &str| {
        let gateway = voice.behind(path).unwrap_or(path);
        forms.iter().find(|forms| forms.path == gateway)
    };
    let routes = Routes::new(view);
    for block in view.blocks_of("route").take(COMPARED) {
        let Some(pattern) = block.decl.text("match") else { continue };
        let Some(machine) = Machine::new(pattern.value) else { continue };
        for gateway in block.decl.references("gateways") {
            let Some(forms) = taker(&gateway.value.join(".")) else { continue };
            let Some(number) = none_taken(&machine, forms) else { continue };
            sink.report(
                Finding::new(
                    format!("`{}` takes no number of the route `{}`, such as {number}", forms.path, block.decl.name),
                    gateway.span,
                    "calls by this route fail here",
                )
                .related(forms.decl.place("takes"), "the numbers that it takes")
                .help(format!("correct `takes` of `{}` or the pattern of the route, or name another gateway", forms.path)),
            );
        }
    }
    for emergency in emergencies(view) {
        let Some(matching) = routes.matching(&emergency.called) else { continue };
        let refuses = |path: &String| taker(path).filter(|forms| forms.takes(&emergency.called) == Some(false));
        let refusing = routes.of(&matching).map(|route| (route.decl, route.gateways().iter().find_map(refuses)));
        let found: Vec<_> = refusing.filter_map(|(route, forms)| Some((route, forms?))).collect();
        let Some((route, forms)) = found.first() else { continue };
        // A route none of whose numbers it takes is reported as a whole.
        if route.text("match").and_then(|text| none_taken(&Machine::new(text.value)?, forms)).is_some() {
            continue;
        }
        let names: Vec<&str> = found.iter().map(|(route, _)| route.name.as_str()).collect();
        sink.report(
            Finding::new(
                format!(
                    "the emergency number {} leaves as {} by {}, and `{}` does not take it",
                    emergency.dialled.value,
                    emergency.called,
                    words::quoted(&names),
                    forms.path
                ),
                emergency.dialled.span,
                "an emergency call is refused by the gateway",
            )
            .related(forms.decl.place("takes"), "the numbers that it takes")
            .help(format!(
                "set up `{}` for {} and add the number to its `takes`, or send it to another gateway",
                forms.path, emergency.called
            )),
        );
    }
}

/// A number of a route whose numbers a gateway all refuses; `None` where it takes one, or where that is not known.
fn none_taken(route: &Machine, forms: &NumberForms<'_>) -> Option<String> {
    for form in &forms.takes {
        if meet(route, &Machine::new(form.value)?)? {
            return None;
        }
    }
    telephone_number(&[route], &[])
}
