//! SIP domains that the internet cannot resolve.

use crate::catalog::samples;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::Feature;

rule! {
    /// ## What it does
    /// Notes SIP domains under an ending that no registry gives out, such as `.local`, while outside access is on.
    ///
    /// ## Why it matters
    /// Partners and remote clients look the SIP domain up in public DNS, and a public certification authority certifies
    /// registered names only.
    ///
    /// ## Planning Guide
    /// Step 4 lets the SIP domain differ from the Active Directory domain; that is the way out. The rule itself is from
    /// experience, so it is a note.
    "OCS0107" "unregistered-sip-domain" {
        severity: Note,
        confidence: Low,
        source: "Planning Guide step 4, SIP domains (recalled)",
        bad: Example::with(bases::EDGE, &[
            ("sip_domains = [\"contoso.com\"]", "sip_domains = [\"contoso.com\", \"contoso.local\"]"),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &View, sink: &mut Sink) {
    let organization = view.organization();
    let outside = [Feature::RemoteUsers, Feature::Federation, Feature::PublicIm, Feature::AnonymousMeetings];
    let Some(access) = outside.into_iter().find_map(|feature| organization.feature(feature)) else { return };
    for domain in &organization.sip_domains {
        if let Some(ending) = samples().private_ending_of(domain.value.as_str()) {
            sink.report(
                Finding::new(
                    format!("the SIP domain `{}` cannot be reached from the internet", domain.value),
                    domain.span,
                    format!("no registry gives out names under `.{}` ({})", ending.name, ending.source),
                )
                .related(access, "outside access is switched on here")
                .help("give outside users a SIP domain that you own in public DNS; it need not be the Active Directory domain"),
            );
        }
    }
}
