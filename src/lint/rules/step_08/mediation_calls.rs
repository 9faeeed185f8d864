//! More calls than a Mediation Server has ports for.

use super::gateways::gateways;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::Relation;

rule! {
    /// ## What it does
    /// Reports a gateway with more ports than its Mediation Server can carry calls.
    ///
    /// ## Why it matters
    /// A call takes four of the UDP ports from 60,000 to 64,000. Beyond a thousand calls new calls fail although the gateway has
    /// free lines.
    ///
    /// ## Planning Guide
    /// Step 8: the range of media ports allows 1,000 calls at the same time and is left as it is.
    "OCS0818" "mediation-calls" {
        severity: Error,
        confidence: High,
        source: "How to Cheat at Administering OCS 2007, p. 180; 2007 R2, Mediation Server ports (dd441159)",
        bad: Example::with(bases::VOICE, &[("transport = tls }", "transport = tls  ports = 1_200 }")]),
        good: Example::with(bases::VOICE, &[("transport = tls }", "transport = tls  ports = 960 }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("mediation_server.calls") else { return };
    for gateway in gateways(view) {
        let Some(ports) = gateway.ports.filter(|ports| ports.value > limit.value) else { continue };
        let Some((mediation, place)) = view.dependants(Relation::Gateway, gateway.group.id).first() else { continue };
        sink.report(
            Finding::new(
                format!(
                    "a Mediation Server carries {} {}, and `{}` has {} ports behind `{}`",
                    words::thousands(limit.value),
                    limit.unit,
                    gateway.group.path,
                    words::thousands(ports.value),
                    view.topology.group(*mediation).path
                ),
                ports.span,
                format!("{} too many", words::thousands(ports.value - limit.value)),
            )
            .related(*place, "its Mediation Server")
            .help("spread the ports over several gateways, each with a Mediation Server")
            .as_sure_as(&limit.provenance),
        );
    }
}
