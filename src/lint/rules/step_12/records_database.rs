//! A database of records that is stated in two ways, or is none.

use super::archiving_purge_together::SECOND;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::{Detail, Group};
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports an Archiving or Monitoring Server whose statements about its database contradict each other: `database` beside a
    /// `back_end` of its own, `sql_version` beside a database on another computer, or a `database` that is not one of archiving.
    ///
    /// ## Why it matters
    /// The server writes to one database. The runbook, the firewall rules and the releases that are checked would follow different
    /// ones.
    ///
    /// ## Planning Guide
    /// Step 12: the database of archiving is on the Archiving Server itself, on another computer, or that of another Archiving
    /// Server. It may be in the SQL Server instance of a pool in 2007 R2, as a database of its own: its `back_end` then has the
    /// address and the name of that computer.
    "OCS1221" "records-database" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 12, archiving topologies (bb964005); Supportability guide, database topologies (bb964073)",
        bad: Example::with(bases::ARCHIVING, &[SECOND, HOURS, ("database = arch01.archdb", "database = pool01.sql01")]),
        good: Example::with(bases::ARCHIVING, &[SECOND, HOURS]),
    }
}

const HOURS: (&str, &str) = ("database = arch01.archdb }", "database = arch01.archdb  purges = false }");

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks() {
        let Some(group) = view.group_of(block).filter(|group| matches!(group.detail, Detail::Records { .. })) else { continue };
        let own = block.decl.block("back_end");
        let written = block.decl.reference("database");
        if let (Some(own), Some(written)) = (own, &written) {
            sink.report(
                Finding::new(
                    format!("`{}` has a database of its own, `{}`, and `database` names another", group.path, own.name),
                    written.span,
                    "it writes to one database",
                )
                .related(own.name_span, "its own")
                .help("remove one of the two"),
            );
            continue;
        }
        let elsewhere = group.related(Relation::BackEnd).next().map(|id| view.topology.group(id));
        if let (Some(version), Some(database)) = (block.decl.choice("sql_version"), elsewhere) {
            sink.report(
                Finding::new(
                    format!(
                        "`{}` states a release of SQL Server of its own, and its database is on `{}`",
                        group.path, database.path
                    ),
                    version.span,
                    "no SQL Server is needed here",
                )
                .related(database.span, "its database")
                .help(format!("write it as `version` in `back_end {}`", database.name)),
            );
        }
        let Some((written, database)) = written.zip(elsewhere) else { continue };
        let owner = view.dependants(Relation::BackEnd, database.id).iter().map(|(owner, _)| view.topology.group(*owner));
        let is_inside = |owner: &&Group| database.path.strip_prefix(&owner.path).is_some_and(|rest| rest.starts_with('.'));
        let Some(owner) = owner.filter(is_inside).find(|owner| owner.kind != GroupKind::ArchivingServer) else { continue };
        sink.report(
            Finding::new(
                format!("`{}` is the database of `{}`, and not one of archiving", database.path, owner.path),
                written.span,
                "it has no tables for messages",
            )
            .related(database.span, "this database")
            .help(format!("give `{}` a `back_end` of its own, or name the one of an Archiving Server", group.path)),
        );
    }
}
