//! An emergency call without a route.

use super::emergency_number_abroad::HELP;
use super::numbers::{Routes, emergencies, usages};
use crate::catalog::Support;
use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Dials each of the `emergency_numbers` of a location profile with each policy: its rules make a number of it, and a
    /// route of the policy's usages must match that.
    ///
    /// ## Why it matters
    /// A call without a route is refused. Nobody tries the number before it is needed.
    ///
    /// ## Planning Guide
    /// Step 8: emergency numbers get a rule, a phone usage, a route and a place in every policy. The guide advises a second
    /// means of reaching help wherever people call from computers.
    "OCS0815" "emergency-number-without-route" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, emergency numbers; 2007 R2, emergency calls",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[HELP[0], HELP[1], HELP[2], ("usages = [help, far] }", "usages = [far] }\n  policy guests { usages = [help] }")]),
        good: Example::with(bases::VOICE, &HELP),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("emergency.own_usage") else { return };
    let policies: Vec<_> = view.blocks_of("policy").collect();
    if policies.is_empty() {
        return;
    }
    let routes = Routes::new(view);
    for emergency in emergencies(view) {
        let Some(matching) = routes.matching(&emergency.called) else { continue };
        let without: Vec<_> = policies.iter().filter(|policy| routes.first(policy.decl, &matching).is_empty()).collect();
        let Some(first) = without.first() else { continue };
        let names: Vec<&str> = without.iter().map(|policy| policy.decl.name.as_str()).collect();
        let number = emergency.dialled.value;
        let message = match emergency.called == number {
            true => format!("who dials {number} with the policy {} needs a route, and none matches it", words::quoted(&names)),
            false => format!(
                "who dials {number} with the policy {} needs a route, and none matches {}",
                words::quoted(&names),
                emergency.called
            ),
        };
        // Usages that no route carries are the cause.
        let usages = without.iter().flat_map(|policy| usages(policy.decl)).filter_map(|(usage, _)| {
            let declared = view.blocks_of("phone_usage").find(|block| block.decl.name == usage)?;
            Some(Fact::Written(declared.decl.name_span))
        });
        let finding = Finding::new(message, emergency.dialled.span, "a call for help is refused")
            .related(first.decl.place("usages"), "the usages of such callers");
        sink.report(
            finding
                .help(match emergency.called == number {
                    true => format!(
                        "give `{}` a rule such as `{{ match = '^{number}$'  translate = '+{number}' }}`, and the policy a usage whose route matches `^\\+{number}$`",
                        emergency.profile
                    ),
                    false => format!("put a usage first in the policy whose route matches `^\\{}$`", emergency.called),
                })
                .needs_one_of(usages)
                .as_sure_as(&row.provenance),
        );
    }
}
