//! A waiver past its date.

use super::check;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, bases};
use crate::lower::{Date, Decl};
use crate::text::Spanned;

rule! {
    /// ## What it does
    /// Reports a waiver whose `until` is before the day of the check (`--today`). It no longer covers any finding.
    ///
    /// ## Why it matters
    /// The date is a promise that the problem is solved by then. After that day the finding is reported again.
    ///
    /// ## Planning Guide
    /// Not in the guide: waivers are the language's own.
    "OCS0092" "expired-waiver" {
        severity: Error,
        confidence: High,
        source: "the language reference, `waive`",
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(
            "clients = true",
            "clients = true  waive OCS0401 { reason = \"until the refresh\"  until = 2007-12-31 }",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

pub(in crate::lint) fn finding(decl: &Decl, until: Spanned<Date>, today: Date) -> Finding {
    Finding::new(
        format!("the waiver of `{}` ended on {}, and today is {today}", decl.name, until.value),
        until.span,
        "its last day has passed",
    )
    .help("fix the finding that it covers, or agree on a new date and give the reason in `reason`")
}
