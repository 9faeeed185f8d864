//! More alternative names than a Windows authority stores.

use super::many_names::{LONG, past};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a certificate of the organization's own authority whose alternative names take more bytes than the authority can store.
    ///
    /// ## Why it matters
    /// The server or pool for automatic sign-in has `sip.<domain>` of every SIP domain on one certificate. A Windows authority
    /// stores at most 4,096 bytes of an extension, each name with two or three extra bytes, and refuses a longer request with
    /// 0xc80005e2. An update of later releases raises the limit to 16,384 bytes; if the authority has it, waive this finding.
    ///
    /// ## Planning Guide
    /// Step 4: certificates of internal servers, whose names clients compare. The limit is the authority's.
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
        if size <= limit.value || certificate.issuer.as_ref().is_none_or(|issuer| !issuer.kind.is_own()) {
            continue;
        }
        let message = format!(
            "the {} alternative names of the certificate `{}` take {} bytes, and a Windows authority stores {}",
            certificate.sans.len(),
            certificate.slug,
            words::thousands(size),
            words::thousands(limit.value)
        );
        let (span, label) = past(view, certificate, size - limit.value, |name| name.len() + 2);
        sink.report_once(
            Finding::new(message, span, label)
                .related(certificate.span, "the certificate is for this")
                .help(
                    "remove unused SIP domains from `sip_domains`, or move the users of some of them into another forest; \
                     if the authority has the update to 16,384 bytes, waive OCS0470",
                )
                .as_sure_as(&limit.provenance),
        );
    }
}
