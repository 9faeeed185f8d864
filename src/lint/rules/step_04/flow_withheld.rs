//! Traffic that nothing is opened for, because the catalogue is not sure of it.

use crate::lint::rule::rule;
use crate::lint::words::{count, list};
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes traffic that a feature may need and that a firewall blocks because the catalogue's confidence in it is low: no rule
    /// is written for it.
    ///
    /// ## Why it matters
    /// Ports are opened only for traffic that is known to be needed. This note and the runbook's step for the firewall report the
    /// traffic before its absence causes a failure.
    ///
    /// ## Planning Guide
    /// Not in the guide: these rows are based on later releases, on practice, or on memory.
    "OCS0426" "flow-withheld" {
        severity: Note,
        confidence: Low,
        source: "the catalogue's flows of low confidence",
        bad: Example::with(bases::VOICE, &[(
            "  waive flow-withheld { reason = \"Phones take the time from a server in their own network\" }\n",
            "",
        )]),
        good: Example::of(bases::VOICE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let product = view.organization().product;
    for withheld in &view.flows.withheld {
        let row = withheld.row;
        let Some((feature, place)) = withheld.features.first() else { continue };
        let firewalls: Vec<_> = withheld.firewalls.iter().map(|id| view.topology.firewall(*id)).collect();
        let Some(first) = firewalls.first() else { continue };
        let ports = row.transport.iter().flat_map(|transport| {
            let word = transport.word();
            row.ports.iter().map(move |range| format!("{word}/{range}"))
        });
        let from: Vec<&str> = row.from.iter().map(|role| role.noun_in(product)).collect();
        let way = match firewalls.len() {
            1 => format!("`{}`", first.path),
            more => format!("`{}` and {} more", first.path, count(more - 1, "firewall")),
        };
        sink.report(
            Finding::new(
                format!(
                    "traffic of row {} ({} from {} to {}, {}) is not opened: the catalogue's confidence in it is low",
                    row.id,
                    row.application,
                    list(&from),
                    row.to.noun_in(product),
                    list(&ports.collect::<Vec<_>>()),
                ),
                *place,
                format!("`{}` may need it: {}", feature.written(), row.purpose),
            )
            .related(first.span, "the traffic would pass this firewall")
            .help(format!(
                "if you need it, open it by hand on {way}, and waive this note; without it: {}; source: {}",
                row.breaks,
                row.provenance.source.join(", "),
            )),
        );
    }
}
