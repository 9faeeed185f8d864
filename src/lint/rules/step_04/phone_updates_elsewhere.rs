//! Updates of phones from a computer outside the topology.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Feature;

rule! {
    /// ## What it does
    /// Notes `device_update` on 2007: no file of a build has the name and the published path of its update service.
    ///
    /// ## Why it matters
    /// Phones of 2007 are updated by the Software Update Service, a SharePoint site on a separate computer that the language
    /// cannot describe. Its name and its path must be added by hand, or phones keep their old software.
    ///
    /// ## Planning Guide
    /// Step 6 lists the update service among the services that a reverse proxy publishes; the service itself is a separate
    /// download.
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
        Finding::new("no file of a build has the update service for phones", place, "a topology cannot describe its computer")
            .help(format!("add by hand, or leave `device_update` out: {}", row.why)),
    );
}
