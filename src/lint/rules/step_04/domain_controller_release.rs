//! Domain controllers of a release that the product does not work with.

use crate::catalog::DirectoryRequirement;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a domain whose oldest domain controllers run a release of Windows that the product does not support.
    ///
    /// ## Why it matters
    /// Servers read users and settings from any domain controller and global catalog that they find. A domain controller that is
    /// too old returns wrong data, or refuses the schema.
    ///
    /// ## Planning Guide
    /// Step 4: Windows 2000 with Service Pack 4 or Windows Server 2003 with Service Pack 1 and later; for 2007 R2 no Windows 2000.
    "OCS0427" "domain-controller-release" {
        severity: Error,
        confidence: High,
        source: "Active Directory guide, infrastructure requirements (bb663667); 2007 R2 (dd441205)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("domain corp { fqdn = \"corp.contoso.com\" }", "domain corp { fqdn = \"corp.contoso.com\"  domain_controllers = windows_2000_sp4 }"),
        ]),
        good: Example::with(bases::STANDARD, &[
            ("product     = ocs_2007\n", "product     = ocs_2007_r2\n"),
            ("domain corp { fqdn = \"corp.contoso.com\" }", "domain corp { fqdn = \"corp.contoso.com\"  domain_controllers = windows_2003_sp2 }"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<DirectoryRequirement>("domain_controllers") else { return };
    for block in view.blocks_of("domain") {
        let release =
            block.decl.choice("domain_controllers").filter(|release| !row.allowed.iter().any(|word| word == release.value));
        let Some(release) = release else { continue };
        sink.report(
            Finding::new(
                format!(
                    "domain controllers must run {}, and those of `{}` run `{}`",
                    words::any_of(&row.allowed),
                    block.decl.name,
                    release.value
                ),
                release.span,
                &row.why,
            )
            .related(block.decl.name_span, "the domain")
            .help("replace them before the forest is prepared"),
        );
    }
}
