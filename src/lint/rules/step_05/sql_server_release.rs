//! A SQL Server that came after the product.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, Sink, View, bases};
use crate::schema::Product;

rule! {
    /// ## What it does
    /// Reports a `back_end` on SQL Server 2008 in a deployment of the 2007 release.
    ///
    /// ## Why it matters
    /// The release was tested with SQL Server 2000 and 2005 only; its setup knows no other.
    ///
    /// ## Planning Guide
    /// Step 2, database topologies: SQL Server 2005 SP1 or SP2, or SQL Server 2000 SP4. SQL Server 2008 is for 2007 R2.
    "OCS0503" "sql-server-release" {
        severity: Error,
        confidence: High,
        source: "Supportability guide, database topologies (bb964073)",
        of_what_is_written: true,
        products: &[Product::Ocs2007],
        bad: Example::with(bases::POOL, &[
            ("back_end sql01 { address = 10.10.0.30 }", "back_end sql01 { address = 10.10.0.30  version = sql_2008 }"),
        ]),
        good: Example::with(bases::POOL, &[
            ("back_end sql01 { address = 10.10.0.30 }", "back_end sql01 { address = 10.10.0.30  version = sql_2005_sp2 }"),
        ]),
    }
}

fn check(view: &View, sink: &mut Sink) {
    for block in view.blocks_of("back_end") {
        let Some(version) = block.decl.choice("version").filter(|version| version.value == "sql_2008") else { continue };
        sink.report(
            Finding::new(
                format!(
                    "{} runs on SQL Server 2000 or 2005, and `{}` is SQL Server 2008",
                    view.organization().product.title(),
                    block.path
                ),
                version.span,
                "newer than the product",
            )
            .help("write `version = sql_2005_sp2`"),
        );
    }
}
