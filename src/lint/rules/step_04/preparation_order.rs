//! Preparation of Active Directory that cannot have happened.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a forest that says it is prepared while its schema is not, and a domain that says so while its forest is not.
    ///
    /// ## Why it matters
    /// Each preparation refuses to run without the one before it, so one of the statements is wrong. The runbook leaves out what
    /// is said to be done: the deployment would stop at the first step that needs it.
    ///
    /// ## Planning Guide
    /// Step 4: the schema is prepared first, then the forest, then each domain with servers or users.
    "OCS0438" "preparation-order" {
        severity: Error,
        confidence: High,
        source: "Overview of Active Directory preparation (bb663773)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    prepared = [schema]\n    domain corp { fqdn = \"corp.contoso.com\"  prepared = true }",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    prepared = [schema, forest]\n    domain corp { fqdn = \"corp.contoso.com\"  prepared = true }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("active_directory") {
        let prepared: Vec<_> = block.decl.choices("prepared").collect();
        let find = |word: &str| prepared.iter().find(|done| done.value == word);
        if let (Some(forest), None) = (find("forest"), find("schema")) {
            sink.report(
                Finding::new("the forest cannot be prepared before the schema", forest.span, "this needs the schema")
                    .help("write `prepared = [schema, forest]`, or take `forest` out"),
            );
        }
        for domain in block.decl.blocks("domain").filter(|domain| domain.boolean("prepared") && find("forest").is_none()) {
            sink.report(
                Finding::new(
                    format!("the domain `{}` cannot be prepared before the forest", domain.name),
                    domain.place("prepared"),
                    "this needs the forest",
                )
                .help("write `prepared = [schema, forest]` in `active_directory`, or take this out"),
            );
        }
    }
}
