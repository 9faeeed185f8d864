//! Updates of phones from a computer outside the topology.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Notes `device_update` on 2007: the name and the published path of its update service are in no file of a build.
    ///
    /// ## Why it matters
    /// Phones of 2007 are updated by the Software Update Service, a SharePoint site on a computer of its own that the language
    /// has no word for. Its name and its path have to be added by hand, or phones keep their old software.
    ///
    /// ## Planning Guide
    /// Step 6 lists the update service among what a reverse proxy publishes; the service itself is a download of its own.
    "OCS0490" "phone-updates-elsewhere" {
        severity: Note,
        confidence: Medium,
        source: "Software Update Service, reverse proxy (bb964109)",
        until: Ocs2007,
        bad: Example::with(bases::STANDARD, &[("features    = [", "features    = [device_update, ")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let organization = view.organization();
    let Some(place) = organization.feature(Feature::DeviceUpdate) else { return };
    let Some(row) = view.catalog.left_out.iter().find(|row| row.id == "ucupdates") else { return };
    sink.report(
        Finding::new("the service that updates phones is in no file of a build", place, "its computer stands in no topology")
            .help(format!("add by hand, or leave `device_update` out: {}", row.why)),
    );
}
