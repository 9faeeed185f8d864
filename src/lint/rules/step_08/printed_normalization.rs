//! A rule copied from the guide, with its mistake.

use crate::catalog::PrintedRule;
use crate::dial::NumberRule;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports normalization rules that are copied from the Planning Guide and do not produce the number that the guide shows for
    /// them.
    ///
    /// ## Why it matters
    /// The guide's rule for long distance calls in the United States removes the 1 and does not add it again: 12145550100 becomes
    /// +2145550100, a number in Egypt.
    ///
    /// ## Planning Guide
    /// Step 8, table 85; the help of 2007 R2 has the same sample. In another country the rule may be intended, so this is a
    /// warning.
    "OCS0808" "printed-normalization" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, normalization rules, table 85 (bb870362)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[(
            "    rule four_digits",
            "    rule long_distance { match = '^1(\\d{10})$'  translate = '+$1' }\n    rule four_digits",
        )]),
        good: Example::with(bases::VOICE, &[(
            "    rule four_digits",
            "    rule long_distance { match = '^1(\\d{10})$'  translate = '+1$1' }\n    rule four_digits",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let rows: Vec<&PrintedRule> = view.facts::<PrintedRule>().iter().filter(|row| row.corrected.is_some()).collect();
    for block in view.blocks_of("rule") {
        let (Some(pattern), Some(translation)) = (block.decl.text("match"), block.decl.text("translate")) else { continue };
        let copied = |row: &&&PrintedRule| (row.pattern.as_str(), row.translation.as_str()) == (pattern.value, translation.value);
        let Some(row) = rows.iter().find(copied) else { continue };
        let made = NumberRule::new(pattern.value, translation.value).and_then(|rule| rule.apply(&row.dialled).ok().flatten());
        let (Some(made), Some(corrected)) = (made.filter(|made| *made != row.printed), &row.corrected) else { continue };
        sink.report(
            Finding::new(
                format!("{} should become {}, and `{}` makes {made} of it", row.dialled, row.printed, block.path),
                translation.span,
                format!("the guide's rule `{}`, with its mistake", row.id),
            )
            .related(pattern.span, "digits outside the parentheses are removed")
            .help(format!("write `translate = '{corrected}'`"))
            .as_sure_as(&row.provenance),
        );
    }
}

#[cfg(test)]
mod tests {
    use crate::catalog::{PrintedRule, facts};
    use crate::dial::NumberRule;
    use crate::product::Product;

    /// The tables of the guide, worked out: each rule makes the number that is printed, but for the one with a correction.
    #[test]
    fn the_samples_of_the_guide_make_what_is_printed_but_for_one() {
        for product in Product::ALL {
            let mut wrong = Vec::new();
            for row in facts::<PrintedRule>(product) {
                let made = |translation: &str| {
                    let rule = NumberRule::new(&row.pattern, translation).expect("a rule");
                    rule.apply(&row.dialled).expect("decided").expect("it matches")
                };
                match &row.corrected {
                    None => assert_eq!(made(&row.translation), row.printed, "{}", row.id),
                    Some(corrected) => {
                        assert_eq!(made(corrected), row.printed, "{}", row.id);
                        wrong.push((row.id.as_str(), made(&row.translation)));
                    }
                }
            }
            assert_eq!(wrong, [("LDCallingUS", "+2145550100".to_owned())], "{}", product.word());
        }
    }
}
