//! An Enterprise pool without its database.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::model::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports an Enterprise pool that has no `back_end`.
    ///
    /// ## Why it matters
    /// The front ends keep nothing: contacts, presence and meetings are in the SQL Server database. Without it the pool cannot be created, and the
    /// rule for TCP 1433 is missing.
    ///
    /// ## Planning Guide
    /// Step 2: the back end of an Enterprise pool is SQL Server on a computer of its own.
    "OCS0203" "pool-without-back-end" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 2, pool configurations; database topologies (bb964073)",
        bad: Example::with(bases::POOL, &[("    back_end sql01 { address = 10.10.0.30 }\n", "")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for group in view.groups(GroupKind::EnterprisePool) {
        if group.related(Relation::BackEnd).next().is_none() {
            sink.report(
                Finding::new(
                    format!("the Enterprise pool `{}` has no back end", group.path),
                    group.span,
                    "no `back_end` block inside",
                )
                .help("declare `back_end sql01 { address = … }` inside the pool"),
            );
        }
    }
}
