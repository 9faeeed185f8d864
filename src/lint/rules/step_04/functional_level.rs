//! Domains in a mode that the product cannot run in.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

/// The level that setup refuses.
const REFUSED: &str = "windows_2000_mixed";

rule! {
    /// ## What it does
    /// Reports an Active Directory domain in mixed mode.
    ///
    /// ## Why it matters
    /// The product's groups are universal, and universal groups do not exist in mixed mode: Prep Domain refuses the domain.
    ///
    /// ## Planning Guide
    /// Step 4: every domain with servers or users is in Windows 2000 native mode or higher.
    "OCS0418" "functional-level" {
        severity: Error,
        confidence: High,
        source: "Active Directory guide, infrastructure requirements (bb663667)",
        of_what_is_written: true,
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

fn check(view: &View, sink: &mut Sink) {
    for block in view.blocks_of("domain") {
        let Some(level) = block.decl.choice("functional_level").filter(|level| level.value == REFUSED) else { continue };
        sink.report(
            Finding::new(
                format!("the domain `{}` must be in Windows 2000 native mode or higher, and is in mixed mode", block.decl.name),
                level.span,
                "Prep Domain refuses it",
            )
            .related(block.decl.name_span, "the domain")
            .help("raise the level of the domain, and write `functional_level = windows_2000_native`"),
        );
    }
}
