//! A link that leads past the inner firewall.

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Zone;

rule! {
    /// ## What it does
    /// Reports a `wan_link` that joins a perimeter network with an internal one.
    ///
    /// ## Why it matters
    /// A link filters nothing, so the two networks are one: an attacker who takes over an edge server has passed every inner
    /// firewall. No rule is written for this traffic, and no firewall enforces `never` assertions there.
    ///
    /// ## Planning Guide
    /// Step 6: a firewall is between the perimeter and the internal network.
    "OCS0424" "wan-link-of-perimeter" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 6, perimeter network (bb894627)",
        bad: Example::with(bases::EDGE, &[(
            "  firewall inner ",
            "  wan_link direct { joins = [servers, edge_inside] }\n  firewall inner ",
        )]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for link in &view.topology.wan_links {
        let of = |zone| link.joins.iter().find(|network| view.topology.network(network.value).zone == zone);
        let (Some(perimeter), Some(internal)) = (of(Zone::Perimeter), of(Zone::Internal)) else { continue };
        let path = |network| &view.topology.network(network).path;
        let declared = view.topology.network(perimeter.value).span;
        let finding = Finding::new(
            format!(
                "the WAN link `{}` joins the perimeter network `{}` with the internal `{}`, and a link filters nothing",
                link.path,
                path(perimeter.value),
                path(internal.value)
            ),
            perimeter.span,
            "a perimeter network",
        )
        .related(internal.span, "an internal network")
        .help(format!("declare a `firewall {}` with the same `joins`, or remove one of the networks", link.name));
        // Ways through it follow.
        sink.report(declared.into_iter().fold(finding, |finding, place| finding.blames(Fact::Written(place))));
    }
}
