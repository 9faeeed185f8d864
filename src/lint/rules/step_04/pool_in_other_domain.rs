//! Pools with a name outside the domain of their servers.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Notes an Enterprise pool whose `fqdn` is not one label within the Active Directory domain of its site.
    ///
    /// ## Why it matters
    /// The pool is an object of the domain of its servers, and Setup proposes a name in that domain. A name in another domain
    /// needs another DNS zone.
    ///
    /// ## Planning Guide
    /// Step 4, names. That pool and domain share their DNS domain is recalled and not read in a source, so this is a note.
    "OCS0435" "pool-in-other-domain" {
        severity: Note,
        confidence: Low,
        source: "Names of pools (recalled)",
        bad: Example::with(bases::POOL, &[("\"pool01.corp.contoso.com\"", "\"pool01.contoso.com\"")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for pool in view.groups(GroupKind::EnterprisePool) {
        let site = view.topology.site(pool.site);
        let (Some(fqdn), Some(domain)) = (&pool.fqdn, &site.domain) else { continue };
        if fqdn.value.parent().as_ref() == Some(&domain.value) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("the pool `{}` should have a name in `{}`, and is called `{}`", pool.path, domain.value, fqdn.value),
                fqdn.span,
                "not in the domain of its servers",
            )
            .related(domain.span, "the domain of the site")
            .help(format!("write `fqdn = \"{}.{}\"`", fqdn.value.host_label(), domain.value)),
        );
    }
}
