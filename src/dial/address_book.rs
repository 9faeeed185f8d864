//! The rules of a location profile as the Address Book Server's own: which of them its file of company rules can have, and what
//! they make of a number of the directory.

use super::normalize::Normalized;
use super::number::{DIGITS, without_separators};
use super::plan::{Profile, Rule};
use super::undecided::Undecided;

/// A rule of a profile for the file of company rules.
#[derive(Debug)]
pub struct BookRule<'p, 'a> {
    /// The rule.
    pub rule: &'p Rule<'a>,
    /// Why the file does not have it.
    pub left_out: Option<Unwritable>,
}

/// Why a rule is not among the company rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unwritable {
    /// It is for emergency numbers, which no user has in the directory.
    Emergency,
    /// Its line would be a comment.
    Comment,
    /// Its line would name the built-in rule.
    BuiltIn,
    /// Its second line would be empty.
    Empty,
}

impl Unwritable {
    /// The reason, for people.
    pub fn reason(self) -> &'static str {
        match self {
            Unwritable::Emergency => "it is for emergency numbers only, which no entry of the directory has",
            Unwritable::Comment => "its pattern begins with #, or its translation does, so the line would be a comment",
            Unwritable::BuiltIn => "its pattern is E164, which names a built-in rule",
            Unwritable::Empty => "its translation is empty, and so would its line be",
        }
    }
}

/// The rules of a profile, in order, as company rules.
pub fn booked<'p, 'a>(profile: &'p Profile<'a>) -> Vec<BookRule<'p, 'a>> {
    let is_comment = |line: &str| line.trim_start().starts_with('#');
    let left_out = |rule: &Rule<'_>| match (rule.pattern, rule.translation) {
        ("E164", _) => Some(Unwritable::BuiltIn),
        (pattern, translation) if is_comment(pattern) || is_comment(translation) => Some(Unwritable::Comment),
        (_, translation) if translation.trim().is_empty() => Some(Unwritable::Empty),
        _ if profile.is_for_help(rule) => Some(Unwritable::Emergency),
        _ => None,
    };
    profile.rules.iter().map(|rule| BookRule { rule, left_out: left_out(rule) }).collect()
}

impl<'a> Profile<'a> {
    /// Tries the company rules on a number as the directory has it; the error names the rule of which it is not known whether it
    /// matches.
    pub fn book(&self, number: &str) -> Result<Normalized<'_, 'a>, (&Rule<'a>, Undecided)> {
        let rules = booked(self).into_iter().filter(|rule| rule.left_out.is_none()).map(|rule| rule.rule);
        super::normalize::first_of(rules, number)
    }
}

/// A number as the address book has it.
pub fn tel(number: &str) -> String {
    if number.starts_with("tel:") { number.to_owned() } else { format!("tel:{number}") }
}

/// What the built-in rule E164 makes of a number: at most 15 digits, with blanks, periods, hyphens and parentheses ignored, and a
/// plus sign in front.
pub fn built_in(number: &str) -> Option<String> {
    let cleaned = without_separators(number);
    let digits = cleaned.as_deref().unwrap_or(number);
    let digits = digits.strip_prefix('+').unwrap_or(digits);
    let fits = (1..=DIGITS).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| format!("tel:+{digits}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emergency_rules_and_lines_with_a_meaning_are_left_out() {
        let rules = vec![
            Rule::new("emergency", r"^0?(110|112)$", "+$1"),
            Rule::new("extension", r"^(\d{4})$", "+49221000$1"),
            Rule::new("hash", r"#(\d)$", "+$1"),
            Rule::new("named", "E164", "+1"),
            Rule::new("nothing", "-", ""),
        ];
        let profile = Profile { name: "p", emergency_numbers: vec!["110", "112", "0110", "0112"], rules };
        let reasons: Vec<_> = booked(&profile).iter().map(|rule| rule.left_out).collect();
        let expected =
            [Some(Unwritable::Emergency), None, Some(Unwritable::Comment), Some(Unwritable::BuiltIn), Some(Unwritable::Empty)];
        assert_eq!(reasons, expected);
        let found = profile.book("1234").expect("decided");
        assert_eq!(tel(&found.number), "tel:+492210001234");
        assert!(profile.book("12 34").expect("decided").taken.is_none());
    }

    #[test]
    fn the_built_in_rule_ignores_punctuation() {
        assert_eq!(built_in("+1 (425) 555-01.00").as_deref(), Some("tel:+14255550100"));
        assert_eq!(built_in("4255550100").as_deref(), Some("tel:+4255550100"));
        for number in ["", "+", "1234567890123456", "555x1"] {
            assert_eq!(built_in(number), None, "{number}");
        }
    }
}
