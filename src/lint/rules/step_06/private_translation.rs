//! A translation to an address that the internet does not have.

use super::misplaced_translation::reported_elsewhere;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::is_private;
use crate::product::Zone;

rule! {
    /// ## What it does
    /// Reports a `static_nat` whose `public` address is private, or belongs to an internal network of the topology.
    ///
    /// ## Why it matters
    /// The external zone publishes this address, which cannot be reached from the internet. An address of an internal network
    /// would also be used twice.
    ///
    /// ## Planning Guide
    /// Step 6: each service for outsiders has a public address, its own or one that the outer firewall translates.
    "OCS0617" "private-translation" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617)",
        bad: Example::with(bases::EDGE, &[(
            "joins = [internet, edge_outside]  dialect = nftables }",
            r"joins = [internet, edge_outside]
    static_nat proxy { public = 10.10.0.77  inside = 131.107.155.40 }
  }",
        )]),
        good: Example::with(bases::EDGE, &[(
            "joins = [internet, edge_outside]  dialect = nftables }",
            r"joins = [internet, edge_outside]
    static_nat proxy { public = 131.107.156.1  inside = 131.107.155.40 }
  }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let reported = reported_elsewhere(view);
    for firewall in &view.topology.firewalls {
        for nat in firewall.nats.iter().filter(|nat| !reported.contains(&nat.span)) {
            let public = nat.public.value;
            let home = view.topology.network_around(public).filter(|network| network.zone == Zone::Internal);
            let label = match home {
                Some(home) => format!("an address of `{}`, which is internal", home.path),
                None if is_private(public) => "the internet does not route this address".to_owned(),
                None => continue,
            };
            sink.report(
                Finding::new(
                    format!(
                        "`{}` translates {} to {public}, which cannot be reached from the internet",
                        firewall.path, nat.inside.value
                    ),
                    nat.public.span,
                    label,
                )
                .related_opt(home.and_then(|home| home.span), "the network")
                .help("write the public address that the internet routes to this firewall"),
            );
        }
    }
}
