//! A consolidated pool with computers for roles that its front ends carry.

use crate::lint::pool_roles::SPLIT_ROLES;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Detail, PoolConfiguration};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Reports a separate Web Conferencing, A/V Conferencing or Web Components server in a consolidated pool.
    ///
    /// ## Why it matters
    /// Setup of a consolidated pool installs all roles on every front end, so such a server cannot join the pool. Firewall rules
    /// for it would open ports to a computer without a function.
    ///
    /// ## Planning Guide
    /// Step 2: in the consolidated configuration no role can run on a separate server.
    "OCS0204" "split-role-in-consolidated-pool" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, pool components (bb964044)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[(
            "    back_end sql01",
            "    web_conferencing_server wc01 { address = 10.10.0.21 }\n    back_end sql01",
        )]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("enterprise_pool") {
        let Some(group) = view.group_of(block) else { continue };
        if group.kind != GroupKind::EnterprisePool
            || !matches!(group.detail, Detail::Pool { configuration: PoolConfiguration::Consolidated, .. })
        {
            continue;
        }
        let split = block.decl.children.iter().filter(|child| SPLIT_ROLES.iter().any(|(_, _, kind)| *kind == child.kind()));
        for child in split.filter(|child| child.index == 0) {
            sink.report(
                Finding::new(
                    format!("`{}` has a `{}`, and a consolidated pool has none", group.path, child.kind()),
                    child.name_span,
                    "the front ends carry this role",
                )
                .related(block.decl.place("configuration"), "the pool's configuration is consolidated")
                .help(format!(
                    "remove `{}`; to keep it, write `configuration = expanded` and declare the other servers of an expanded pool",
                    child.name
                )),
            );
        }
    }
}
