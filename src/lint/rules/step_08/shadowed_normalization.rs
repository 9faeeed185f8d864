//! A rule that others are always faster than.

use super::profile::{COMPARED, in_order};
use super::swallowed::swallowed;
use crate::dial::{Machine, covered, meet};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports a normalization rule that can never apply because rules which are tried before it match every number that it
    /// matches. Patterns are compared as a whole, not by samples; where that cannot be done (they look ahead, for example),
    /// nothing is said.
    ///
    /// ## Why it matters
    /// Who wrote the rule expects its number, and people reach another one, or nobody.
    ///
    /// ## Planning Guide
    /// Step 8: the rules of a location profile are tried one after the other, and the first that matches is used. The guide's
    /// own samples for Redmond and Dallas have the same pattern, and one profile may hold only one of them.
    "OCS0806" "shadowed-normalization" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, normalization rules (bb870362)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[(
            "    rule four_digits",
            "    rule three_floors { match = '^([2-4]\\d{3})$'  translate = '+1206555$1'  order = 200 }\n    rule four_digits",
        )]),
        good: Example::with(bases::VOICE, &[(
            "    rule four_digits",
            "    rule three_floors { match = '^([2-4]\\d{3})$'  translate = '+1206555$1'  order = 50 }\n    rule four_digits",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("location_profile") {
        let rules = in_order(block.decl);
        let machine = |rule: &Decl| Machine::new(rule.text("match")?.value);
        let machines: Vec<Option<Machine>> = rules.iter().map(|rule| machine(rule)).collect();
        // Of emergency numbers that are taken `emergency-number-swallowed` speaks.
        let swallowed_rules = swallowed(block.decl);
        let is_swallowed = |rule: &Decl| swallowed_rules.iter().any(|by| by.meant.is_some_and(|meant| std::ptr::eq(meant, rule)));
        let mut earlier: Vec<(&Decl, &Machine)> = Vec::new();
        for (rule, machine) in rules.iter().zip(&machines) {
            let Some(machine) = machine else { continue };
            let all: Vec<&Machine> = earlier.iter().map(|(_, machine)| *machine).collect();
            if covered(machine, &all) == Some(true) {
                if is_swallowed(rule) {
                    continue;
                }
                report(sink, &block.path, rule, machine, &earlier);
            } else if earlier.len() < COMPARED {
                earlier.push((rule, machine));
            }
        }
    }
}

fn report(sink: &mut Sink, profile: &str, rule: &Decl, machine: &Machine, earlier: &[(&Decl, &Machine)]) {
    let alone = earlier.iter().find(|(_, other)| covered(machine, &[other]) == Some(true));
    let takers: Vec<&Decl> = match alone {
        Some((taker, _)) => vec![taker],
        None => earlier.iter().filter(|(_, other)| meet(machine, other) != Some(false)).map(|(taker, _)| *taker).collect(),
    };
    let names: Vec<&str> = takers.iter().map(|taker| taker.name.as_str()).collect();
    let mut finding = Finding::new(
        format!(
            "the rule `{}` of `{profile}` never applies: {} every number that it matches",
            rule.name,
            match names.len() {
                1 => format!("{} takes", words::quoted(&names)),
                _ => format!("{} take", words::quoted(&names)),
            }
        ),
        rule.place("match"),
        "no number comes as far as this",
    );
    for taker in takers.iter().take(2) {
        finding = finding.related(taker.place("match"), format!("`{}` is tried before it", taker.name));
    }
    sink.report(finding.help(format!("give `{}` a lower `order`, or take it out", rule.name)));
}
