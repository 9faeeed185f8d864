//! A media gateway without a Mediation Server.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Relation;

rule! {
    /// ## What it does
    /// Reports a media gateway of the kind `basic` that no Mediation Server names.
    ///
    /// ## Why it matters
    /// A basic gateway speaks neither the encrypted SIP nor the audio codecs of the product. Without a Mediation Server no
    /// call passes it, and no firewall rule names it.
    ///
    /// ## Planning Guide
    /// Step 8: a basic gateway needs a Mediation Server of its own; a hybrid one brings it along, an advanced one needs none.
    "OCS0804" "unused-media-gateway" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, gateway types (dd441273)",
        bad: Example::with(bases::VOICE, &[(
            "  media_gateway gw01",
            "  media_gateway gw02 { address = 10.10.8.72 }\n  media_gateway gw01",
        )]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("media_gateway") {
        let Some(group) = view.group_of(block) else { continue };
        let basic = block.decl.choice("kind").is_none_or(|kind| kind.value == "basic");
        if basic && view.dependants(Relation::Gateway, group.id).is_empty() {
            sink.report(
                Finding::new(
                    format!("no Mediation Server speaks to the basic gateway `{}`", group.path),
                    group.span,
                    "no `gateway` names it",
                )
                .help(format!(
                    "declare a `mediation_server` with `gateway = {}`, or write `kind = basic_hybrid` or `advanced`",
                    group.name
                )),
            );
        }
    }
}
