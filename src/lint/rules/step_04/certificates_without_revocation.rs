//! Authorities without a reachable revocation list.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a certification authority that says `crl = false`: its certificates name no revocation list.
    ///
    /// ## Why it matters
    /// Each server looks up the certificate of the other before it talks to it. Without a list to ask, the connection is refused, although
    /// the certificate is sound.
    ///
    /// ## Planning Guide
    /// Step 4: every server certificate names a distribution point of revocation lists, inside and at the edge.
    "OCS0433" "certificates-without-revocation" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 4, certificate infrastructure (bb870336)",
        runs_despite_errors: true,
        bad: Example::with(bases::STANDARD, &[("{ kind = enterprise }", "{ kind = enterprise  crl = false }")]),
        good: Example::with(bases::STANDARD, &[("{ kind = enterprise }", "{ kind = enterprise  crl = true }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("certification_authority") {
        if block.decl.get("crl").is_none() || block.decl.boolean("crl") {
            continue;
        }
        sink.report(
            Finding::new(
                format!("certificates of `{}` must name a revocation list, and name none", block.decl.name),
                block.decl.place("crl"),
                "servers refuse them",
            )
            .related(block.decl.name_span, "the authority")
            .help("have the authority publish its list where servers reach it, and write `crl = true`"),
        );
    }
}
