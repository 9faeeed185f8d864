//! Computers of 32 bits for programs of 64.

use super::computers::{computers, milder_if_unsure};
use crate::catalog::Software;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a server of 2007 R2 with a 32-bit operating system.
    ///
    /// ## Why it matters
    /// All programs of 2007 R2 are 64-bit; setup does not start on a 32-bit system. 32-bit servers of the earlier release cannot
    /// be reused.
    ///
    /// ## Planning Guide
    /// Step 5: 2007 R2 needs 64-bit computers for each role. 2007 runs on both.
    "OCS0505" "architecture" {
        severity: Error,
        confidence: High,
        source: "2007 R2 hardware requirements (unifiedpeople 0a48b830, dd425370)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007", "product     = ocs_2007_r2"),
            ("    automatic_sign_in = true\n", "    automatic_sign_in = true\n    software { architecture = x86 }\n"),
        ]),
        good: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007", "product     = ocs_2007_r2"),
            ("    automatic_sign_in = true\n", "    automatic_sign_in = true\n    software { architecture = x64 }\n"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Software>("architecture") else { return };
    for computer in computers(view).filter(|computer| computer.role != "back_end") {
        let Some(bits) = computer.stated("software", "architecture").and_then(|software| software.choice("architecture")) else {
            continue;
        };
        if row.allows(bits.value) {
            continue;
        }
        let finding = Finding::new(
            format!(
                "{} needs `{}`, and `{}` has `{}`",
                view.organization().product.title(),
                row.allowed.join("` or `"),
                computer.block.path,
                bits.value
            ),
            bits.span,
            "setup does not start here",
        )
        .related(computer.block.decl.name_span, "the computer")
        .help("plan a 64-bit operating system for it, and write `architecture = x64`");
        sink.report_once(milder_if_unsure(finding, row.provenance.confidence));
    }
}
