//! Emergency numbers that a rule for other numbers takes.

use std::collections::BTreeSet;

use super::profile::{for_help, in_order, tried};
use crate::dial::{Machine, numbers};
use crate::lower::Decl;
use crate::text::Spanned;

/// A rule of a profile with the emergency numbers that it takes and turns into ordinary ones.
pub(super) struct Swallowed<'a> {
    /// The rule.
    pub(super) taker: &'a Decl,
    /// What it takes.
    pub(super) taken: Vec<SwallowedNumber<'a>>,
    /// The rule that is tried too late and would make calls for help of them.
    pub(super) meant: Option<&'a Decl>,
}

/// An emergency number that reaches another party.
pub(super) struct SwallowedNumber<'a> {
    /// As it is dialled.
    pub(super) dialled: Spanned<&'a str>,
    /// What becomes of it.
    pub(super) made: String,
}

/// How many numbers a rule for emergency numbers only may match.
const FEW: usize = 100;

/// The emergency numbers of a profile that become other numbers, by the rule that takes them. A number is well where the rule that
/// takes it is for emergency numbers only, or where what becomes of it is still the number of an emergency service.
pub(super) fn swallowed(profile: &Decl) -> Vec<Swallowed<'_>> {
    let help = for_help(profile);
    let mut found: Vec<Swallowed<'_>> = Vec::new();
    if help.is_empty() {
        return found;
    }
    let rules: Vec<_> = in_order(profile).into_iter().map(|rule| (rule, tried(rule))).collect();
    for dialled in &help {
        // Behind a rule that cannot be tried nothing is certain.
        let mut matching = rules.iter().map_while(|(rule, tried)| Some((*rule, tried.as_ref()?.apply(dialled.value).ok()?)));
        let Some((taker, made)) = matching.find_map(|(rule, made)| Some((rule, made?))) else { continue };
        if reaches_help(&made, dialled.value, &help) || only_help(taker, &help) {
            continue;
        }
        let mut later = matching.filter_map(|(rule, made)| Some((rule, made?)));
        let meant = later.find(|(rule, made)| reaches_help(made, dialled.value, &help) || only_help(rule, &help));
        let meant = meant.map(|(rule, _)| rule);
        let taken = SwallowedNumber { dialled: *dialled, made };
        match found.iter_mut().find(|by| std::ptr::eq(by.taker, taker)) {
            Some(by) => {
                by.meant = by.meant.or(meant);
                by.taken.push(taken);
            }
            None => found.push(Swallowed { taker, taken: vec![taken], meant }),
        }
    }
    found
}

/// Whether a number that was made is still that of an emergency service: one of the profile's, or what was dialled without the
/// digits that lead outside.
fn reaches_help(made: &str, dialled: &str, help: &[Spanned<&str>]) -> bool {
    let digits = made.strip_prefix('+').unwrap_or(made);
    help.iter().any(|number| number.value == digits) || (digits.len() >= SHORTEST && dialled.ends_with(digits))
}

/// Digits of the shortest emergency number.
pub(super) const SHORTEST: usize = 2;

/// Whether a rule matches emergency numbers only.
fn only_help(rule: &Decl, help: &[Spanned<&str>]) -> bool {
    let listed = rule.text("match").and_then(|text| numbers(&Machine::new(text.value)?, FEW));
    let help: BTreeSet<&str> = help.iter().map(|number| number.value).collect();
    listed.is_some_and(|listed| listed.iter().all(|number| help.contains(number.as_str())))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::text::{FileId, SourceMap};

    /// Which rule takes which numbers, and which one is meant, of a profile with these lines.
    fn swallowed_text(lines: &str) -> String {
        let text = format!("voice {{\n location_profile p {{\n{lines}\n }}\n}}\n");
        let sources = SourceMap::new(vec![("a".into(), text)]);
        let tree = crate::syntax::parse(FileId(0), Arc::from(sources.file(FileId(0)).text())).tree;
        let (decls, _) = crate::lower::lower(&[tree]);
        let profile = decls.blocks("voice").next().and_then(|voice| voice.block("location_profile")).expect("a profile");
        let tell = |by: &Swallowed<'_>| {
            let taken: Vec<String> = by.taken.iter().map(|taken| format!("{}={}", taken.dialled.value, taken.made)).collect();
            format!("{} {} {}", by.taker.name, taken.join(","), by.meant.map_or("-", |meant| &meant.name))
        };
        swallowed(profile).iter().map(tell).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn extension_and_national_rules_swallow_emergency_calls() {
        let german = |order: u64| {
            format!(
                r#"emergency_numbers = ["110", "112", "0110", "0112"]
rule emergency {{ match = '^0?(110|112)$'  translate = '+$1'  order = {order} }}
rule extension {{ match = '^(\d{{4}})$'  translate = '+49221000$1'  order = 20 }}
rule local {{ match = '^0([1-9]\d*)$'  translate = '+49221$1'  order = 50 }}"#
            )
        };
        assert_eq!(swallowed_text(&german(10)), "");
        assert_eq!(swallowed_text(&german(25)), "extension 0110=+492210000110,0112=+492210000112 emergency");
        let national = r#"emergency_numbers = ["110", "0110"]
rule amt { match = '^0(\d+)$'  translate = '+49$1' }"#;
        assert_eq!(swallowed_text(national), "amt 0110=+49110 -");
        let three = r#"emergency_numbers = ["911"]
rule three { match = '^(\d{3})$'  translate = '+1425555$1' }"#;
        assert_eq!(swallowed_text(three), "three 911=+1425555911 -");
    }

    #[test]
    fn a_rule_for_help_may_make_any_number() {
        for lines in [
            r#"emergency_numbers = ["911"] rule help { match = '^911$'  translate = '+14255550199' }"#,
            r#"emergency_numbers = ["9911"] rule out { match = '^9(\d+)$'  translate = '+$1' }"#,
            r#"emergency_numbers = ["911"] rule three { match = '^(\d{3})$'  translate = '+$1' }"#,
            r#"emergency_numbers = ["911"] rule four { match = '^(\d{4})$'  translate = '+1425555$1' }"#,
            r#"emergency_numbers = ["911"] rule odd { match = '^(?<a>911)$'  translate = '+1$1' }"#,
        ] {
            assert_eq!(swallowed_text(lines), "", "{lines}");
        }
    }
}
