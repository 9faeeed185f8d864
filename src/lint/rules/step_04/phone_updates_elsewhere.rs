//! Updates of phones without a computer that has them.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{Feature, GroupKind};

rule! {
    /// ## What it does
    /// Notes `device_update` on 2007 without an `update_server`: no file of a build has the name and the published path of its
    /// update service.
    ///
    /// ## Why it matters
    /// Phones of 2007 are updated by the Software Update Service, a SharePoint site on a separate computer. They look up
    /// `ucupdates` in the SIP domain. Without the record phones keep their old software.
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
        good: Example::with(bases::STANDARD, &[
            ("features    = [", "features    = [device_update, "),
            ("  standard_edition se01 {", "  update_server updates01 { address = 10.10.0.95 }

  standard_edition se01 {"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(place) = view.organization().feature(Feature::DeviceUpdate) else { return };
    if view.groups(GroupKind::UpdateServer).next().is_some() {
        return;
    }
    sink.report(
        Finding::new("no file of a build has the update service for phones", place, "it is on no computer of the topology")
            .help("declare an `update_server` block with its address, or leave `device_update` out"),
    );
}
