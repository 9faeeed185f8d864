//! The normalization rules and emergency numbers of a location profile.

use crate::dial::NumberRule;
use crate::lower::Decl;
pub(super) use crate::plan::voice::{in_order, order};
use crate::text::Spanned;

/// How many rules of a profile are compared with each other: enough for people, and a bound for what is generated.
pub(super) const COMPARED: usize = 100;

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
