//! More alternative names than a Windows authority stores.

use super::many_names::{LONG, past};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::IssuerKind;

rule! {
    /// ## What it does
    /// Reports a certificate of an Enterprise CA whose alternative names take more bytes than the authority can store.
    ///
    /// ## Why it matters
    /// The server or pool where clients sign in by DNS carries `sip.<domain>` of every SIP domain on one certificate. A Windows
    /// authority keeps an extension in 4,096 bytes, each name with two or three bytes of its own, and refuses a longer request
    /// with 0xc80005e2. An update of later releases raises that to 16,384 bytes: where the authority has it, waive this.
    ///
    /// ## Planning Guide
    /// Step 4: certificates of servers inside, of which clients compare the names. The limit is the authority's.
    "OCS0470" "alternative-names-size" {
        severity: Error,
        confidence: High,
        source: "PKI FAQ: how many names the SAN extension can have (TechNet wiki 3306); Planning Guide step 4, certificate infrastructure (bb870336)",
        bad: Example::with(bases::STANDARD, &[("[\"contoso.com\"]", LONG)]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("certificate.alternative_names") else { return };
    for certificate in &view.certificates.certificates {
        let size = certificate.encoded_names() as u64;
        if size <= limit.value || certificate.issuer.as_ref().is_none_or(|issuer| issuer.kind != IssuerKind::Enterprise) {
            continue;
        }
        let message = format!(
            "the {} alternative names of the certificate `{}` take {size} bytes, and a Windows authority stores {}",
            certificate.sans.len(),
            certificate.slug,
            limit.value
        );
        let (span, label) = past(view, certificate, size - limit.value, |name| name.len() + 2);
        sink.report_once(
            Finding::new(message, span, label)
                .related(certificate.span, "the certificate is for this")
                .help(
                    "take SIP domains that nobody uses out of `sip_domains`, or move users with some of them into a forest of their own; \
                     if the authority has the update to 16,384 bytes, waive OCS0470",
                )
                .as_sure_as(&limit.provenance),
        );
    }
}
