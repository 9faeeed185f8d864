//! Virtual machines.

use super::computers::computers;
use crate::catalog::{Verdict, Virtualization};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a server role on a virtual machine where the release does not support it.
    ///
    /// ## Why it matters
    /// Audio and video are mixed in real time. On a computer with a shared clock and processor, conversations break up, and
    /// Microsoft does not support it.
    ///
    /// ## Planning Guide
    /// Step 5: the 2007 release supports no virtual machine in production. 2007 R2 allows front ends for messages and presence, the
    /// database of their pool, Group Chat Servers, and edge servers that run the Access Edge alone.
    "OCS0501" "virtual-computer" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 5, software requirements; virtualization in 2007 R2 (dd572860)",
        bad: Example::with(bases::STANDARD, &[(
            "    automatic_sign_in = true\n",
            "    automatic_sign_in = true\n    software { virtualized = true }\n",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let rows = view.facts::<Virtualization>();
    let Some(any) = view.fact::<Virtualization>("any") else { return };
    let organization = view.organization();
    for computer in computers(view) {
        let Some(software) = computer.stated("software", "virtualized").filter(|software| software.boolean("virtualized")) else {
            continue;
        };
        let own = rows.iter().find(|row| row.role == computer.role);
        // Where the release supports no role at all, the database is still SQL Server's own matter.
        if own.is_none() && computer.role == "back_end" {
            continue;
        }
        let carried = own.map(|row| {
            let carries = |word: &&String| {
                let on = organization.features.iter().any(|(feature, _)| feature.word() == word.as_str());
                on || computer.block.decl.is_written(word)
            };
            row.without.iter().find(carries)
        });
        let label = match carried {
            Some(None) if own.is_some_and(|row| row.verdict != Verdict::Unsupported) => continue,
            Some(Some(word)) => format!("it runs `{word}`"),
            _ => format!("no support for {}", any.what),
        };
        sink.report_once(
            Finding::new(
                format!(
                    "`{}` is a virtual machine, which {} does not support",
                    computer.block.path,
                    organization.product.title()
                ),
                software.place("virtualized"),
                label,
            )
            .related(computer.block.decl.name_span, "declared here")
            .help("run the role on a physical computer, or waive this for a laboratory"),
        );
    }
}
