//! One server of a role of an expanded pool where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::pool_roles::SPLIT_ROLES;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Detail, PoolConfiguration};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Reports an expanded pool at a site whose `availability` is `high`, with one server of a role of its own.
    ///
    /// ## Why it matters
    /// The front ends place new conferences on the servers that are left. Where none is left there are no conferences, or no meeting
    /// content and no address book.
    ///
    /// ## Planning Guide
    /// Step 10: two servers of each role; the second Web Components Server is there for availability alone.
    "OCS1003" "single-conferencing-server" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide steps 2 and 10, tested topologies (bb870396)",
        bad: Example::with(bases::HIGH, &[
            ("configuration     = consolidated", "configuration     = expanded"),
            (
                "front_end fe[01..02] { address = 10.10.0.[11..12] }",
                "front_end fe[01..02] { address = 10.10.0.[11..12] }\n    web_components_server web[01..02] { address = 10.10.0.[41..42] }\n    web_conferencing_server wc[01..02] { address = 10.10.0.[43..44] }\n    av_conferencing_server avc01 { address = 10.10.0.45 }",
            ),
        ]),
        good: Example::of(bases::HIGH),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for group in view.groups(GroupKind::EnterprisePool) {
        if !matches!(group.detail, Detail::Pool { configuration: PoolConfiguration::Expanded, .. }) {
            continue;
        }
        let Some(goal) = goals.of(group.site) else { continue };
        for (role, _, block) in SPLIT_ROLES {
            let Some(endpoint) = view.endpoints(group).find(|endpoint| endpoint.role == *role) else { continue };
            if let [only] = endpoint.members.as_slice() {
                sink.report(
                    Finding::new(
                        format!(
                            "the pool `{}` has one {}, and no failure may take a service away here",
                            group.path,
                            role.title()
                        ),
                        view.topology.server(only.server).span,
                        "nothing takes over when it fails",
                    )
                    .related(goal, "the goal is stated here")
                    .help(format!("declare a second `{block}` in the pool")),
                );
            }
        }
    }
}
