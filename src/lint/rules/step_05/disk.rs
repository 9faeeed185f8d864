//! Too little room on the disks.

use super::computers::{Need, at, report_shortages};
use super::memory::gigabytes;
use crate::lint::rule::rule;
use crate::lint::{Example, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Compares the free `disk` of each computer with what its role needs in the release.
    ///
    /// ## Why it matters
    /// Programs, queues and logs grow on these disks. A full disk stops the service that writes to it.
    ///
    /// ## Planning Guide
    /// Step 5, hardware of each role: 18 GB for a Web Components Server of 2007, 30 GB for a Mediation Server of 2007 R2. Other
    /// figures are recalled and give a note.
    "OCS0508" "disk-of-role" {
        severity: Warning,
        confidence: Medium,
        source: "Resource Kit, table 2-8; 2007 R2 Mediation Server (unifiedpeople 0a48b830)",
        runs_despite_errors: true,
        bad: Example::with(bases::EXPANDED, &[(
            "web_components_server web[01..02] { address = 10.10.0.[21..22] }",
            "web_components_server web[01..02] {\n      address = 10.10.0.[21..22]\n      hardware { disk = 9GB }\n    }",
        )]),
        good: Example::with(bases::EXPANDED, &[(
            "web_components_server web[01..02] { address = 10.10.0.[21..22] }",
            "web_components_server web[01..02] {\n      address = 10.10.0.[21..22]\n      hardware { disk = 18GB }\n    }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    report_shortages(
        view,
        sink,
        &Need {
            of: |row| row.disk,
            stated: |hardware| hardware.size("disk").map(|size| at(hardware, "disk", gigabytes(size.value))),
            attr: "disk",
            words: |gigabytes| format!("{gigabytes} GB of free disk"),
        },
    );
}
