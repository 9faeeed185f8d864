//! A SQL Server that the release does not know.

use crate::catalog::Software;
use crate::lint::rule::rule;
use crate::lint::{Block, Example, Finding, RuleContext, Sink, bases, words};

rule! {
    /// ## What it does
    /// Reports a `back_end` whose `version` of SQL Server was not tested with the release.
    ///
    /// ## Why it matters
    /// The setup of each release accepts certain releases of SQL Server and refuses all others.
    ///
    /// ## Planning Guide
    /// Step 2, database topologies: SQL Server 2005 SP1 or SP2, or SQL Server 2000 SP4. 2007 R2 supports SQL Server 2005 SP2 and
    /// SQL Server 2008.
    "OCS0503" "sql-server-release" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, database topologies (bb964073); 2007 R2 back-end database (dd425285)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[
            ("back_end sql01 { address = 10.10.0.30 }", "back_end sql01 { address = 10.10.0.30  version = sql_2008 }"),
        ]),
        good: Example::with(bases::POOL, &[
            ("back_end sql01 { address = 10.10.0.30 }", "back_end sql01 { address = 10.10.0.30  version = sql_2005_sp2 }"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<Software>("sql_server") else { return };
    for (block, attr) in sql_servers(view) {
        let Some(version) = block.decl.choice(attr) else { continue };
        // SQL Server Express has a rule of its own.
        if row.allows(version.value) || version.value.contains("express") {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "{} supports {}, and `{}` is `{}`",
                    view.organization().product.title(),
                    words::quoted(&row.allowed),
                    block.path,
                    version.value
                ),
                version.span,
                "setup refuses this release of SQL Server",
            )
            .help(format!("write `{attr} = sql_2005_sp2`")),
        );
    }
}

/// The blocks that state a release of SQL Server, and the attribute that does.
pub(super) fn sql_servers<'v, 'a>(view: &'v RuleContext<'a>) -> impl Iterator<Item = (&'v Block<'a>, &'static str)> {
    let of = |kind, attr| view.blocks_of(kind).map(move |block| (block, attr));
    let own = ["archiving_server", "monitoring_server", "qoe_monitoring_server"];
    of("back_end", "version").chain(own.into_iter().flat_map(move |kind| of(kind, "sql_version")))
}
