//! More calls than a Mediation Server has ports for.

use super::gateways::gateways;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
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
    let of_a_call = view.limit("mediation_server.ports_of_a_call");
    for gateway in gateways(view) {
        let Some(ports) = gateway.ports else { continue };
        let Some((id, place)) = view.dependants(Relation::Gateway, gateway.group.id).first() else { continue };
        let mediation = view.topology.group(*id);
        let range = match &mediation.detail {
            Detail::Mediation { media_ports, .. } => media_ports.as_ref(),
            _ => None,
        };
        let narrow = range.zip(of_a_call).map(|(range, each)| {
            let width = u64::from(range.value.last - range.value.first) + 1;
            (width / each.value.max(1), range, each)
        });
        let carried = narrow.map_or(limit.value, |(calls, ..)| calls);
        if ports.value <= carried {
            continue;
        }
        let (who, sure) = match narrow {
            Some((_, _, each)) => (format!("with its media ports `{}`", mediation.path), &each.provenance),
            None => ("a Mediation Server".to_owned(), &limit.provenance),
        };
        let finding = Finding::new(
            format!(
                "{who} carries {} {}, and `{}` has {} ports behind `{}`",
                words::thousands(carried),
                limit.unit,
                gateway.group.path,
                words::thousands(ports.value),
                mediation.path
            ),
            ports.span,
            format!("{} too many", words::thousands(ports.value - carried)),
        )
        .related(*place, "its Mediation Server")
        .related_opt(narrow.map(|(_, range, _)| range.span), "its media ports")
        .as_sure_as(sure);
        sink.report(finding.help(match narrow {
            Some(_) => {
                "write a wider range of media ports, or spread the ports over several gateways, each with a Mediation Server"
            }
            None => "spread the ports over several gateways, each with a Mediation Server",
        }));
    }
}
