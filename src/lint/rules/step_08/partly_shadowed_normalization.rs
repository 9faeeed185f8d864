//! A rule for a few numbers of which others take some.

use super::profile::{COMPARED, in_order, order, tried};
use super::swallowed::swallowed;
use crate::dial::{Machine, covered, numbers};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports a normalization rule for a list of numbers, at most 100 of them, of which rules for more numbers that are tried
    /// before it take some and make other numbers of them.
    ///
    /// ## Why it matters
    /// The rule applies to the rest, so it seems to work. Who dials one of the numbers that are taken reaches somebody else.
    ///
    /// ## Planning Guide
    /// Step 8: the rules of a location profile are tried one after the other, and the first that matches is used. What holds for
    /// a few numbers stands before what holds for many.
    "OCS0825" "partly-shadowed-normalization" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, normalization rules (bb870362)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[(
            "    rule four_digits",
            "    rule reception { match = '^(0|1000)$'  translate = '+14255550100'  order = 200 }\n    rule four_digits",
        )]),
        good: Example::with(bases::VOICE, &[(
            "    rule four_digits",
            "    rule reception { match = '^(0|1000)$'  translate = '+14255550100'  order = 50 }\n    rule four_digits",
        )]),
    }
}

/// The longest list of numbers that a rule is for.
const FEW: usize = 100;

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("location_profile") {
        let rules = in_order(block.decl);
        let machines: Vec<Option<Machine>> =
            rules.iter().map(|rule| rule.text("match").and_then(|text| Machine::new(text.value))).collect();
        let lost = swallowed(block.decl);
        let lost = |number: &String| lost.iter().flat_map(|by| &by.taken).any(|taken| taken.dialled.value == number.as_str());
        for (at, rule) in rules.iter().enumerate().take(COMPARED).skip(1) {
            let Some(list) = machines[at].as_ref().and_then(|machine| numbers(machine, FEW)) else { continue };
            let earlier: Vec<&Machine> = machines[..at].iter().flatten().collect();
            let whole = machines[at].as_ref().is_none_or(|machine| covered(machine, &earlier) != Some(false));
            if !whole {
                report(sink, &block.path, rule, &rules[..at], &list, &lost);
            }
        }
    }
}

fn report(sink: &mut Sink, profile: &str, rule: &Decl, earlier: &[&Decl], list: &[String], lost: &dyn Fn(&String) -> bool) {
    let Some(own) = tried(rule) else { return };
    let before: Option<Vec<_>> = earlier.iter().map(|other| Some((*other, tried(other)?))).collect();
    let Some(before) = before else { return };
    let mut taken: Vec<(&String, &Decl, String)> = Vec::new();
    for number in list.iter().filter(|number| !lost(number)) {
        let first = before.iter().find_map(|(other, tried)| Some((*other, tried.apply(number).ok()??)));
        let (Some((other, made)), Ok(Some(wanted))) = (first, own.apply(number)) else { continue };
        // An exception in front is intended.
        let wider = other.text("match").and_then(|text| numbers(&Machine::new(text.value)?, list.len())).is_none();
        if made != wanted && wider {
            taken.push((number, other, made));
        }
    }
    let Some((number, taker, made)) = taken.first() else { return };
    let texts: Vec<&str> = taken.iter().map(|(number, ..)| number.as_str()).collect();
    let place = order(taker).min(100) / 2;
    sink.report(
        Finding::new(
            format!(
                "the rule `{}` of `{profile}` never gets {}: `{}` makes {made} of {number}",
                rule.name,
                words::list(&texts),
                taker.name
            ),
            rule.place("order"),
            format!("`{}` is tried before it", taker.name),
        )
        .related(rule.place("match"), format!("it is for {}", words::count(list.len(), "number")))
        .related(taker.place("match"), "this one is for more")
        .help(match order(taker) {
            0 => format!("give `{}` a lower `order` than `{}`: write `order = 1` in `{}`", rule.name, taker.name, taker.name),
            _ => format!("write `order = {place}` in `{}`, so that it is tried before `{}`", rule.name, taker.name),
        }),
    );
}
