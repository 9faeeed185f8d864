//! Archiving Servers that purge one database at the same time.

use std::collections::BTreeMap;

use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::{Detail, Group};
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports Archiving Servers that write to one database (`database`) and purge it in the same hour, or do not state the hour
    /// (`purge_hour`). Servers with `purges = false` are left out.
    ///
    /// ## Why it matters
    /// A purge locks the database. Two purges at once wait for each other, the message queues grow, and in critical mode front
    /// ends stop.
    ///
    /// ## Planning Guide
    /// Step 12: several Archiving Servers may write to one database; then they purge at different hours, or one purges for all.
    "OCS1220" "archiving-purge-together" {
        severity: Warning,
        confidence: High,
        source: "Archiving, purge of a shared database (How to Cheat at Administering OCS 2007, pages 226 and 227; 2007 R2 help 74c70aab)",
        bad: Example::with(bases::ARCHIVING, &[SECOND, ("database = arch01.archdb", "database = arch01.archdb  purge_hour = 2"), OWN_HOUR]),
        good: Example::with(bases::ARCHIVING, &[SECOND, ("database = arch01.archdb", "database = arch01.archdb  purge_hour = 4"), OWN_HOUR]),
    }
}

/// A second server on the database of the first, with a pool of its own.
pub(super) const SECOND: (&str, &str) = (
    "  archiving_server arch01 {",
    "  archiving_server arch02 { address = 10.10.0.52  database = arch01.archdb }\n  standard_edition se01 { address = 10.10.0.61  archiving = arch02 }\n\n  archiving_server arch01 {",
);

const OWN_HOUR: (&str, &str) = ("    address = 10.10.0.50\n", "    address    = 10.10.0.50\n    purge_hour = 2\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Support>("archiving.purge_times") else { return };
    for database in view.groups(GroupKind::BackEnd) {
        let owners = view.dependants(Relation::BackEnd, database.id).iter().map(|(owner, _)| view.topology.group(*owner));
        let mut by_hour: BTreeMap<Option<u64>, Vec<&Group>> = BTreeMap::new();
        let mut purging = 0;
        for owner in owners.filter(|owner| owner.kind == GroupKind::ArchivingServer) {
            if let Detail::Records { purge_hour, purges: true, .. } = &owner.detail {
                by_hour.entry(*purge_hour).or_default().push(owner);
                purging += 1;
            }
        }
        if purging < 2 {
            continue;
        }
        let together = by_hour.iter().find(|(hour, servers)| hour.is_none() || servers.len() > 1);
        let Some((hour, [first, others @ ..])) = together.map(|(hour, servers)| (hour, servers.as_slice())) else { continue };
        let paths: Vec<&str> = std::iter::once(first).chain(others).map(|server| server.path.as_str()).collect();
        let message = match (hour, others.is_empty()) {
            (Some(hour), _) => format!("{} purge `{}` in the same hour, from {hour:02}:00", words::quoted(&paths), database.path),
            (None, true) => {
                format!("{} purges `{}`, as another server does, and states no hour", words::quoted(&paths), database.path)
            }
            (None, false) => format!("{} purge `{}` and state no hours", words::quoted(&paths), database.path),
        };
        let finding = Finding::new(message, first.span, "a purge locks the database for the other server")
            .related(database.span, "the database of both");
        let finding = others.iter().fold(finding, |finding, other| finding.related(other.span, "it purges at that time too"));
        sink.report(
            finding.help("give each a `purge_hour` of its own, or write `purges = false` in all but one").by_support_level(row),
        );
    }
}
