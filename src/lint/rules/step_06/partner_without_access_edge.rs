//! A partner without a known Access Edge.

use super::unlisted_partners::{FEDERATION, LISTED};
use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Federation;

rule! {
    /// ## What it does
    /// Reports a `partner` without `access_edge` where partners are not discovered.
    ///
    /// ## Why it matters
    /// Without discovery the Access Edge asks no name server for the partner's: no rule of the outer firewall is there for
    /// such questions. Messages to the partner go nowhere.
    ///
    /// ## Planning Guide
    /// Step 6: a partner that is not found by DNS is listed with its SIP domain and the name of its Access Edge.
    "OCS0627" "partner-without-access-edge" {
        severity: Warning,
        confidence: High,
        source: "Migration, step 7, federation on the Access Edge (bb870345)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED), (
            "  access_edge = \"sip.fabrikam.com\"",
            "",
        )]),
        good: Example::with(bases::EDGE, &[FEDERATION, ("federation         = allowed_partners\n", LISTED)]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("federation.direct") else { return };
    if view.organization().external.federation != Federation::AllowedPartners {
        return;
    }
    for block in view.blocks_of("partner").filter(|block| !block.decl.is_written("access_edge")) {
        let domain = block.decl.fqdn("sip_domain").map_or_else(|| "…".to_owned(), |domain| domain.value.to_string());
        sink.report(
            Finding::new(
                format!("partners that DNS does not lead to need a named Access Edge, and `{}` has none", block.decl.name),
                block.decl.name_span,
                "no `access_edge` here",
            )
            .help(format!(
                "write `access_edge = \"sip.{domain}\"` with the name that the partner uses, or `federation = discovered`"
            ))
            .as_sure_as(&row.provenance),
        );
    }
}
