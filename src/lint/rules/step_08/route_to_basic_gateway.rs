//! A route that forgets who speaks to the gateway.

use std::collections::BTreeMap;

use super::gateways::gateways;
use crate::catalog::MediationPlace;
use crate::diag::Fix;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Named;
use crate::product::Relation;

rule! {
    /// ## What it does
    /// Reports a route that names a basic gateway instead of its Mediation Server.
    ///
    /// ## Why it matters
    /// Front ends send calls to the destination of the route, encrypted and with codecs that a basic gateway does not support.
    /// The gateway accepts calls only from its Mediation Server.
    ///
    /// ## Planning Guide
    /// Step 8: a route leads to gateways, by the names of the Mediation Servers in front of them.
    "OCS0809" "route-to-basic-gateway" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 8, routes (bb803618) and gateway types (bb663730)",
        fixable: true,
        bad: Example::with(bases::VOICE, &[ROUTED, ("[hq.med01]", "[hq.gw01]")]),
        good: Example::with(bases::VOICE, &[ROUTED]),
    }
}

/// Calls to everywhere, for everybody.
pub(super) const ROUTED: (&str, &str) = (
    "voice {\n",
    r"voice {
  phone_usage all {}
  policy default { usages = [all] }
  route world { match = '^\+\d+$'  gateways = [hq.med01]  usages = [all] }

",
);

fn check(view: &RuleContext, sink: &mut Sink) {
    let gateways = gateways(view);
    let basic = gateways.iter().filter(|gateway| gateway.kind.value.mediation == MediationPlace::OwnComputer);
    let basic: BTreeMap<_, _> = basic.map(|gateway| (gateway.group.id, gateway)).collect();
    for block in view.blocks_of("route") {
        for words in block.decl.references("gateways") {
            let Some(Named::Group(id)) = view.topology.by_path.get(&words.value.join(".")) else { continue };
            let Some(gateway) = basic.get(id) else { continue };
            let finding = Finding::new(
                format!(
                    "the route `{}` must lead to a Mediation Server, and `{}` is a basic gateway",
                    block.decl.name, gateway.group.path
                ),
                words.span,
                "it does not accept calls from front ends",
            )
            .related(gateway.group.span, "the gateway")
            .as_sure_as(&gateway.kind.value.provenance);
            sink.report(match view.dependants(Relation::Gateway, *id) {
                [(mediation, _)] => {
                    let path = &view.topology.group(*mediation).path;
                    finding.help(format!("write `{path}`, its Mediation Server")).fix(Fix::write(words.span, path.as_str()))
                }
                _ => finding.help("name its Mediation Server instead"),
            });
        }
    }
}
