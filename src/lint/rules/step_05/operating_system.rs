//! An operating system that the release does not run on.

use super::computers::{computers, milder_if_unsure};
use crate::catalog::Software;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a computer whose `operating_system` the release does not support.
    ///
    /// ## Why it matters
    /// Setup refuses other operating systems, or the product runs on them untested and unsupported.
    ///
    /// ## Planning Guide
    /// Step 5: 2007 runs on Windows Server 2003 with a service pack. 2007 R2 runs on 64-bit Windows Server 2003 SP2 and on Windows
    /// Server 2008; its list is recalled, and gives a note.
    "OCS0504" "operating-system" {
        severity: Warning,
        confidence: Medium,
        source: "Hosted reference architecture of 2007 (519cfca4); Planning Guide step 5, software",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    software { operating_system = windows_2008 }\n",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    software { operating_system = windows_2003_sp2 }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Software>("operating_system") else { return };
    // SQL Server has its own list of operating systems.
    for computer in computers(view).filter(|computer| computer.role != "back_end") {
        let Some(system) =
            computer.stated("software", "operating_system").and_then(|software| software.choice("operating_system"))
        else {
            continue;
        };
        if row.allows(system.value) {
            continue;
        }
        let finding = Finding::new(
            format!(
                "{} runs on {}, and `{}` has `{}`",
                view.organization().product.title(),
                words::quoted(&row.allowed),
                computer.block.path,
                system.value
            ),
            system.span,
            "not tested with the product",
        )
        .related(computer.block.decl.name_span, "the computer")
        .help(format!("write `operating_system = {}`", row.allowed.last().map_or("", String::as_str)));
        sink.report_once(milder_if_unsure(finding, row.provenance.confidence));
    }
}
