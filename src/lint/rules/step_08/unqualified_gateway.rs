//! A media gateway that is not qualified.

use super::gateways::gateways;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a media gateway of a kind of which none was qualified for the release.
    ///
    /// ## Why it matters
    /// The guide describes such gateways as something to come. Who plans with one must be able to buy one that works with the
    /// release; without, calls take a basic gateway with a Mediation Server.
    ///
    /// ## Planning Guide
    /// Step 8: of advanced gateways the guide of 2007 speaks in the future tense. 2007 R2 plans with them.
    "OCS0811" "unqualified-gateway" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, gateway types (bb663730)",
        bad: Example::with(bases::VOICE, &[(
            "  media_gateway gw01",
            "  media_gateway gw02 { address = 10.10.8.72  kind = advanced }\n  media_gateway gw01",
        )]),
        good: Example::with(bases::VOICE, &[(
            "  media_gateway gw01",
            "  media_gateway gw02 { address = 10.10.8.72  kind = basic_hybrid }\n  media_gateway gw01",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for gateway in gateways(view).iter().filter(|gateway| !gateway.kind.value.qualified) {
        let row = gateway.kind.value;
        sink.report(
            Finding::new(
                format!("no gateway of the kind `{}` was qualified for the release, and `{}` is one", row.id, gateway.group.path),
                gateway.kind.span,
                "such gateways were yet to come",
            )
            .related(gateway.group.span, "the gateway")
            .help("write `kind = basic`, and declare a `mediation_server` for it; or waive this with the maker's word")
            .as_sure_as(&row.provenance),
        );
    }
}
