//! Firewalls in a language that is not written yet.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};

/// What this version writes.
const WRITTEN: &str = "nftables";

rule! {
    /// ## What it does
    /// Notes a firewall whose `dialect` is another than `nftables`.
    ///
    /// ## Why it matters
    /// This version writes `rules.csv` for every firewall, and nftables rules. For a firewall of another make the table is
    /// complete, and somebody has to turn it into the language of the firewall.
    ///
    /// ## Planning Guide
    /// Not in the guide: a limit of this version.
    "OCS0415" "firewall-dialect" {
        severity: Note,
        confidence: High,
        source: "ocstopo, the dialects of this version",
        bad: Example::with(bases::STANDARD, &[("dialect = nftables", "dialect = cisco_asa")]),
        good: Example::of(bases::STANDARD),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for block in view.blocks_of("firewall") {
        let Some(place) = block.decl.get("dialect").map(|value| value.span) else { continue };
        let Some(firewall) = view.firewall_of(block) else { continue };
        if firewall.dialect != WRITTEN {
            sink.report(
                Finding::new(
                    format!("this version does not write `{}` rules", firewall.dialect),
                    place,
                    format!("`{}` gets rules.csv and {WRITTEN} rules", firewall.path),
                )
                .help("take rules.csv to the team that runs the firewall; every rule in it carries its reason"),
            );
        }
    }
}
