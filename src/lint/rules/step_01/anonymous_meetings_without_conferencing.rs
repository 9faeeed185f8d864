//! Meetings for outsiders, without meetings.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Reports `anonymous_meetings = true` while neither `web_conferencing` nor `av_conferencing` is among the features.
    ///
    /// ## Why it matters
    /// Without a conferencing feature there is no meeting to join. The two statements contradict each other, so one of them is
    /// wrong.
    ///
    /// ## Planning Guide
    /// Step 1 lists meetings with participants without an account as a use of on-premise conferencing.
    "OCS0106" "anonymous-meetings-without-conferencing" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 1, external user access",
        bad: Example::with(bases::EDGE, &[("features    = [web_conferencing, av_conferencing]", "features    = []")]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let Some(place) = organization.feature(Feature::AnonymousMeetings) else { return };
    let conferencing = [Feature::WebConferencing, Feature::AvConferencing];
    if conferencing.into_iter().any(|feature| organization.feature(feature).is_some()) {
        return;
    }
    sink.report(
        Finding::new("anonymous meetings are on, and conferencing is off", place, "outsiders may join meetings")
            .related(organization.span, "the features are declared here")
            .help("write `features = [web_conferencing]`, or leave `anonymous_meetings` out"),
    );
}
