//! A domain that the runbook leaves as it is.

use std::collections::BTreeSet;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes an Active Directory `domain` without a site that is not prepared, while other domains have sites, if the topology
    /// does not say whether users have accounts in it.
    ///
    /// ## Why it matters
    /// The runbook prepares the domains of sites, and those with `user_accounts = true`. Users whose accounts are in another
    /// domain cannot be enabled, which is often noticed weeks later.
    ///
    /// ## Planning Guide
    /// Step 4: Prep Domain runs in every domain with servers or users. The root domain of a forest often has none, so this is a
    /// note; `user_accounts = false` says so.
    "OCS0457" "domain-without-site" {
        severity: Note,
        confidence: High,
        source: "Command-line reference, Prep Domain (bb905998); Active Directory Guide, preparing domains",
        bad: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    domain corp { fqdn = \"corp.contoso.com\" }\n    domain branches { fqdn = \"branches.contoso.com\" }",
        )]),
        good: Example::with(bases::STANDARD, &[(
            "    domain corp { fqdn = \"corp.contoso.com\" }",
            "    domain corp { fqdn = \"corp.contoso.com\" }\n    domain branches { fqdn = \"branches.contoso.com\"  user_accounts = true }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let of_sites = view.topology.sites.iter().filter_map(|site| site.domain.as_ref()).map(|domain| domain.value.as_str());
    let hosting: BTreeSet<&str> = of_sites.collect();
    if hosting.is_empty() {
        return;
    }
    for block in view.blocks_of("domain") {
        let Some(fqdn) = block.decl.fqdn("fqdn") else { continue };
        // A domain of one label is supported nowhere, and reported as such.
        let supported = fqdn.value.as_str().contains('.');
        if !supported || hosting.contains(fqdn.value.as_str()) || block.decl.boolean("prepared") {
            continue;
        }
        if block.decl.is_written("user_accounts") {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "the domain `{}` has no site, so the runbook does not prepare it for users and servers",
                    block.decl.name
                ),
                block.decl.name_span,
                format!("no `site` says `domain = {}`", block.decl.name),
            )
            .help(format!(
                "if users have their accounts there, add `user_accounts = true` to `domain {name}`, so that the runbook prepares it; otherwise add `user_accounts = false`",
                name = block.decl.name
            )),
        );
    }
}
