//! Names that a public authority cannot certify.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalog::samples;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Fqdn;
use crate::model::Detail;
use crate::product::{IssuerKind, Side};
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a certificate of a public authority with a name under a top-level domain that no registry offers, such as
    /// `.local`.
    ///
    /// ## Why it matters
    /// A public authority certifies that the applicant owns the name. Such a name cannot be owned, so the authority refuses the
    /// request.
    ///
    /// ## Planning Guide
    /// Step 4: outsiders need names in public DNS and certificates that they trust. The rules of public authorities forbid
    /// internal names; waive this finding if these rules do not apply to the authority that the topology calls public.
    "OCS0436" "private-name-at-public-authority" {
        severity: Error,
        confidence: High,
        source: "CA/Browser Forum, Baseline Requirements, internal names; RFC 6762, appendix G",
        bad: Example::with(bases::EDGE, &[("fqdn = \"webconf.contoso.com\"", "fqdn = \"webconf.contoso.local\"")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let sip_domains: BTreeSet<&Fqdn> = view.organization().sip_domains.iter().map(|domain| &domain.value).collect();
    let farms: BTreeMap<&Fqdn, Span> = view
        .pools()
        .filter_map(|pool| match &pool.detail {
            Detail::Pool { external_web_farm: Some(farm), .. } => Some((&farm.value, farm.span)),
            _ => None,
        })
        .collect();
    for certificate in &view.certificates.certificates {
        if certificate.issuer.as_ref().is_none_or(|issuer| issuer.kind != IssuerKind::Public) {
            continue;
        }
        // Certificates for inside go to a public authority where there is no other: that is a finding of its own.
        let Some(served) = certificate.serves.iter().find(|served| served.side == Side::Outside) else { continue };
        let endpoint = view.topology.endpoint(served.endpoint);
        let named = endpoint.fqdn.as_ref().map(|fqdn| fqdn.span);
        for name in std::iter::once(&certificate.common_name).chain(certificate.sans.iter().skip(1)) {
            let Some(ending) = samples().private_ending_of(name.as_str()) else { continue };
            // A SIP domain under such an ending is itself a finding, and its names follow from it.
            if name.parent().is_some_and(|parent| sip_domains.contains(&parent)) {
                continue;
            }
            sink.report_once(
                Finding::new(
                    format!("a public authority cannot certify `{name}`"),
                    farms.get(name).copied().or(named).unwrap_or(view.topology.group(endpoint.group).span),
                    format!("no registry offers names under `.{}` ({})", ending.name, ending.source),
                )
                .help("choose a name in a domain that you own in public DNS"),
            );
        }
    }
}
