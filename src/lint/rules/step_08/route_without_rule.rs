//! A route for numbers that users cannot dial.

use super::profile::COMPARED;
use super::route_to_basic_gateway::ROUTED;
use crate::catalog::Support;
use crate::dial::{Machine, Rule, meet, whole_number};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a route for numbers that no normalization rule of any location profile makes. Patterns are compared exactly, not by
    /// samples; where that is not possible (for example with lookahead), nothing is reported.
    ///
    /// ## Why it matters
    /// Only numbers that are dialled with a plus sign and the code of the country take the route, such as those of the address
    /// book. Users who dial as on other telephones are refused, or reach another number.
    ///
    /// ## Planning Guide
    /// Step 8: a location profile has rules for all numbers that are dialled in its location; the guide's samples have one for
    /// international calls.
    "OCS0829" "route-without-rule" {
        severity: Note,
        confidence: Medium,
        source: "Planning Guide step 8, location profiles and routes (bb803618, bb870362)",
        bad: Example::with(bases::VOICE, &[ROUTED, (r"'^\+\d+$'", r"'^\+1206\d{7}$'")]),
        good: Example::with(bases::VOICE, &[ROUTED, (r"'^\+\d+$'", r"'^\+1206\d{7}$'"), (
            "    rule four_digits",
            "    rule ten_digits { match = '^9(\\d{10})$'  translate = '+1$1' }\n    rule four_digits",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("route.e164") else { return };
    let decls: Vec<_> = view.blocks_of("rule").collect();
    if decls.is_empty() || decls.len() > COMPARED {
        return;
    }
    let made = |block: &&crate::lint::Block<'_>| {
        Rule::new(&block.decl.name, block.decl.text("match")?.value, block.decl.text("translate")?.value).output()
    };
    // Where it is not known what one of them makes, it may make any number.
    let Some(made) = decls.iter().map(made).collect::<Option<Vec<Machine>>>() else { return };
    for block in view.blocks_of("route").take(COMPARED) {
        let Some(pattern) = block.decl.text("match") else { continue };
        let Some(machine) = Machine::new(pattern.value) else { continue };
        // A route without any number is another finding.
        let Some(number) = whole_number(&machine) else { continue };
        if made.iter().any(|made| meet(made, &machine) != Some(false)) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("no normalization rule makes a number of the route `{}`, such as {number}", block.decl.name),
                pattern.span,
                "only numbers dialled with a plus sign take it",
            )
            .help(format!("add a rule to a location profile that makes {number} of the number that people dial; or waive this note, if they call it from the address book only"))
            .as_sure_as(&row.provenance),
        );
    }
}
