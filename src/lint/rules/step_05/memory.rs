//! Too little memory.

use super::computers::{Need, report_shortages};
use crate::lint::rule::rule;
use crate::lint::{Example, RuleContext, Sink, bases};

/// Bytes of a GB.
const GB: u64 = 1 << 30;

rule! {
    /// ## What it does
    /// Compares the `memory` of each computer with what its role needs in the release.
    ///
    /// ## Why it matters
    /// Presence and conferences are kept in memory. A server that has to page responds late, and its audio breaks up.
    ///
    /// ## Planning Guide
    /// Step 5, hardware of each role. The figure of the Mediation Server of 2007 R2 was read, and that of the Web Components
    /// Server is from one book; the others are recalled and give a note.
    "OCS0506" "memory-of-role" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 5, hardware; 2007 R2 Mediation Server (unifiedpeople 0a48b830)",
        runs_despite_errors: true,
        bad: Example::with(bases::EXPANDED, &[(
            "web_components_server web[01..02] { address = 10.10.0.[21..22] }",
            "web_components_server web[01..02] {\n      address = 10.10.0.[21..22]\n      hardware { memory = 1GB }\n    }",
        )]),
        good: Example::with(bases::EXPANDED, &[(
            "web_components_server web[01..02] { address = 10.10.0.[21..22] }",
            "web_components_server web[01..02] {\n      address = 10.10.0.[21..22]\n      hardware { memory = 2GB }\n    }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    report_shortages(
        view,
        sink,
        &Need {
            of: |row| row.memory,
            // Vendors and schema may count a GB as 1,000 MB; what is called as many GB is enough.
            stated: |hardware| {
                hardware.size("memory").map(|size| super::computers::at(hardware, "memory", gigabytes(size.value)))
            },
            attr: "memory",
            words: |gigabytes| format!("{gigabytes} GB of memory"),
        },
    );
}

/// Whole GB, by whichever of the two measures gives more.
pub(super) fn gigabytes(bytes: u64) -> u64 {
    (bytes / GB).max(bytes / 1_000_000_000)
}
