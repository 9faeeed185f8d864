//! One way to the telephone network where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Group, SiteId};
use crate::product::GroupKind;
use std::collections::BTreeMap;

rule! {
    /// ## What it does
    /// Reports a site whose `availability` is `high` with one Mediation Server, or one media gateway.
    ///
    /// ## Why it matters
    /// Mediation Server and gateway form a pair, and a call that finds the pair down is not placed. Emergency calls are among them.
    ///
    /// ## Planning Guide
    /// Steps 8 and 10: several pairs, of which each can carry the calls; at least two gateways are advised.
    "OCS1007" "single-gateway" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 10 (bb870413); How to Cheat at Administering OCS 2007, p. 217",
        bad: Example::with(bases::HIGH, &[
            ("  mediation_server med02 {\n    address          = 10.10.0.62\n    gateway_address  = 10.10.8.62\n    next_hop         = pool01\n    gateway          = gw02\n    location_profile = hq\n  }\n\n", ""),
            ("  media_gateway gw02 { address = 10.10.8.72  transport = tls }\n", ""),
        ]),
        good: Example::of(bases::HIGH),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for kind in [GroupKind::MediationServer, GroupKind::MediaGateway] {
        let mut of_site: BTreeMap<SiteId, Vec<&Group>> = BTreeMap::new();
        for group in view.groups(kind) {
            of_site.entry(group.site).or_default().push(group);
        }
        for (site, groups) in of_site {
            let (Some(goal), [only]) = (goals.of(site), groups.as_slice()) else { continue };
            // Server and gateway are a pair: one finding for both.
            let paired = kind == GroupKind::MediaGateway
                && view.groups(GroupKind::MediationServer).filter(|server| server.site == site).count() == 1;
            if paired {
                continue;
            }
            sink.report(
                Finding::new(
                    format!(
                        "calls of `{}` have one way to the telephone network: `{}`",
                        view.topology.site(site).name,
                        only.name
                    ),
                    only.span,
                    "nothing takes over when it fails",
                )
                .related(goal, "no failure may take a service away here")
                .help("declare a second `mediation_server` with a `media_gateway` of its own"),
            );
        }
    }
}
