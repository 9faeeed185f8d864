//! An Access Edge that is named outside the SIP domains.

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an Access Edge whose outside name is not `sip` in one of the SIP domains.
    ///
    /// ## Why it matters
    /// Partners and clients accept an SRV answer only when the host that it names is in the domain that they asked about, and
    /// public IM providers look at the subject of its certificate only. Clients that find no SRV record look for `sip` in the
    /// domain, so the certificate needs that name too.
    ///
    /// ## Planning Guide
    /// Step 6: the name of the Access Edge outside is `sip` in the primary SIP domain, and it is the subject of its
    /// certificate. The SRV records of other domains name `sip` in each of them.
    "OCS0613" "access-edge-name" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 6, DNS requirements of edge servers (bb870404); 2007 R2, DNS of edge servers",
        bad: Example::with(bases::EDGE, &[
            ("access_edge           { fqdn = \"sip.contoso.com\" }", "access_edge           { fqdn = \"sip.fabrikam.com\" }"),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let domains = &view.organization().sip_domains;
    let Some(primary) = domains.first() else { return };
    // A second Access Edge is one too many, whatever its name.
    for (_, endpoint) in view.access_edges().take(1) {
        let Some(fqdn) = &endpoint.fqdn else { continue };
        let (label, parent) = fqdn.value.as_str().split_once('.').unwrap_or((fqdn.value.as_str(), ""));
        let domain = domains.iter().find(|domain| domain.value.as_str() == parent);
        let (message, why) = match domain {
            Some(_) if label == "sip" => continue,
            Some(domain) => (
                format!("the Access Edge should be named `sip.{}`, and it is `{}`", domain.value, fqdn.value),
                "clients and partners expect `sip` in their domain as the subject of its certificate".to_owned(),
            ),
            None => (
                format!("the Access Edge should be named in a SIP domain, and `{}` is in none", fqdn.value),
                format!("`{parent}` is not a SIP domain"),
            ),
        };
        let domain = domain.unwrap_or(primary);
        sink.report(
            Finding::new(message, fqdn.span, why)
                .related(domain.span, if domain.span == primary.span { "the primary SIP domain" } else { "the SIP domain" })
                .help(format!("write `fqdn = \"sip.{}\"`", domain.value))
                .needs(Fact::Written(fqdn.span)),
        );
    }
}
