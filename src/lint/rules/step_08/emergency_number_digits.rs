//! Emergency numbers that no phone can dial.

use super::profile::is_dialled;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports entries of `emergency_numbers` with other characters than digits.
    ///
    /// ## Why it matters
    /// The entries are the digits that people dial, before any rule is applied. The check for a route uses exactly these digits.
    ///
    /// ## Planning Guide
    /// Step 8: emergency numbers are normalized like all others, and a rule adds the plus sign.
    "OCS0814" "emergency-number-digits" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, emergency calls",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[("  location_profile hq {\n", "  location_profile hq {\n    emergency_numbers = [\"+911\"]\n\n")]),
        good: Example::with(bases::VOICE, &[("  location_profile hq {\n", "  location_profile hq {\n    emergency_numbers = [\"911\"]\n\n")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("location_profile") {
        for number in block.decl.list("emergency_numbers") {
            let Some(text) = number.value.as_text().filter(|text| !is_dialled(text)) else {
                continue;
            };
            let digits: String = text.chars().filter(char::is_ascii_digit).collect();
            let finding = Finding::new(
                format!("an emergency number is dialled as digits only, and `{}` has `{text}`", block.path),
                number.span,
                "this cannot be dialled",
            );
            sink.report(match digits.as_str() {
                "" => finding.help("write the digits, as in `\"911\"`"),
                digits => finding.help(format!("write `\"{digits}\"`")),
            });
        }
    }
}
