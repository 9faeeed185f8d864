//! A route that no number takes.

use super::route_to_basic_gateway::ROUTED;
use crate::catalog::Support;
use crate::dial::{Machine, meet};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a route whose pattern matches no number in E.164 form, a plus sign and digits. Patterns are compared as a
    /// whole, not by samples; where that cannot be done, nothing is said.
    ///
    /// ## Why it matters
    /// Numbers reach routes after they were normalized. A route for numbers as they are dialled is never taken.
    ///
    /// ## Planning Guide
    /// Step 8: a route matches the E.164 numbers that normalization makes.
    "OCS0823" "route-without-number" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, routes (bb870425)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[ROUTED, (r"match = '^\+\d+$'", r"match = '^(425|206)(\d{7})$'")]),
        good: Example::with(bases::VOICE, &[ROUTED, (r"match = '^\+\d+$'", r"match = '^\+1(425|206)(\d{7})$'")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("route.e164") else { return };
    let Some(numbers) = Machine::new(r"^\+\d+$") else { return };
    for block in view.blocks_of("route") {
        let Some(pattern) = block.decl.text("match") else { continue };
        let Some(machine) = Machine::new(pattern.value) else { continue };
        if meet(&machine, &numbers) != Some(false) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("the route `{}` should match numbers in E.164 form, and it matches none", block.decl.name),
                pattern.span,
                "no number of the form +14255550100 is like this",
            )
            .help(r"begin with the plus sign and the code of the country, as in `'^\+1(425|206)(\d{7})$'`")
            .by_support_level(row),
        );
    }
}
