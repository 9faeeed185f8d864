//! Partners without federation.

use super::unlisted_partners::{FEDERATION, LISTED};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Federation;

rule! {
    /// ## What it does
    /// Reports `partner` blocks where federation is off.
    ///
    /// ## Why it matters
    /// Without federation the outer firewall lets no partner in and DNS names no server for them: the list has no effect.
    ///
    /// ## Planning Guide
    /// Step 6: federation is switched on for the edge, the organization and its users before partners are listed.
    "OCS0625" "partner-without-federation" {
        severity: Warning,
        confidence: High,
        source: "Edge deployment step 4.1, federation (bb663635)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED), (
            "federation         = allowed_partners",
            "federation         = none",
        )]),
        good: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED)]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.organization().external.federation != Federation::None {
        return;
    }
    for block in view.blocks_of("external_access") {
        let partners: Vec<_> = block.decl.blocks("partner").collect();
        let Some(first) = partners.first() else { continue };
        let finding = Finding::new(
            format!(
                "{} listed, and federation is off",
                if partners.len() == 1 {
                    "1 partner is".to_owned()
                } else {
                    format!("{} are", words::count(partners.len(), "partner"))
                }
            ),
            first.name_span,
            "nobody lets this partner in",
        );
        let written = block.decl.get("federation").map(|federation| federation.span);
        sink.report(
            finding
                .related_opt(written, "no federation")
                .help("write `federation = allowed_partners` or `discovered` in `external_access`, or take the partners out"),
        );
    }
}
