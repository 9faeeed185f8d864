//! An unfiltered link to the internet.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::NetworkId;

rule! {
    /// ## What it does
    /// Reports a `wan_link` that joins the internet.
    ///
    /// ## Why it matters
    /// A link filters nothing. One to the internet would put its networks outside every firewall, so no way is ever led over
    /// it.
    ///
    /// ## Planning Guide
    /// Step 6: the internet is met in the perimeter only, behind a firewall.
    "OCS0416" "wan-link-to-internet" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 6, perimeter network (bb894627)",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::STANDARD, &[(
            "  firewall core ",
            "  wan_link office { joins = [internet, clients] }\n  firewall core ",
        )]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for link in &view.topology.wan_links {
        let Some(internet) = link.joins.iter().find(|network| network.value == NetworkId::INTERNET) else { continue };
        sink.report(
            Finding::new(
                format!("the WAN link `{}` joins the internet, and a link filters nothing", link.path),
                internet.span,
                "only a firewall may join it",
            )
            .related(link.span, "the link")
            .help(format!("declare a `firewall {}` with the same `joins`", link.name)),
        );
    }
}
