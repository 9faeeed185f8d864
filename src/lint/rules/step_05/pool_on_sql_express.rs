//! A pool on the database of small things.

use super::sql_server_release::sql_servers;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `back_end` on SQL Server Express.
    ///
    /// ## Why it matters
    /// Express is limited to one processor, one gigabyte of memory and databases of four gigabytes, and accepts only local
    /// connections: setup of an Enterprise pool and of an Archiving Server refuses it.
    ///
    /// ## Planning Guide
    /// Step 2, database topologies: Enterprise pools and archiving databases need SQL Server 2000 SP4 or 2005 SP1 or later,
    /// Standard or Enterprise. Express is for Standard Edition servers, which install it themselves.
    "OCS0502" "pool-on-sql-express" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, database topologies (bb964073)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[
            (
                "back_end sql01 { address = 10.10.0.30 }",
                "back_end sql01 { address = 10.10.0.30  version = sql_2005_express_sp2 }",
            ),
        ]),
        good: Example::with(bases::POOL, &[
            ("back_end sql01 { address = 10.10.0.30 }", "back_end sql01 { address = 10.10.0.30  version = sql_2005_sp2 }"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (block, attr) in sql_servers(view) {
        let version = block.decl.choice(attr).filter(|version| version.value == "sql_2005_express_sp2");
        let edition = block.decl.choice("edition").filter(|edition| edition.value == "express");
        let Some(place) = version.or(edition) else { continue };
        sink.report(
            Finding::new(
                format!("`{}` is SQL Server Express, which is for Standard Edition servers only", block.path),
                place.span,
                "setup of a pool or an Archiving Server refuses it",
            )
            .related_opt(block.parent.map(|parent| parent.name_span), "the database belongs to this")
            .help(match attr {
                "version" => "write `version = sql_2005_sp2` and `edition = standard` or `enterprise`".to_owned(),
                _ => format!("write `{attr} = sql_2005_sp2`"),
            }),
        );
    }
}
