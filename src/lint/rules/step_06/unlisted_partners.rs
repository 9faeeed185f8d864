//! An empty list of allowed partners.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Federation;

rule! {
    /// ## What it does
    /// Notes `federation = allowed_partners` without a `partner` block.
    ///
    /// ## Why it matters
    /// In this mode the Access Edge refuses everybody who is not on its list. The list is then kept somewhere else, and
    /// nobody who reads the topology knows to whom the perimeter is open.
    ///
    /// ## Planning Guide
    /// Step 6: without discovery only domains and servers of the Allow list may connect. They may be entered later, so this
    /// is a note.
    "OCS0624" "unlisted-partners" {
        severity: Note,
        confidence: High,
        source: "Edge deployment step 4.1, federation (bb663635)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[FEDERATION]),
        good: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED)]),
    }
}

/// Federation with listed partners.
pub(super) const FEDERATION: (&str, &str) =
    ("    anonymous_meetings = true\n", "    anonymous_meetings = true\n    federation         = allowed_partners\n");

/// The same with a partner on the list.
pub(super) const LISTED: &str = r#"federation         = allowed_partners

    partner fabrikam { sip_domain = "fabrikam.com"  access_edge = "sip.fabrikam.com" }
"#;

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("federation.without_discovery") else { return };
    if view.organization().external.federation != Federation::AllowedPartners {
        return;
    }
    for block in view.blocks_of("external_access").filter(|block| block.decl.block("partner").is_none()) {
        sink.report(
            Finding::new(
                "with `allowed_partners` only listed partners may connect, and none is listed",
                block.decl.place("federation"),
                "the list is empty",
            )
            .help("declare each: `partner fabrikam { sip_domain = \"…\"  access_edge = \"…\" }`")
            .by_support_level(row),
        );
    }
}
