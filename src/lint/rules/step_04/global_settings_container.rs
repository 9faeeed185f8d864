//! Global settings in the system container in 2007 R2.

use crate::catalog::DirectoryRequirement;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports `global_settings = system_container` where the product is 2007 R2.
    ///
    /// ## Why it matters
    /// Servers must then reach a domain controller of the root domain to start. 2007 R2 keeps its settings in the configuration
    /// container, and the tool that moves them stops working once its schema is there.
    ///
    /// ## Planning Guide
    /// Step 4 of 2007 R2: the system container is for forests that come from Live Communications Server 2005 with Service Pack 1; move the
    /// settings before the schema is prepared.
    "OCS0429" "global-settings-container" {
        severity: Warning,
        confidence: High,
        source: "2007 R2 global settings store (dd425231, 3bd7195c)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("    domain corp {", "    global_settings = system_container\n    domain corp {"),
        ]),
        good: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("    domain corp {", "    global_settings = configuration_container\n    domain corp {"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<DirectoryRequirement>("global_settings") else { return };
    for block in view.blocks_of("active_directory") {
        let place = block.decl.choice("global_settings").filter(|place| !row.allowed.iter().any(|word| word == place.value));
        let Some(place) = place else { continue };
        sink.report(
            Finding::new(
                format!("the global settings belong in {}, and are in `{}`", words::any_of(&row.allowed), place.value),
                place.span,
                &row.why,
            )
            .help(
                "move them with the Global Settings Migration Tool before the schema is prepared, or waive this with the reason",
            ),
        );
    }
}
