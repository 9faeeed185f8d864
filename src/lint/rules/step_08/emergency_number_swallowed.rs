//! An emergency call that reaches an extension.

use std::collections::BTreeSet;

use super::profile::{for_help, in_order, order};
use super::swallowed::{SHORTEST, Swallowed, Taken, swallowed};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Applies the rules of a location profile to its `emergency_numbers`, and reports a number that a rule for other numbers
    /// takes: what becomes of it is neither an emergency number nor what was dialled without the digits that lead outside.
    ///
    /// ## Why it matters
    /// The call reaches an extension, or a number somewhere in the country. It is put through, so no route is missing and
    /// nobody notices before help is needed.
    ///
    /// ## Planning Guide
    /// Step 8: the rules of a location profile are tried one after the other, and the first that matches is used. With the
    /// prefix 0 and extensions of four digits 0110 and 0112 are four digits too: the rule for emergency numbers comes first.
    "OCS0824" "emergency-number-swallowed" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, normalization rules (bb870362); emergency numbers with a plus sign (blogs.technet.com/jkunert)",
        runs_despite_errors: true,
        bad: Example::with(bases::VOICE, &[HELP, (
            "    rule four_digits",
            "    rule help { match = '^0?(110|112)$'  translate = '+$1'  order = 200 }\n    rule four_digits",
        )]),
        good: Example::with(bases::VOICE, &[HELP, (
            "    rule four_digits",
            "    rule help { match = '^0?(110|112)$'  translate = '+$1'  order = 50 }\n    rule four_digits",
        )]),
    }
}

const HELP: (&str, &str) =
    ("  location_profile hq {\n", "  location_profile hq {\n    emergency_numbers = [\"110\", \"112\", \"0110\", \"0112\"]\n\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("location_profile") {
        for by in swallowed(block.decl) {
            let Some(first) = by.taken.first() else { continue };
            let numbers: Vec<&str> = by.taken.iter().map(|taken| taken.dialled.value).collect();
            let (place, label) = match by.meant {
                Some(meant) => (meant.place("order"), format!("`{}` is tried before it", by.taker.name)),
                None => (first.dialled.span, format!("{} is called", first.made)),
            };
            sink.report(
                Finding::new(
                    format!(
                        "who dials {} reaches an extension or another ordinary number instead of help: the rule `{}` of `{}` makes {} of {}",
                        words::list(&numbers).replace(" and ", " or "),
                        by.taker.name,
                        block.decl.name,
                        first.made,
                        first.dialled.value
                    ),
                    place,
                    label,
                )
                .related(by.taker.place("match"), "it takes other numbers too, such as extensions")
                .related(first.dialled.span, "a number that people dial for help")
                .help(way_out(block.decl, &by)),
            );
        }
    }
}

/// How the rule for emergency numbers comes to the front of the profile.
fn way_out(profile: &Decl, by: &Swallowed<'_>) -> String {
    let others = in_order(profile).into_iter().filter(|rule| by.meant.is_none_or(|meant| !std::ptr::eq(*rule, meant)));
    let front = others.map(order).min().unwrap_or_default().min(DEFAULT);
    // Half of the first order leaves room on both sides.
    let place = front / 2;
    let first = match front {
        0 => " and give the other rules a higher one",
        _ => "",
    };
    match by.meant {
        Some(meant) => format!("move the rule `{}` to the front: write `order = {place}` in it{first}", meant.name),
        None => format!(
            "put a rule in front of all others{first}: `rule {} {{ match = '{}'  translate = '+$1'  order = {place} }}`",
            free_name(profile),
            pattern(profile, &by.taken)
        ),
    }
}

/// The order of a rule that states none.
const DEFAULT: u64 = 100;

/// A pattern for the numbers taken, with what is to be called in its only group.
fn pattern(profile: &Decl, taken: &[Taken<'_>]) -> String {
    let help = for_help(profile);
    // Of 0110 the part that is called is 110, where that is an emergency number too.
    // Otherwise the rule that takes it may show which digits lead outside: it leaves them out.
    let parts = taken.iter().map(|taken| {
        let dialled = taken.dialled.value;
        let ends = help.iter().map(|number| number.value).filter(|number| dialled.ends_with(number));
        let shorter = ends.min_by_key(|number| number.len()).filter(|number| number.len() < dialled.len());
        let common = dialled.bytes().rev().zip(taken.made.bytes().rev()).take_while(|(one, other)| one == other).count();
        let called = shorter.unwrap_or_else(|| if common < SHORTEST { dialled } else { &dialled[dialled.len() - common..] });
        (dialled.strip_suffix(called).unwrap_or_default(), called)
    });
    let parts: Vec<(&str, &str)> = parts.collect();
    let prefixes: BTreeSet<&str> = parts.iter().map(|(prefix, _)| *prefix).collect();
    let called: BTreeSet<&str> = parts.iter().map(|(_, called)| *called).collect();
    let called = called.into_iter().collect::<Vec<_>>().join("|");
    let prefix = match prefixes.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => (*only).to_owned(),
        many => format!("(?:{})", many.join("|")),
    };
    format!("^{prefix}({called})$")
}

/// A name that no rule of the profile has.
fn free_name(profile: &Decl) -> &'static str {
    let taken = |name: &str| profile.blocks("rule").any(|rule| rule.name == name);
    ["emergency", "emergency_calls", "calls_for_help"].into_iter().find(|name| !taken(name)).unwrap_or("first_of_all")
}
