//! The normalization rules and emergency numbers of a location profile.

use crate::dial::NumberRule;
use crate::lower::Decl;
use crate::text::Spanned;

/// How many rules of a profile are compared with each other: enough for people, and a bound for what is generated.
pub(super) const COMPARED: usize = 100;

/// The rules of a location profile in the order in which they are tried.
pub(super) fn in_order(profile: &Decl) -> Vec<&Decl> {
    let mut rules: Vec<&Decl> = profile.blocks("rule").collect();
    rules.sort_by_key(|rule| (order(rule), &rule.name));
    rules
}

/// The order of a rule, as written or by default.
pub(super) fn order(rule: &Decl) -> u64 {
    rule.integer("order").map_or(u64::MAX, |order| order.value)
}

/// The numbers that people dial for help with this profile.
pub(super) fn for_help(profile: &Decl) -> Vec<Spanned<&str>> {
    let written = profile.list("emergency_numbers").iter();
    let written = written.filter_map(|number| Some(Spanned::new(number.value.as_text()?, number.span)));
    written.filter(|number| is_dialled(number.value)).collect()
}

/// A normalization rule that can be tried on numbers.
pub(super) fn tried(rule: &Decl) -> Option<NumberRule<'_>> {
    NumberRule::new(rule.text("match")?.value, rule.text("translate")?.value)
}

/// Whether a phone can dial it.
pub(super) fn is_dialled(number: &str) -> bool {
    number.bytes().all(|byte| byte.is_ascii_digit())
}
