//! The rules of a location profile tried on a number: the first that matches is used.

use super::number_rule::Replaced;
use super::plan::{Profile, Rule};
use super::undecided::Undecided;

/// What becomes of a number.
#[derive(Debug)]
pub struct Normalized<'p, 'a> {
    /// The number that is routed.
    pub number: String,
    /// The rule that was used.
    pub taken: Option<Taken<'p, 'a>>,
    /// The rules that would match too and come too late, in order.
    pub later: Vec<Later<'p, 'a>>,
}

/// A rule that is used.
#[derive(Debug)]
pub struct Taken<'p, 'a> {
    /// The rule.
    pub rule: &'p Rule<'a>,
    /// What it made, and how.
    pub replaced: Replaced,
}

/// A rule behind the one that is used.
#[derive(Debug)]
pub struct Later<'p, 'a> {
    /// The rule.
    pub rule: &'p Rule<'a>,
    /// What it would make; `Err` where that is not known.
    pub result: Outcome,
}

/// What a rule makes of a number, or why that is not known.
pub type Outcome = Result<String, Undecided>;

impl<'a> Profile<'a> {
    /// Tries the rules on a number; the error names the rule of which it is not known whether it matches, before another matched.
    pub fn normalize(&self, number: &str) -> Result<Normalized<'_, 'a>, (&Rule<'a>, Undecided)> {
        first_of(self.rules.iter(), number)
    }
}

/// Tries rules in their order.
pub(super) fn first_of<'p, 'a>(
    rules: impl Iterator<Item = &'p Rule<'a>>,
    number: &str,
) -> Result<Normalized<'p, 'a>, (&'p Rule<'a>, Undecided)> {
    let mut normalized = Normalized { number: number.to_owned(), taken: None, later: Vec::new() };
    for rule in rules {
        let replaced = match &rule.compiled {
            Some(compiled) => compiled.replace(number),
            None => Err(Undecided::Engine),
        };
        match (replaced, &normalized.taken) {
            (Ok(None), _) => {}
            (Ok(Some(replaced)), None) => {
                normalized.number.clone_from(&replaced.result);
                normalized.taken = Some(Taken { rule, replaced });
            }
            (Ok(Some(replaced)), Some(_)) => normalized.later.push(Later { rule, result: Ok(replaced.result) }),
            (Err(undecided), None) => return Err((rule, undecided)),
            // The answer is known: a later rule that is not ends the list of them, so that no pattern is tried for long.
            (Err(undecided), Some(_)) => {
                normalized.later.push(Later { rule, result: Err(undecided) });
                break;
            }
        }
    }
    Ok(normalized)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(rules: &[(&'static str, &'static str, &'static str)]) -> Profile<'static> {
        let rules = rules.iter().map(|(name, pattern, translation)| Rule::new(name, pattern, translation)).collect();
        Profile { name: "p", emergency_numbers: Vec::new(), rules }
    }

    #[test]
    fn the_first_rule_wins_and_later_ones_are_named() {
        let german = profile(&[
            ("extension", r"^(\d{4})$", "+49221000$1"),
            ("emergency", r"^0?(110|112)$", "+$1"),
            ("local", r"^0([1-9]\d*)$", "+49221$1"),
        ]);
        let found = german.normalize("0112").expect("decided");
        assert_eq!(found.number, "+492210000112");
        assert_eq!(found.taken.map(|taken| taken.rule.name), Some("extension"));
        let later: Vec<_> = found.later.iter().map(|later| (later.rule.name, later.result.clone())).collect();
        assert_eq!(later, [("emergency", Ok("+112".to_owned())), ("local", Ok("+49221112".to_owned()))]);
        let found = german.normalize("12345").expect("decided");
        assert!(found.taken.is_none() && found.number == "12345");
    }

    #[test]
    fn an_undecided_rule_in_front_leaves_no_answer() {
        let slow = ("slow", r"^((1|1)+)\2x$", "+");
        let all = ("all", r"^(\d+)$", "+$1");
        let number = "1".repeat(60);
        let unsure = profile(&[slow, all]);
        assert_eq!(unsure.normalize(&number).map_err(|(rule, why)| (rule.name, why)).err(), Some(("slow", Undecided::Search)));
        let sure = profile(&[all, slow, slow]);
        let found = sure.normalize(&number).expect("decided");
        assert_eq!(found.later.len(), 1);
        assert_eq!(found.later[0].result, Err(Undecided::Search));
    }
}
