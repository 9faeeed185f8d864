//! An Access Edge that is named outside the SIP domains.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

rule! {
    /// ## What it does
    /// Reports an Access Edge whose outside name does not stand directly in one of the SIP domains.
    ///
    /// ## Why it matters
    /// Partners and clients accept an SRV answer only when the host that it names is in the domain that they asked about, and
    /// public IM providers look at the subject of its certificate only.
    ///
    /// ## Planning Guide
    /// Step 6: the name of the Access Edge outside is `sip` in the primary SIP domain, and it is the subject of its
    /// certificate. The SRV records of other domains name `sip` in each of them.
    "OCS0613" "access-edge-name" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 6, DNS requirements of edge servers (bb870404)",
        bad: Example::with(bases::EDGE, &[
            ("access_edge           { fqdn = \"sip.contoso.com\" }", "access_edge           { fqdn = \"sip.fabrikam.com\" }"),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let domains = &view.organization().sip_domains;
    let Some(primary) = domains.first() else { return };
    for (_, endpoint) in view.access_edges() {
        let Some(fqdn) = &endpoint.fqdn else { continue };
        let parent = fqdn.value.as_str().split_once('.').map_or("", |(_, parent)| parent);
        if domains.iter().any(|domain| domain.value.as_str() == parent) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("the Access Edge should be named in a SIP domain, and `{}` is in none", fqdn.value),
                fqdn.span,
                format!("`{parent}` is no SIP domain"),
            )
            .related(primary.span, "the primary SIP domain")
            .help(format!("write `fqdn = \"sip.{}\"`", primary.value)),
        );
    }
}
