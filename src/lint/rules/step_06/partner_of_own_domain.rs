//! Oneself as a partner.

use std::collections::BTreeMap;

use super::unlisted_partners::{FEDERATION, LISTED};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `partner` whose SIP domain is one of the organization's own, or that of another partner.
    ///
    /// ## Why it matters
    /// Messages to a domain have one destination. Those to a domain of the organization stay inside, whatever the list says; of
    /// two partners with one domain only one is reached.
    ///
    /// ## Planning Guide
    /// Step 6: partners are listed by SIP domain.
    "OCS0626" "partner-of-own-domain" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 4.1, federation (bb663635)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED), (
            "sip_domain = \"fabrikam.com\"",
            "sip_domain = \"contoso.com\"",
        )]),
        good: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED)]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let own = view.organization().sip_domains.iter();
    let mut taken: BTreeMap<String, _> =
        own.map(|domain| (domain.value.to_string(), (domain.span, "a domain of the organization"))).collect();
    for block in view.blocks_of("partner") {
        let Some(domain) = block.decl.fqdn("sip_domain") else { continue };
        match taken.get(&domain.value.to_string()) {
            Some((place, whose)) => sink.report(
                Finding::new(
                    format!("the partner `{}` needs its own SIP domain, and {} is {whose}", block.decl.name, domain.value),
                    domain.span,
                    "the domain is taken",
                )
                .related(*place, "taken here")
                .help("write the domain of the partner's SIP addresses, or remove the partner"),
            ),
            None => {
                taken.insert(domain.value.to_string(), (domain.span, "that of another partner"));
            }
        }
    }
}
