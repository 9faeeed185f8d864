//! More users on an Enterprise pool than its configuration carries.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Detail, PoolConfiguration};
use crate::product::GroupKind;

rule! {
    /// ## What it does
    /// Compares the users of each Enterprise pool with the largest tested pool of its configuration: in 2007 30,000
    /// consolidated, 125,000 expanded, 50,000 expanded where the `class` of its database is `mid_range`; in 2007 R2 100,000.
    ///
    /// ## Why it matters
    /// The figures are those of the tested topologies. The SQL Server behind the pool was not measured with more users, and a
    /// pool cannot have a second one.
    ///
    /// ## Planning Guide
    /// Step 2, the capacity table of the tested topologies. The 125,000 users of the expanded configuration require the
    /// high-performance SQL Server; the mid-range one carries 50,000.
    "OCS0202" "pool-users" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, tested topologies (bb870396)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[("users             = 9_000", "users             = 45_000")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        let Detail::Pool { configuration, users: Some(users), .. } = &group.detail else { continue };
        let class = match configuration {
            PoolConfiguration::Consolidated => None,
            PoolConfiguration::Expanded => view.topology.mid_range_database(group),
        };
        let (id, word, database) = match (configuration, class) {
            (PoolConfiguration::Consolidated, _) => ("pool.consolidated.users", "consolidated", ""),
            (PoolConfiguration::Expanded, None) => ("pool.expanded.users", "expanded", ""),
            (PoolConfiguration::Expanded, Some(_)) if view.limit("pool.expanded.mid_range.users").is_none() => {
                ("pool.expanded.users", "expanded", "")
            }
            (PoolConfiguration::Expanded, Some(_)) => ("pool.expanded.mid_range.users", "expanded", " with a mid-range database"),
        };
        let Some(limit) = view.limit(id) else { continue };
        if users.value <= limit.value {
            continue;
        }
        let larger = view.limit("pool.expanded.users").map_or(0, |limit| limit.value);
        let write = match (configuration, class) {
            (PoolConfiguration::Consolidated, _) => Some("`configuration = expanded`"),
            (PoolConfiguration::Expanded, Some(_)) => Some("`class = high_performance`"),
            (PoolConfiguration::Expanded, None) => None,
        };
        let grow = write
            .filter(|_| users.value <= larger && larger > limit.value)
            .map(|write| format!("{write} carries up to {}; or ", words::thousands(larger)))
            .unwrap_or_default();
        sink.report(
            Finding::new(
                format!(
                    "an Enterprise pool in the {word} configuration{database} carries at most {} users, and `{}` has {}",
                    words::thousands(limit.value),
                    group.path,
                    words::thousands(users.value)
                ),
                users.span,
                format!("{} too many", words::thousands(users.value - limit.value)),
            )
            .related(group.span, format!("a pool in the {word} configuration"))
            .related_opt(class, "its database")
            .help(format!("{grow}home some of the users on another pool")),
        );
    }
}
