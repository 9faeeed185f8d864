//! A forest at a level that 2007 R2 cannot be prepared in.

use crate::catalog::DirectoryRequirement;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a `forest_functional_level` that 2007 R2 does not support.
    ///
    /// ## Why it matters
    /// Prep Forest fails after the schema has been changed, which cannot be undone.
    ///
    /// ## Planning Guide
    /// Step 4 of 2007 R2: the forest is at the level of Windows Server 2003 or higher. 2007 has no requirement for the forest.
    "OCS0428" "forest-functional-level" {
        severity: Error,
        confidence: High,
        source: "2007 R2 Active Directory requirements (dd441205)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("    domain corp {", "    forest_functional_level = windows_2000_native\n    domain corp {"),
        ]),
        good: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("    domain corp {", "    forest_functional_level = windows_2003\n    domain corp {"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<DirectoryRequirement>("forest_functional_level") else { return };
    for block in view.blocks_of("active_directory") {
        let level =
            block.decl.choice("forest_functional_level").filter(|level| !row.allowed.iter().any(|word| word == level.value));
        let Some(level) = level else { continue };
        sink.report(
            Finding::new(
                format!("the forest must be at the level {}, and is at `{}`", words::any_of(&row.allowed), level.value),
                level.span,
                &row.why,
            )
            .help(format!("raise the level of the forest, and write `forest_functional_level = {}`", row.allowed[0])),
        );
    }
}
