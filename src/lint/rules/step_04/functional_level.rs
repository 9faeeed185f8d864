//! Domains in a mode that the product cannot run in.

use crate::catalog::DirectoryRequirement;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports an Active Directory domain at a functional level that the release does not support.
    ///
    /// ## Why it matters
    /// The product's groups are universal, and universal groups do not exist in mixed mode: Prep Domain refuses the domain. 2007
    /// R2 refuses the levels of Windows 2000 too.
    ///
    /// ## Planning Guide
    /// Step 4: every domain with servers or users is in Windows 2000 native mode or higher, for 2007 R2 at the level of Windows
    /// Server 2003 or higher.
    "OCS0418" "functional-level" {
        severity: Error,
        confidence: High,
        source: "Active Directory guide, infrastructure requirements (bb663667)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    domain corp { fqdn = \"corp.contoso.com\"  functional_level = windows_2000_mixed }",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    domain corp { fqdn = \"corp.contoso.com\"  functional_level = windows_2000_native }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<DirectoryRequirement>("functional_level") else { return };
    for block in view.blocks_of("domain") {
        let level = block.decl.choice("functional_level").filter(|level| !row.allowed.iter().any(|word| word == level.value));
        let Some(level) = level else { continue };
        sink.report(
            Finding::new(
                format!(
                    "the domain `{}` must be at the level {}, and is at `{}`",
                    block.decl.name,
                    words::any_of(&row.allowed),
                    level.value
                ),
                level.span,
                &row.why,
            )
            .related(block.decl.name_span, "the domain")
            .help(format!("raise the level of the domain, and write `functional_level = {}`", row.allowed[0])),
        );
    }
}
