//! SIP domains that the internet cannot resolve.

use crate::catalog::samples;
use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::lower::Fqdn;
use crate::plan::certificate::Certificate;
use crate::product::{Feature, IssuerKind};

rule! {
    /// ## What it does
    /// Reports SIP domains under a top-level domain that no registry offers, such as `.local`, while outside access is on. It is
    /// an error where a public authority must certify a name of the domain, and a note elsewhere.
    ///
    /// ## Why it matters
    /// Partners and remote clients look the SIP domain up in public DNS, and a public certification authority certifies
    /// registered names only: it refuses the request of the Access Edge.
    ///
    /// ## Planning Guide
    /// Step 4 allows a SIP domain that differs from the Active Directory domain; that is the solution.
    "OCS0107" "unregistered-sip-domain" {
        severity: Error,
        confidence: High,
        source: "CA/Browser Forum, Baseline Requirements, internal names; RFC 6762, appendix G; Planning Guide step 4, SIP domains",
        bad: Example::with(bases::EDGE, &[
            ("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"contoso.local\"]"),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let outside = [Feature::RemoteUsers, Feature::Federation, Feature::PublicIm, Feature::AnonymousMeetings];
    let Some(access) = outside.into_iter().find_map(|feature| organization.feature(feature)) else { return };
    for domain in &organization.sip_domains {
        if let Some(ending) = samples().private_ending_of(domain.value.as_str()) {
            let finding = Finding::new(
                format!("the SIP domain `{}` cannot be reached from the internet", domain.value),
                domain.span,
                format!("no registry offers names under `.{}` ({})", ending.name, ending.source),
            )
            .related(access, "outside access is switched on here")
            .help("give outside users a SIP domain that you own in public DNS; it need not be the Active Directory domain");
            let certified = is_certified(view, &domain.value);
            sink.report(if certified { finding } else { finding.milder(Severity::Note) });
        }
    }
}

/// Whether a public authority is to certify a name of a domain.
fn is_certified(view: &RuleContext, domain: &Fqdn) -> bool {
    let is_public = |certificate: &&Certificate| certificate.issuer.as_ref().is_some_and(|i| i.kind == IssuerKind::Public);
    let mut names = view
        .certificates
        .certificates
        .iter()
        .filter(is_public)
        .flat_map(|certificate| std::iter::once(&certificate.common_name).chain(&certificate.sans));
    names.any(|name| name.parent().as_ref() == Some(domain))
}
