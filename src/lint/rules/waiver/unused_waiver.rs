//! A waiver of something that is not there.

use super::check;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Rule, bases};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports a waiver that covers no finding in its block.
    ///
    /// ## Why it matters
    /// Its finding has been fixed, or the waiver is in the wrong block. An unused waiver would hide the next finding of the same
    /// rule.
    ///
    /// ## Planning Guide
    /// Not in the guide: waivers are the language's own.
    "OCS0093" "unused-waiver" {
        severity: Warning,
        confidence: High,
        source: "the language reference, `waive`",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[("clients = true", "clients = true  waive OCS0401 { reason = \"agreed\" }")]),
        good: Example::of(bases::STANDARD),
    }
}

/// It has no correction: what the waiver is for may be in a file that was not read.
pub(in crate::lint) fn finding(decl: &Decl, rule: &Rule) -> Finding {
    Finding::new(
        format!("the waiver of {} `{}` covers nothing", rule.code, rule.name),
        decl.name_span,
        "its block has no such finding",
    )
    .help("remove it, or move it into the block with the finding")
}
