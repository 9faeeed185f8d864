//! Audio and video with partners, without partners.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Reports `federated_av` while `federation` is `none`, or while audio/video conferencing is off.
    ///
    /// ## Why it matters
    /// `federated_av` opens the media range 50,000-59,999 of the A/V Edge to the internet. Without federation it has no use: ten
    /// thousand ports would be open for nothing.
    ///
    /// ## Planning Guide
    /// Step 6 ties the range to partners: partners that run OCS 2007 need it in both directions, partners that run 2007 R2 only
    /// outbound.
    "OCS0105" "federated-av-without-federation" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 6, A/V Edge Server and the port range 50,000-59,999",
        bad: Example::with(bases::SCALED, &[("federation         = discovered", "federation         = none")]),
        good: Example::of(bases::SCALED),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let on = [Feature::FederatedAvOcs2007, Feature::FederatedAvOcs2007R2]
        .into_iter()
        .find_map(|feature| organization.feature(feature));
    let Some(place) = on else { return };
    let (lacks, write) = if organization.feature(Feature::Federation).is_none() {
        ("federation", "`federation = allowed_partners` or `federation = discovered`")
    } else if organization.feature(Feature::AvConferencing).is_none() {
        ("audio/video conferencing", "`av_conferencing` among the `features`")
    } else {
        return;
    };
    sink.report(
        Finding::new(
            format!("`federated_av` requires {lacks}, which is off"),
            place,
            "partners' audio and video are switched on here",
        )
        .help(format!("write {write}, or leave `federated_av` out")),
    );
}
