//! A waiver of nothing.

use super::check;
use crate::diag::Fix;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, bases};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports a `waive` block whose name is neither the code nor the name of a rule.
    ///
    /// ## Why it matters
    /// It covers nothing, and the intended finding is still reported.
    ///
    /// ## Planning Guide
    /// Not in the guide: waivers are the language's own.
    "OCS0091" "unknown-rule-waived" {
        severity: Error,
        confidence: High,
        source: "the language reference, `waive`",
        waivable: false,
        fixable: true,
        bad: Example::with(bases::STANDARD, &[("clients = true", "clients = true  waive no-automatic-signin { reason = \"agreed\" }")]),
        good: Example::of(bases::STANDARD),
    }
}

/// With the rule that was probably meant, and the only one that can be meant.
pub(in crate::lint) fn finding(decl: &Decl, near: Option<&str>, meant: Option<&str>) -> Finding {
    let finding = Finding::new(format!("no rule has the code or name `{}`", decl.name), decl.name_span, "not a rule");
    match near {
        Some(near) if meant == Some(near) => {
            finding.help(format!("did you mean `{near}`?")).fix(Fix::write(decl.name_span, near))
        }
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding.help("write the code of the finding, such as `OCS0401`"),
    }
}
