//! Numbers that are normalized to something else than E.164.

use crate::catalog::Support;
use crate::dial::{Machine, meet};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a normalization rule whose numbers cannot begin with a plus sign: its pattern begins at the beginning of the
    /// number, and its `translate` begins with a digit, or with a group that matches no plus sign.
    ///
    /// ## Why it matters
    /// The numbers of users are looked up in E.164 form, and routes match it. A number without the plus sign is nobody's and
    /// finds no way.
    ///
    /// ## Planning Guide
    /// Step 8: every rule makes an E.164 number. Emergency numbers get a plus sign too, which the next hop takes away.
    "OCS0807" "normalization-without-plus" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, normalization rules (bb870362)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[("'+1425555$1'", "'1425555$1'")]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("normalization_rule.e164") else { return };
    let Some(plus) = Machine::new(r"\+") else { return };
    for block in view.blocks_of("rule") {
        let (Some(pattern), Some(translation)) = (block.decl.text("match"), block.decl.text("translate")) else { continue };
        let text = translation.value;
        if text.contains('+') || !begins_at_start(pattern.value) {
            continue;
        }
        // A group may hold the plus sign that was dialled.
        let taken_over = || Machine::new(pattern.value).is_none_or(|machine| meet(&machine, &plus) != Some(false));
        if text.starts_with('$') && taken_over() {
            continue;
        }
        sink.report(
            Finding::new(
                format!("`{}` should make numbers in E.164 form, and they have no plus sign", block.path),
                translation.span,
                "no route and no user has such a number",
            )
            .related(pattern.span, "what is dialled")
            .help(match text.starts_with('$') {
                true => format!("begin with the plus sign and the code of the country, as in `'+1{text}'`"),
                false => format!("begin with the plus sign and the code of the country, as in `'+{text}'`"),
            })
            .by_support_level(row),
        );
    }
}

/// Whether every match begins where the number begins.
fn begins_at_start(pattern: &str) -> bool {
    let mut depth = 0;
    let mut chars = pattern.chars();
    let mut apart = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '(' => depth += 1,
            ')' => depth -= 1,
            '|' if depth == 0 => apart = true,
            _ => {}
        }
    }
    pattern.starts_with('^') && !apart
}

#[cfg(test)]
mod tests {
    use super::begins_at_start;

    #[test]
    fn an_alternative_may_begin_elsewhere() {
        assert!(begins_at_start(r"^(\d{4}|\d{5})$"));
        assert!(begins_at_start(r"^\|\d$"));
        assert!(!begins_at_start(r"\d{4}"));
        assert!(!begins_at_start(r"^\d{4}|\d{5}"));
    }
}
