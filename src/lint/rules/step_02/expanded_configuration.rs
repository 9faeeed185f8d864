//! An expanded pool in 2007 R2.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes an Enterprise pool in the expanded configuration where the product is 2007 R2.
    ///
    /// ## Why it matters
    /// The wizard of 2007 R2 cannot create one; only the command line can. The consolidated configuration carries as many users
    /// with fewer computers.
    ///
    /// ## Planning Guide
    /// Step 2: 2007 R2 recommends the consolidated configuration for most deployments.
    "OCS0212" "expanded-configuration" {
        severity: Note,
        confidence: High,
        source: "2007 R2 expanded configuration (dd441235)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::EXPANDED, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("users  = 30_000", "users  = 25_000"),
            ("users             = 30_000", "users             = 25_000"),
        ]),
        good: Example::with(bases::POOL, &[("product     = ocs_2007\n", "product     = ocs_2007_r2\n")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("enterprise_pool") {
        let Some(configuration) = block.decl.choice("configuration").filter(|choice| choice.value == "expanded") else {
            continue;
        };
        sink.report(
            Finding::new(
                format!("2007 R2 creates the expanded pool `{}` from the command line only", block.path),
                configuration.span,
                "the wizard creates consolidated pools only",
            )
            .help("write `configuration = consolidated` and remove the servers of single roles: it carries as many users"),
        );
    }
}
