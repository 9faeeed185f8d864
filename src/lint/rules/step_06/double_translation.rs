//! One address with two faces.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::StaticNat;

rule! {
    /// ## What it does
    /// Reports an address with two translations to different public addresses.
    ///
    /// ## Why it matters
    /// A translation works in both directions. With two of them the server sends from one public address and is reached at the
    /// other one, and DNS can have only one.
    ///
    /// ## Planning Guide
    /// Step 6: each outside address of an edge has one public address.
    "OCS0615" "double-translation" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617)",
        waivable: false,
        bad: Example::with(bases::EDGE, &[(
            "joins = [internet, edge_outside]  dialect = nftables }",
            r"joins = [internet, edge_outside]
    static_nat one { public = 131.107.156.1  inside = 131.107.155.40 }
    static_nat two { public = 131.107.156.2  inside = 131.107.155.40 }
  }",
        )]),
        good: Example::with(bases::EDGE, &[(
            "joins = [internet, edge_outside]  dialect = nftables }",
            r"joins = [internet, edge_outside]
    static_nat one { public = 131.107.156.1  inside = 131.107.155.40 }
  }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut seen: BTreeMap<Ipv4Addr, &StaticNat> = BTreeMap::new();
    for nat in view.topology.firewalls.iter().flat_map(|firewall| &firewall.nats) {
        let first = *seen.entry(nat.inside.value).or_insert(nat);
        if first.public.value != nat.public.value {
            sink.report(
                Finding::new(
                    format!("{} is translated to {} and to {}", nat.inside.value, first.public.value, nat.public.value),
                    nat.inside.span,
                    format!("`{}` translates it again", nat.name),
                )
                .related(first.inside.span, format!("`{}` translates it already", first.name))
                .help("keep the translation whose public address outsiders use"),
            );
        }
    }
}
