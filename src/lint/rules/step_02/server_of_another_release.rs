//! A server role that the product release replaced.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `qoe_monitoring_server` where the product is 2007 R2.
    ///
    /// ## Why it matters
    /// 2007 R2 has no such role, and its pools send no reports to one. Its Monitoring Server receives them through Message
    /// Queuing, together with call detail records, so it needs other ports and another installation.
    ///
    /// ## Planning Guide
    /// Step 1, features and the server roles that they need: the QoE Monitoring Server is a separate product for 2007, and the
    /// Monitoring Server is a role of 2007 R2 that replaces it. The opposite case, a `monitoring_server` block in a topology of
    /// 2007, is an error of the language.
    "OCS0240" "server-of-another-release" {
        severity: Error,
        confidence: High,
        source: "QoE Monitoring Server (bb963991); 2007 R2, Monitoring Server (cc751558, dd425201)",
        runs_despite_errors: true,
        since: Ocs2007R2,
        waivable: false,
        bad: Example::with(bases::STANDARD, &[R2, ("  standard_edition se01 {", concat!(
            "  qoe_monitoring_server mon01 { address = 10.10.0.55 }\n\n",
            "  standard_edition se01 {",
        ))]),
        good: Example::with(bases::STANDARD, &[R2, ("  standard_edition se01 {", concat!(
            "  monitoring_server mon01 { address = 10.10.0.55 }\n\n",
            "  standard_edition se01 {",
        ))]),
    }
}

const R2: (&str, &str) = ("product     = ocs_2007\n", "product     = ocs_2007_r2\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("qoe_monitoring_server") {
        sink.report(
            Finding::new(
                format!("2007 R2 has no QoE Monitoring Server, and `{}` is one", block.path),
                block.decl.name_span,
                "the Monitoring Server replaces it",
            )
            .related_opt(view.blocks_of("organization").next().map(|block| block.decl.place("product")), "the release")
            .help(format!(
                "declare `monitoring_server {} {{ … }}` in its place; it needs Message Queuing, and keeps call detail records too",
                block.decl.name
            )),
        );
    }
}
