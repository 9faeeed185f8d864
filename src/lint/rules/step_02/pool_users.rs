//! More users on an Enterprise pool than its configuration carries.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases, words};
use crate::model::{Detail, GroupKind, PoolConfiguration};

rule! {
    /// ## What it does
    /// Compares the users of each Enterprise pool with the largest tested pool of its configuration: 30,000 consolidated,
    /// 125,000 expanded.
    ///
    /// ## Why it matters
    /// The figures are those of the tested topologies. Beyond them nobody has measured the SQL Server behind the pool, and it
    /// is the part that cannot be doubled.
    ///
    /// ## Planning Guide
    /// Step 2, the capacity table of the tested topologies. The 125,000 of the expanded configuration ask for the
    /// high-performance SQL Server; the mid-range one carries 50,000.
    "OCS0202" "pool-users" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, tested topologies (bb870396)",
        of_what_is_written: true,
        products: &[crate::schema::Product::Ocs2007],
        bad: Example::with(bases::POOL, &[("users             = 9_000", "users             = 45_000")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        let Detail::Pool { configuration, users: Some(users), .. } = &group.detail else { continue };
        let (id, word) = match configuration {
            PoolConfiguration::Consolidated => ("pool.consolidated.users", "consolidated"),
            PoolConfiguration::Expanded => ("pool.expanded.users", "expanded"),
        };
        let limit = view.limit(id);
        if users.value <= limit.value {
            continue;
        }
        let larger = view.limit("pool.expanded.users");
        let expand = match configuration {
            PoolConfiguration::Consolidated if users.value <= larger.value => {
                format!("`configuration = expanded` carries up to {}; or ", words::thousands(larger.value))
            }
            _ => String::new(),
        };
        sink.report(
            Finding::new(
                format!(
                    "an Enterprise pool in the {word} configuration carries at most {} users, `{}` has {}",
                    words::thousands(limit.value),
                    group.path,
                    words::thousands(users.value)
                ),
                users.span,
                format!("{} too many", words::thousands(users.value - limit.value)),
            )
            .related(group.span, format!("a pool in the {word} configuration"))
            .help(format!("{expand}home some of the users on another pool")),
        );
    }
}
