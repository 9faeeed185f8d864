//! Too few cores, or too slow ones.

use super::computers::{Need, at, report_shortages};
use crate::lint::rule::rule;
use crate::lint::{Example, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Compares the cores of each computer, `processors` times `cores`, and their `frequency` with what its role needs in the release.
    ///
    /// ## Why it matters
    /// The tested numbers of users require these processors. With fewer or slower ones, audio suffers first, since it is sent in
    /// real time.
    ///
    /// ## Planning Guide
    /// Step 5, hardware of each role. A Mediation Server of 2007 R2 needs eight cores of 2.0 GHz, a Web Components Server of 2007 four
    /// of 2.6 GHz; other figures are recalled and give a note.
    "OCS0507" "processors-of-role" {
        severity: Warning,
        confidence: Medium,
        source: "Resource Kit, table 2-8; 2007 R2 Mediation Server (unifiedpeople 0a48b830)",
        runs_despite_errors: true,
        bad: Example::with(bases::EXPANDED, &[(
            "web_components_server web[01..02] { address = 10.10.0.[21..22] }",
            "web_components_server web[01..02] {\n      address = 10.10.0.[21..22]\n      hardware { processors = 1  cores = 2  frequency = 2.0GHz }\n    }",
        )]),
        good: Example::with(bases::EXPANDED, &[(
            "web_components_server web[01..02] { address = 10.10.0.[21..22] }",
            "web_components_server web[01..02] {\n      address = 10.10.0.[21..22]\n      hardware { processors = 2  cores = 2  frequency = 2.6GHz }\n    }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    report_shortages(
        view,
        sink,
        &Need {
            of: |row| row.cores,
            stated: |hardware| {
                let cores = hardware.integer("processors")?.value * hardware.integer("cores")?.value;
                Some(at(hardware, "cores", cores))
            },
            attr: "cores",
            words: |cores| words::count(cores as usize, "core"),
        },
    );
    report_shortages(
        view,
        sink,
        &Need {
            of: |row| row.megahertz,
            stated: |hardware| hardware.frequency("frequency").map(|hertz| at(hardware, "frequency", hertz.value / 1_000_000)),
            attr: "frequency",
            words: |megahertz| format!("a clock of {}.{} GHz", megahertz / 1_000, megahertz % 1_000 / 100),
        },
    );
}
