//! One gateway for two Mediation Servers.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports a media gateway that a second Mediation Server names.
    ///
    /// ## Why it matters
    /// A basic gateway sends its calls to one Mediation Server, so the second one receives no calls.
    ///
    /// ## Planning Guide
    /// Step 8: one Mediation Server for each basic gateway. Several gateways per server came with a later product.
    "OCS0802" "shared-media-gateway" {
        severity: Error,
        confidence: High,
        source: "Resource Kit chapter 3; Mediation Server checklist (dd425126)",
        bad: Example::with(bases::VOICE, &[(
            "  media_gateway gw01",
            r"  mediation_server med02 {
    address          = 10.10.0.62
    gateway_address  = 10.10.8.62
    next_hop         = se01
    gateway          = gw01
    location_profile = hq
  }

  media_gateway gw01",
        )]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for gateway in view.groups(GroupKind::MediaGateway) {
        let Some(((first, first_place), others)) = view.dependants(Relation::Gateway, gateway.id).split_first() else { continue };
        for (other, place) in others {
            sink.report(
                Finding::new(
                    format!(
                        "the gateway `{}` belongs to one Mediation Server, and `{}` is a second one",
                        gateway.path,
                        view.topology.group(*other).path
                    ),
                    *place,
                    "the gateway is taken",
                )
                .related(*first_place, format!("`{}` has it", view.topology.group(*first).path))
                .help("declare a `media_gateway` for each Mediation Server"),
            );
        }
    }
}
