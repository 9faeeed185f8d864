//! Findings that are accepted for a while: a `waive` block takes out what it covers, and is itself checked.
//! A waiver that is wrong in any way (no reason, past its date, of a code that cannot be waived) covers nothing.

use std::collections::BTreeSet;

use super::rules::waiver::{expired_waiver, fixed_rule_waived, unknown_rule_waived, unused_waiver, waiver_without_reason};
use super::{CodeEntry, Finding, Rule, RuleContext, find_code, registry};
use crate::diag::{Diag, Fact, Severity};
use crate::lower::{Date, Decl};
use crate::text::Span;

/// The findings that no waiver covers, and what is wrong with the waivers. Of a topology that is not whole it cannot be said which
/// waivers are of use.
pub(super) fn apply(view: &RuleContext, today: Option<Date>, whole: bool, mut diags: Vec<Diag>) -> Vec<Diag> {
    let mut waivers: Vec<(&Decl, Option<Span>)> =
        view.blocks_of("waive").map(|block| (block.decl, block.parent.map(|parent| parent.span))).collect();
    // The blocks of a range hold copies of one waiver.
    let mut seen = BTreeSet::new();
    waivers.retain(|(decl, _)| seen.insert(decl.span));
    if waivers.is_empty() {
        return diags;
    }
    diags.sort_by_key(|diag| diag.primary.span);
    let mut covered = vec![false; diags.len()];
    let (mut faults, mut unused) = (Vec::new(), Vec::new());
    for (decl, scope) in waivers {
        match accepted(decl, today) {
            Err(fault) if whole => {
                // What it is meant to cover follows from the slip in it.
                let meant = match fault.code {
                    code if code == unknown_rule_waived::RULE.code => registry::nearest_rule(&decl.name).and_then(find_code),
                    code if code == waiver_without_reason::RULE.code => find_code(&decl.name),
                    _ => None,
                };
                for index in scope.filter(|_| meant.is_some()).map(|scope| within(&diags, scope)).unwrap_or_default() {
                    if meant.is_some_and(|entry| entry.row.code == diags[index].code) {
                        diags[index].ties.need_one_of([Fact::Written(decl.name_span)]);
                    }
                }
                faults.push(*fault);
            }
            Err(_) => {}
            Ok(rule) => {
                let mut used = false;
                for index in scope.map(|scope| within(&diags, scope)).unwrap_or_default() {
                    if diags[index].code == rule.code {
                        covered[index] = true;
                        used = true;
                    }
                }
                if whole && !used {
                    unused.push((rule.code, unused_waiver::finding(decl, rule).into_diag(unused_waiver::RULE.origin())));
                }
            }
        }
    }
    let mut covered = covered.into_iter();
    diags.retain(|_| !covered.next().unwrap_or_default());
    // What an error takes away may be what a waiver is for, unless the finding is there, and the waiver in the wrong block.
    if !faults.is_empty() || diags.iter().any(|diag| diag.severity == Severity::Error) {
        unused.retain(|(code, _)| diags.iter().any(|diag| diag.code == *code));
    }
    diags.extend(unused.into_iter().map(|(_, unused)| unused));
    diags.extend(faults);
    diags
}

/// The rule that a waiver is for, or what is wrong with it.
fn accepted(decl: &Decl, today: Option<Date>) -> Result<&'static Rule, Box<Diag>> {
    let fault = |finding: Finding, rule: &'static Rule| Err(Box::new(finding.into_diag(rule.origin())));
    let rule = match find_code(&decl.name) {
        Some(CodeEntry { rule: Some(rule), .. }) if rule.waivable => *rule,
        Some(entry) => return fault(fixed_rule_waived::finding(decl, &entry.row), &fixed_rule_waived::RULE),
        None => {
            let near = registry::nearest_rule(&decl.name);
            let meant = near.and_then(|_| registry::meant_rule(&decl.name));
            return fault(unknown_rule_waived::finding(decl, near, meant), &unknown_rule_waived::RULE);
        }
    };
    if decl.text("reason").is_none_or(|reason| reason.value.trim().is_empty()) {
        return fault(waiver_without_reason::finding(decl), &waiver_without_reason::RULE);
    }
    match (decl.date("until"), today) {
        (Some(until), Some(today)) if until.value < today => {
            fault(expired_waiver::finding(decl, until, today), &expired_waiver::RULE)
        }
        _ => Ok(rule),
    }
}

/// The positions of the findings in a span, of findings sorted by place.
fn within(diags: &[Diag], scope: Span) -> std::ops::Range<usize> {
    let first = diags.partition_point(|diag| diag.primary.span < Span { end: scope.start, ..scope });
    let last = diags.partition_point(|diag| (diag.primary.span.file, diag.primary.span.start) < (scope.file, scope.end));
    first..last.max(first)
}
