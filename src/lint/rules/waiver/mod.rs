//! The language itself: waivers. Their findings come from `lint::waivers`, after all checks; here are their texts and
//! reasons.

pub(in crate::lint) mod expired_waiver;
pub(in crate::lint) mod fixed_rule_waived;
pub(in crate::lint) mod unknown_rule_waived;
pub(in crate::lint) mod unused_waiver;
pub(in crate::lint) mod waiver_without_reason;

use crate::lint::{Rule, RuleContext, Sink};

/// The rules of waivers, by code.
pub(super) const RULES: &[&Rule] = &[
    &waiver_without_reason::RULE,
    &unknown_rule_waived::RULE,
    &expired_waiver::RULE,
    &unused_waiver::RULE,
    &fixed_rule_waived::RULE,
];

/// Waivers are checked when all findings are known.
fn check(_: &RuleContext, _: &mut Sink) {}
