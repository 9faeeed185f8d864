//! Laws of dialled numbers, for any text and for patterns as people write them.

use proptest::prelude::*;

use super::*;

/// Patterns as in dial plans, some of them with look-around, references and other traps.
const PATTERNS: [&str; 16] = [
    r"^(\d{4})$",
    r"^9?1?(\d{10})$",
    r"^0?(110|112)$",
    r"^011(\d*)$",
    r"^\+?(?!(1900|1411))(\d*)$",
    r"^\+1(425|206)(\d{7})$",
    r"(\d)(\d)?",
    r"-",
    r"^((1|1)+)\2x$",
    r"^$",
    r"^(?<area>\d{3})(\d+)$",
    r"\s*",
    r"^[^+]",
    r"^0([1-9]\d*)$",
    r"^\(?(\d{3})\)?[\s\-./]?(\d{4})$",
    r"^(1|2){1,9}$",
];

const TRANSLATIONS: [&str; 8] = ["+1425555$1", "+$1", "$2$1", "+1$1$3", "$$", "${1}0$&", "", "+49221$1x"];

fn rules() -> impl Strategy<Value = Vec<Rule<'static>>> {
    let rule = (0..PATTERNS.len(), 0..TRANSLATIONS.len());
    let made = |(pattern, translation): (usize, usize)| Rule::new("rule", PATTERNS[pattern], TRANSLATIONS[translation]);
    prop::collection::vec(rule.prop_map(made), 0..6)
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![r"[0-9+]{0,14}", r"[0-9+() ./-]{0,20}", r".{0,30}", Just("1".repeat(200))]
}

proptest! {
    /// The first rule that matches makes the number, and each rule that is too late matches too.
    #[test]
    fn the_first_rule_that_matches_is_used(rules in rules(), number in number()) {
        let alone: Vec<_> = rules.iter().map(|rule| NumberRule::new(rule.pattern, rule.translation).expect("a rule").apply(&number)).collect();
        let profile = Profile { name: "p", emergency_numbers: vec!["112"], rules };
        match profile.normalize(&number) {
            Ok(found) => {
                let first = alone.iter().position(|made| *made != Ok(None));
                let made = first.and_then(|at| alone[at].clone().expect("decided"));
                prop_assert_eq!(&found.number, made.as_ref().unwrap_or(&number));
                prop_assert_eq!(found.taken.is_some(), made.is_some());
                for later in &found.later {
                    prop_assert!(later.result.is_err() || later.rule.matches(&number));
                }
            }
            Err(_) => prop_assert!(alone.iter().any(Result::is_err)),
        }
    }

    /// What a rule makes is among the numbers that it can make.
    #[test]
    fn a_rule_makes_nothing_but_its_output(pattern in 0..PATTERNS.len(), translation in 0..TRANSLATIONS.len(), number in "[0-9]{0,12}") {
        let rule = Rule::new("rule", PATTERNS[pattern], TRANSLATIONS[translation]);
        let made = rule.output().zip(NumberRule::new(rule.pattern, rule.translation).and_then(|rule| rule.apply(&number).ok()?));
        if let Some((output, made)) = made {
            let escaped: String = made.chars().flat_map(|c| (!c.is_alphanumeric()).then_some('\\').into_iter().chain([c])).collect();
            let exactly = Machine::new(&format!("^{escaped}$")).expect("a machine");
            prop_assert_eq!(meet(&output, &exactly), Some(true), "{} of {}", made, number);
        }
    }

    /// An example is one, and the engine agrees.
    #[test]
    fn an_example_matches(one in 0..PATTERNS.len(), other in 0..PATTERNS.len(), not in 0..PATTERNS.len()) {
        let machines = [one, other, not].map(|at| Machine::new(PATTERNS[at]));
        let [Some(first), Some(second), Some(third)] = &machines else { return Ok(()) };
        if let Some(Some(number)) = super::example::example(&[first, second], &[third]) {
            let matches = |at: usize| Pattern::new(PATTERNS[at]).expect("a pattern").is_match(&number).expect("decided");
            prop_assert!(matches(one) && matches(other) && !matches(not), "{}", number);
        }
    }
}
