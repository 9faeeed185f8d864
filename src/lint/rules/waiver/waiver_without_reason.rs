//! A waiver that says nothing.

use super::check;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, bases};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports a `waive` block without `reason`, or with an empty one. It covers nothing.
    ///
    /// ## Why it matters
    /// Without a reason, a later reader cannot decide whether the waiver is still justified.
    ///
    /// ## Planning Guide
    /// Not in the guide: waivers are the language's own.
    "OCS0090" "waiver-without-reason" {
        severity: Error,
        confidence: High,
        source: "the language reference, `waive`",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[("clients = true", "clients = true  waive OCS0401 { ticket = \"CHG-1204\" }")]),
        good: Example::of(bases::STANDARD),
    }
}

pub(in crate::lint) fn finding(decl: &Decl) -> Finding {
    Finding::new(format!("the waiver of `{}` has no reason", decl.name), decl.place("reason"), "a waiver needs a reason")
        .help(format!("write `reason = \"…\"` in `waive {}`, for later readers", decl.name))
}
