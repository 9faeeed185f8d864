//! More names than public authorities put on one certificate.

use super::many_names::MANY;
use crate::diag::Severity;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::IssuerKind;

rule! {
    /// ## What it does
    /// Notes a certificate of a public authority with more than 25 names, and warns of one with more than 100.
    ///
    /// ## Why it matters
    /// The Access Edge carries `sip.<domain>` of every SIP domain. Many public authorities accept at most 25 names, others at
    /// most 100, and charge for each. A refused order costs days.
    ///
    /// ## Planning Guide
    /// Step 6: certificates for external access, one name for each SIP domain. The figures are those of the market.
    "OCS0471" "public-names" {
        severity: Warning,
        confidence: High,
        source: "PKI FAQ: how many names the SAN extension can have (TechNet wiki 3306); Planning Guide step 6, certificates for external access",
        bad: Example::with(bases::EDGE, &[("[\"contoso.com\"]", MANY)]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let figures = ["usual", "most"].map(|which| view.limit(&format!("certificate.public_names.{which}")));
    let [Some(usual), Some(most)] = figures else { return };
    for certificate in &view.certificates.certificates {
        let names = certificate.sans.len().max(1) as u64;
        if names <= usual.value || certificate.issuer.as_ref().is_none_or(|issuer| issuer.kind != IssuerKind::Public) {
            continue;
        }
        let (limit, severity, which) = match names > most.value {
            true => (most, Severity::Warning, "even generous public authorities accept at most"),
            false => (usual, Severity::Note, "many public authorities accept at most"),
        };
        let message = format!("the certificate `{}` has {names} names, and {which} {}", certificate.slug, limit.value);
        sink.report_once(
            Finding::new(message, certificate.span, "the certificate is for this")
                .help("ask the authority how many names it accepts before you order, or remove unused SIP domains")
                .milder(severity)
                .as_sure_as(&limit.provenance),
        );
    }
}
