//! A forest of one domain that has several.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

/// The shape that says how many domains there are.
const ONE_DOMAIN: &str = "single_forest_single_domain";

rule! {
    /// ## What it does
    /// Reports `topology = single_forest_single_domain` where several domains are declared.
    ///
    /// ## Why it matters
    /// Prep Domain runs in each domain with servers or users, and the groups are in one of them. A plan for one domain misses the
    /// others: their servers cannot be activated and their users cannot be enabled.
    ///
    /// ## Planning Guide
    /// Step 4 lists the supported forests: one domain, one tree of several domains, several trees, a central or a resource forest.
    "OCS0434" "forest-topology" {
        severity: Error,
        confidence: High,
        source: "Supported forest topologies (dd441197); overview of Active Directory preparation (bb663773)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    topology = single_forest_single_domain\n    domain corp { fqdn = \"corp.contoso.com\" }\n    domain lab  { fqdn = \"lab.contoso.com\" }",
        ), LAB]),
        good: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    topology = single_forest_multiple_domains\n    domain corp { fqdn = \"corp.contoso.com\" }\n    domain lab  { fqdn = \"lab.contoso.com\" }",
        ), LAB]),
    }
}

/// A site in the second domain.
const LAB: (&str, &str) = ("site hq {", "site lab_users { domain = lab }\n\nsite hq {");

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("active_directory") {
        let Some(shape) = block.decl.choice("topology").filter(|shape| shape.value == ONE_DOMAIN) else { continue };
        let mut domains = block.decl.blocks("domain");
        let (Some(_), Some(second)) = (domains.next(), domains.next()) else { continue };
        let count = 2 + domains.count();
        sink.report(
            Finding::new(
                format!("the forest must have 1 domain, and has {}", words::thousands(count as u64)),
                shape.span,
                "this says one",
            )
            .related(second.name_span, "another domain")
            .help("write `single_forest_multiple_domains`, or `single_forest_multiple_trees` where the names have no root in common"),
        );
    }
}
