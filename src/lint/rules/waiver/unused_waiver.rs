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
    /// What it was for is mended, or it stands in the wrong block. Left there it hides the next fault of the kind.
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

/// It has no correction: what the waiver is for may stand in a file that is not among those that were read.
pub(in crate::lint) fn finding(decl: &Decl, rule: &Rule) -> Finding {
    Finding::new(
        format!("the waiver of {} `{}` covers nothing", rule.code, rule.name),
        decl.name_span,
        "no such finding in the block that it stands in",
    )
    .help("take it out, or move it into the block that the finding is in")
}
