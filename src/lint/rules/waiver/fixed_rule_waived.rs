//! A waiver of what cannot be waived.

use super::check;
use crate::diag::{CodeRow, Family, Fix};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, bases};
use crate::lower::Decl;

rule! {
    /// ## What it does
    /// Reports a waiver of an error of the language, or of a rule whose findings would make artifacts wrong or contradictory.
    ///
    /// ## Why it matters
    /// A waiver cannot make a sample name real, or let two services listen on one port. The topology is not built until such a
    /// finding is fixed.
    ///
    /// ## Planning Guide
    /// Not in the guide: waivers are the language's own. `ocstopo explain` says for each rule whether it may be waived.
    "OCS0094" "fixed-rule-waived" {
        severity: Error,
        confidence: High,
        source: "the language reference, `waive`",
        waivable: false,
        fixable: true,
        bad: Example::with(bases::STANDARD, &[("clients = true", "clients = true  waive OCS0103 { reason = \"agreed\" }")]),
        good: Example::of(bases::STANDARD),
    }
}

pub(in crate::lint) fn finding(decl: &Decl, row: &CodeRow) -> Finding {
    let CodeRow { code, name, .. } = row;
    let accepted = || format!("remove the waiver; to accept such findings, set `ignore = [\"{code}\"]` in `ocstopo.toml`");
    let (why, help) = match row.family {
        Family::Certificates => ("it is about certificate files, not about the topology", accepted()),
        Family::Zones => ("it is about zone files, not about the topology", accepted()),
        Family::Language | Family::Rules => {
            ("artifacts would be wrong", format!("remove the waiver and fix the finding; `ocstopo explain {code}` says how"))
        }
    };
    Finding::new(format!("{code} `{name}` cannot be waived"), decl.name_span, why)
        .help(help)
        .fix(Fix::remove("remove the waiver", decl.span))
}
