//! A Mediation Server in front of a gateway that has its own.

use super::gateways::gateways;
use crate::catalog::MediationPlace;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Relation;

rule! {
    /// ## What it does
    /// Reports a `mediation_server` whose gateway is of a kind that needs no separate Mediation Server.
    ///
    /// ## Why it matters
    /// Media is then translated twice, or the gateway refuses to work with a Mediation Server; in both cases the computer is not
    /// needed.
    ///
    /// ## Planning Guide
    /// Step 8: a basic hybrid gateway runs the Mediation Server itself; an advanced gateway does not need one.
    "OCS0810" "needless-mediation-server" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 8, gateway types (bb663730)",
        bad: Example::with(bases::VOICE, &[("transport = tls }", "transport = tls  kind = basic_hybrid }")]),
        good: Example::with(bases::VOICE, &[("transport = tls }", "transport = tls  kind = basic }")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for gateway in gateways(view) {
        let row = gateway.kind.value;
        let has = match row.mediation {
            MediationPlace::OwnComputer => continue,
            MediationPlace::Gateway => "has a Mediation Server on its own computer",
            MediationPlace::None => "needs no Mediation Server",
        };
        for (mediation, place) in view.dependants(Relation::Gateway, gateway.group.id) {
            let mediation = view.topology.group(*mediation);
            sink.report(
                Finding::new(
                    format!("the gateway `{}` {has}, and `{}` is in front of it", gateway.group.path, mediation.path),
                    *place,
                    "this Mediation Server is not needed",
                )
                .related(gateway.kind.span, format!("the kind `{}`", row.id))
                .help(format!("remove `mediation_server {}`, or write `kind = basic`", mediation.name))
                .as_sure_as(&row.provenance),
            );
        }
    }
}
