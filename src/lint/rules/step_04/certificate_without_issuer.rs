//! Certificates that no declared authority can issue.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{Feature, IssuerKind};

rule! {
    /// ## What it does
    /// Reports an organization without any `certification_authority`, and one without a public one while partners, public IM providers or anonymous
    /// participants must trust its edge.
    ///
    /// ## Why it matters
    /// Every connection between servers is TLS with certificates on both sides: without an issuer nothing starts. Outsiders know public authorities only.
    ///
    /// ## Planning Guide
    /// Step 4: internal certificates come from an Enterprise CA by preference, a public one is allowed. Step 6: public IM, anonymous meetings and federation
    /// need a certificate from a public authority at the Access Edge.
    "OCS0406" "certificate-without-issuer" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, certificate infrastructure (bb870336); step 6, certificates of edge servers",
        bad: Example::with(bases::EDGE, &[("  certification_authority public_ca { kind = public }\n", "")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let has = |kind| organization.authorities.iter().any(|authority| authority.kind == kind);
    if organization.authorities.is_empty() {
        sink.report(
            Finding::new("no certification authority is declared", organization.span, "nobody issues the servers' certificates")
                .help("declare `certification_authority corp_ca { kind = enterprise }` in the organization"),
        );
        return;
    }
    let strangers = [
        (Feature::PublicIm, "public IM providers"),
        (Feature::Federation, "federated partners"),
        (Feature::AnonymousMeetings, "anonymous participants"),
    ];
    let who = strangers.into_iter().find_map(|(feature, who)| Some((organization.feature(feature)?, who)));
    if let Some((place, who)) = who
        && !has(IssuerKind::Public)
        && let Some((_, endpoint)) = view.access_edges().next()
    {
        sink.report(
            Finding::new(
                "the Access Edge needs a certificate of a public authority, and none is declared",
                place,
                format!("{who} trust public authorities only"),
            )
            .related(endpoint.span, "the certificate is for this interface")
            .help("declare `certification_authority public_ca { kind = public }` in the organization"),
        );
    }
}
