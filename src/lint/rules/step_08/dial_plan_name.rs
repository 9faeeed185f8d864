//! A dial plan that Exchange will not call so.

use crate::catalog::NameForm;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a `dial_plan` that is longer than 64 characters, or has a character that Exchange does not accept.
    ///
    /// ## Why it matters
    /// Exchange refuses the name, so the location profiles that are named after the dial plan have no counterpart.
    ///
    /// ## Planning Guide
    /// Step 8: dial plans and location profiles have the same names, which Exchange limits.
    "OCS0819" "dial-plan-name" {
        severity: Error,
        confidence: High,
        source: "Exchange 2007, UM dial plans (bb123819)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[UM, ("\"hq\"", "\"hq, main building\"")]),
        good: Example::with(bases::VOICE, &[UM]),
    }
}

/// Voice mail.
pub(super) const UM: (&str, &str) =
    ("  media_gateway gw01", "  exchange_um um01 { address = 10.10.0.71  dial_plan = \"hq\" }\n\n  media_gateway gw01");

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(form) = view.fact::<NameForm>("um_dial_plan") else { return };
    for block in view.blocks_of("exchange_um") {
        let Some(name) = block.decl.text("dial_plan") else { continue };
        let Some((message, help)) = refusal(form, name.value) else { continue };
        sink.report(Finding::new(message, name.span, "Exchange refuses this name").help(help).as_sure_as(&form.provenance));
    }
}

/// What is wrong with the name of a dial plan, and the way out.
pub(super) fn refusal(form: &NameForm, name: &str) -> Option<(String, &'static str)> {
    let length = name.chars().count();
    if length > form.characters {
        let message = format!("the {} has at most {} characters, and this one has {length}", form.what, form.characters);
        return Some((message, "write a shorter name"));
    }
    let mut refused: Vec<String> = name.chars().filter(|c| form.refused.contains(*c)).map(String::from).collect();
    refused.sort_unstable();
    refused.dedup();
    (!refused.is_empty()).then(|| {
        let message = format!("the {} may not contain {}, and this one does", form.what, words::quoted(&refused));
        (message, "write letters, digits, blanks and hyphens")
    })
}
