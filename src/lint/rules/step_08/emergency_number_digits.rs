//! Emergency numbers that no phone can dial.

use super::profile::is_dialled;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports entries of `emergency_numbers` that hold something else than digits.
    ///
    /// ## Why it matters
    /// They are what people dial, before any rule has touched them. Whether there is a way for a call is tried with exactly
    /// these digits.
    ///
    /// ## Planning Guide
    /// Step 8: emergency numbers are normalized as all others, and get a plus sign by a rule.
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
                format!("an emergency number is what people dial, digits only, and `{}` has `{text}`", block.path),
                number.span,
                "nobody dials this",
            );
            sink.report(match digits.as_str() {
                "" => finding.help("write the digits, as in `\"911\"`"),
                digits => finding.help(format!("write `\"{digits}\"`")),
            });
        }
    }
}
