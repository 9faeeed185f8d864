//! Alternative names in a line that certreq of Windows Server 2003 may not read.

use super::many_names::{MIXED, past};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Notes a certificate whose alternative names make one line of more than 4,096 characters in the request file for certreq of
    /// Windows Server 2003.
    ///
    /// ## Why it matters
    /// This form has all names on one line. The library that reads such files supports no longer value. Whether certreq truncates
    /// or refuses a longer line is not known; names may be missing on the certificate. The other request files have one line for
    /// each name.
    ///
    /// ## Planning Guide
    /// Step 4: certificates. The limit is a constant of the library that reads INF files; for certreq the confidence is low.
    "OCS0472" "request-line-length" {
        severity: Note,
        confidence: Low,
        source: "SetupAPI, MAX_INF_STRING_LENGTH; Planning Guide step 4, certificate infrastructure (bb870336)",
        bad: Example::with(bases::STANDARD, &[("[\"contoso.com\"]", MIXED)]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let (Some(limit), Some(stored)) = (view.limit("certreq.value"), view.limit("certificate.alternative_names")) else { return };
    for certificate in &view.certificates.certificates {
        let length = certificate.attribute_names() as u64;
        let issued = certificate.issuer.as_ref().is_some_and(|issuer| issuer.kind.is_own());
        // What the authority refuses anyway has a finding of its own.
        let refused = issued && certificate.encoded_names() as u64 > stored.value;
        if length <= limit.value || refused {
            continue;
        }
        let message = format!(
            "the alternative names of the certificate `{}` make a line of {} characters in its request for Windows Server 2003, where the limit may be {}",
            certificate.slug,
            words::thousands(length),
            words::thousands(limit.value)
        );
        let (span, label) = past(view, certificate, length - limit.value, |name| name.len() + "dns=&".len());
        let help = format!("request it with `{0}-2008.inf` or `{0}.cnf`, which have one line for each name", certificate.slug);
        sink.report_once(Finding::new(message, span, label).help(help).as_sure_as(&limit.provenance));
    }
}
