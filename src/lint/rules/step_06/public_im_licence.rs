//! Services that know nothing of the organization yet.

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports `public_im` without `public_im_licensed = true`.
    ///
    /// ## Why it matters
    /// MSN, AOL and Yahoo! let in the servers of SIP domains that are registered with them. Until then every message to their
    /// users is refused, with nothing wrong at the edge.
    ///
    /// ## Planning Guide
    /// Step 6: public instant messaging needs a service licence of its own, and each SIP domain with its Access Edge is
    /// registered with the services, which takes weeks. Nothing else depends on it, so this is a warning.
    "OCS0628" "public-im-licence" {
        severity: Warning,
        confidence: High,
        source: "Resource Kit, chapter 6, public IM connectivity",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[PUBLIC_IM]),
        good: Example::with(bases::EDGE, &[PUBLIC_IM, ("[msn, yahoo]\n", "[msn, yahoo]\n    public_im_licensed = true\n")]),
    }
}

const PUBLIC_IM: (&str, &str) =
    ("    anonymous_meetings = true\n", "    anonymous_meetings = true\n    public_im          = [msn, yahoo]\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("public_im.licence") else { return };
    let services = &view.organization().external.public_im;
    let (Some(first), Some(last)) = (services.first(), services.last()) else { return };
    for block in view.blocks_of("external_access").filter(|block| !block.decl.boolean("public_im_licensed")) {
        sink.report(
            Finding::new(
                "public instant messaging needs a licence and registered SIP domains, and nothing says that they are there",
                first.span.to(last.span),
                "the services refuse domains that they do not know",
            )
            .related_opt(block.decl.get("public_im_licensed").map(|written| written.span), "not yet")
            .help("order the licence, register each SIP domain with its Access Edge, and write `public_im_licensed = true`")
            .by_support_level(row),
        );
    }
}
