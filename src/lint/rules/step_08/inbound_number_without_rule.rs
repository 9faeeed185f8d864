//! Numbers that a gateway or voice mail hands in and no rule takes.

use super::profile::{COMPARED, in_order};
use crate::catalog::CallRule;
use crate::dial::{Machine, example};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::plan::voice::{NumberForms, number_forms};
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Compares the numbers that a media gateway or Exchange Unified Messaging server hands in (`hands_in`) with the rules of the
    /// location profile that normalizes them, and reports a number without a plus sign that no rule takes. The profile is that of
    /// the Mediation Server of the gateway, or the one that is named after the dial plan. Patterns are compared exactly; where that
    /// is not possible, nothing is reported.
    ///
    /// ## Why it matters
    /// The called user is found by a number in E.164 form. A number that no rule takes stays as it is, finds no user, and the call
    /// fails.
    ///
    /// ## Planning Guide
    /// Step 8: the default location profile of a Mediation Server normalizes the numbers of incoming calls, so it needs rules for
    /// every form in which the gateway sends them.
    "OCS0831" "inbound-number-without-rule" {
        severity: Warning,
        confidence: High,
        source: "Mediation Server, default location profile (dd425126); Planning Guide step 8, normalization rules (bb870362)",
        bad: Example::with(bases::VOICE, &[(TLS, "transport = tls  hands_in = '^\\d{3,4}$' }")]),
        good: Example::with(bases::VOICE, &[(TLS, "transport = tls  hands_in = ['^\\d{4}$', '^\\+\\d+$'] }")]),
    }
}

const TLS: &str = "transport = tls }";

/// Numbers that need no rule.
const E164: &str = r"^\+[1-9]\d{0,14}$";

/// Numbers that a gateway may hand in.
const NUMBERS: &str = r"^(\+[1-9]\d{0,14}|\d+)$";

fn check(view: &RuleContext, sink: &mut Sink) {
    let (Some(row), Some(numbers), Some(e164)) =
        (view.fact::<CallRule>("number.handed_in"), Machine::new(NUMBERS), Machine::new(E164))
    else {
        return;
    };
    for forms in number_forms(view.topology) {
        for form in forms.hands_in.iter().take(COMPARED) {
            let Some((profile, number)) = without_rule(view, &forms, form, &numbers, &e164) else { continue };
            let place = view.blocks_of("location_profile").find(|block| block.decl.name == profile);
            sink.report(
                Finding::new(
                    format!(
                        "`{}` hands in numbers such as {number}, and no rule of the location profile `{profile}` takes them",
                        forms.path
                    ),
                    form.span,
                    format!("{number} stays as it is and finds no user"),
                )
                .related_opt(place.map(|block| block.decl.name_span), "this location profile normalizes them")
                .help(format!(
                    "add a rule to `{profile}` that makes the E.164 number of {number}, or correct the form that `{}` hands in",
                    forms.path
                ))
                .as_sure_as(&row.provenance),
            );
        }
    }
}

/// The shortest number of a form that a profile takes by no rule, with the profile.
fn without_rule<'f>(
    view: &RuleContext,
    forms: &NumberForms<'f>,
    form: &Spanned<&str>,
    numbers: &Machine,
    e164: &Machine,
) -> Option<(&'f str, String)> {
    let handed_in = Machine::new(form.value)?;
    forms.profiles.iter().find_map(|profile| {
        let block = view.blocks_of("location_profile").find(|block| block.decl.name == *profile)?;
        let rules = in_order(block.decl);
        if rules.len() > COMPARED {
            return None;
        }
        let taken: Option<Vec<Machine>> = rules.iter().map(|rule| Machine::new(rule.text("match")?.value)).collect();
        let taken = taken?;
        let others: Vec<&Machine> = taken.iter().chain([e164]).collect();
        Some((*profile, example(&[numbers, &handed_in], &others)??))
    })
}
