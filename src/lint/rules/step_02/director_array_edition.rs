//! An array of Standard Edition Directors in 2007 R2.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `director_array` of Standard Edition servers where the product is 2007 R2.
    ///
    /// ## Why it matters
    /// 2007 R2 supports one Standard Edition server or an Enterprise pool as Director. An array of Standard Edition servers can
    /// be installed and may seem to work, but Microsoft does not support it.
    ///
    /// ## Planning Guide
    /// Step 2, Director topologies: the array of Standard Edition servers behind a load balancer is supported in 2007 only.
    "OCS0210" "director-array-edition" {
        severity: Error,
        confidence: High,
        source: "Director topologies: 2007 (bb964057), 2007 R2 (dd425338)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        bad: Example::with(bases::POOL, &[DIRECTORS, ("product     = ocs_2007\n", "product     = ocs_2007_r2\n")]),
        good: Example::with(bases::POOL, &[DIRECTORS]),
    }
}

/// Two of them, for users inside.
pub(super) const DIRECTORS: (&str, &str) = (
    "  enterprise_pool pool01 {",
    r#"  director_array dir {
    fqdn          = "dir.corp.contoso.com"
    load_balancer = lb
    vip           = 10.10.0.20

    server dir[01..02] { address = 10.10.0.[21..22] }
  }

  enterprise_pool pool01 {"#,
);

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("director_array") {
        if block.decl.choice("edition").is_some_and(|edition| edition.value == "enterprise") {
            continue;
        }
        sink.report(
            Finding::new(
                format!("2007 R2 does not support an array of Standard Edition servers as Director, and `{}` is one", block.path),
                block.decl.place("edition"),
                "an Enterprise pool or one server is expected",
            )
            .help("write `edition = enterprise` and give it a `back_end`, or declare one `director` instead"),
        );
    }
}
