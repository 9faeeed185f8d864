//! One database computer where nothing may fail.

use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Group;
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports a pool at a site whose `availability` is `high`, and whose database is no cluster of two nodes.
    ///
    /// ## Why it matters
    /// Contacts, conferences and settings of all users are in this database. Front ends without it serve nobody.
    ///
    /// ## Planning Guide
    /// Step 10: a failover cluster of SQL Server with two nodes, one active and one passive.
    "OCS1002" "single-database" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide steps 10 and 11 (bb870413, bb870352); 2007 R2 back-end database (dd425285)",
        bad: Example::with(bases::HIGH, &[("  nodes = [10.10.0.31, 10.10.0.32]", "")]),
        good: Example::of(bases::HIGH),
    }
}

/// The failover cluster that the database could be, with two free addresses of its network.
fn cluster(view: &RuleContext, database: &Group) -> String {
    let network =
        database.servers.first().and_then(|id| view.topology.server(*id).addresses.first()).map(|(_, network)| *network);
    let free = network.into_iter().flat_map(|network| view.topology.free_addresses(network)).take(2);
    let nodes: Vec<String> = free.map(|address| address.to_string()).collect();
    match nodes.len() {
        2 => format!("make it a failover cluster: write `nodes = [{}]` beside its virtual `address`", nodes.join(", ")),
        _ => "make it a failover cluster: write the addresses of its `nodes` beside its virtual `address`".to_owned(),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    for pool in view.groups(GroupKind::EnterprisePool).chain(view.groups(GroupKind::DirectorArray)) {
        let Some(goal) = goals.of(pool.site) else { continue };
        for database in pool.related(Relation::BackEnd).map(|id| view.topology.group(id)) {
            // The first address is that of the database itself, the others are its nodes.
            let nodes = database.servers.iter().map(|id| view.topology.server(*id).addresses.len().saturating_sub(1)).max();
            if nodes.is_some_and(|nodes| nodes >= 2) {
                continue;
            }
            sink.report_once(
                Finding::new(
                    format!("the database of `{}` is one computer, and no failure may take a service away here", pool.path),
                    database.span,
                    "nothing takes over when it fails",
                )
                .related(goal, "the goal is stated here")
                .help(cluster(view, database)),
            );
        }
    }
}
