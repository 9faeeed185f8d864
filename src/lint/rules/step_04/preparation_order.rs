//! Preparation of Active Directory that cannot have happened.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a forest that is stated as prepared although its schema is not, and a domain that is stated as prepared although
    /// its forest is not.
    ///
    /// ## Why it matters
    /// Each preparation requires the previous one, so one of the statements is wrong. The runbook leaves out preparations that
    /// are stated as done, so the deployment would stop at the first step that needs one of them.
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
                    .help("write `prepared = [schema, forest]`, or remove `forest`"),
            );
        }
        for domain in block.decl.blocks("domain").filter(|domain| domain.boolean("prepared") && find("forest").is_none()) {
            sink.report(
                Finding::new(
                    format!("the domain `{}` cannot be prepared before the forest", domain.name),
                    domain.place("prepared"),
                    "this needs the forest",
                )
                .help("write `prepared = [schema, forest]` in `active_directory`, or remove this line"),
            );
        }
    }
}
