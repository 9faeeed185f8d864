//! A load balancer in front of an edge that cannot be scaled.

use crate::catalog::{EdgeShapeRow, SupportLevel};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a virtual address of an edge array whose shape the release does not put behind a load balancer.
    ///
    /// ## Why it matters
    /// There is one computer of each kind, and in 2007 a second one is not supported. The load balancer has only one server, and
    /// is one more device that can fail.
    ///
    /// ## Planning Guide
    /// Steps 6 and 7: the consolidated and the single-site shape of 2007 have no load balancer; the scaled shape is for more
    /// users. In 2007 R2 a consolidated edge may be the first of an array.
    "OCS0712" "balanced-edge-shape" {
        severity: Warning,
        confidence: High,
        source: "Edge deployment guide, edge topologies; load balancers for edges (bb870418)",
        runs_despite_errors: true,
        until: Ocs2007,
        bad: Example::with(bases::EDGE, &[BALANCER, (
            "access_edge           { fqdn = \"sip.contoso.com\" }",
            "access_edge           { fqdn = \"sip.contoso.com\"  load_balancer = lb_edge  vip = 131.107.155.20 }",
        )]),
        good: Example::of(bases::EDGE),
    }
}

const BALANCER: (&str, &str) =
    ("  edge_array edge {", "  load_balancer lb_edge { nat = dnat  idle_timeout = 30min }\n\n  edge_array edge {");

fn check(view: &RuleContext, sink: &mut Sink) {
    let shapes = view.facts::<EdgeShapeRow>();
    for block in view.blocks_of("edge_array") {
        let Some(shape) = block.decl.choice("shape") else { continue };
        let row = shapes.iter().find(|row| row.id == shape.value && row.balanced == SupportLevel::Unsupported);
        let Some(row) = row else { continue };
        let Some(vip) = block.decl.children.iter().find_map(|side| side.address("vip")) else { continue };
        sink.report(
            Finding::new(
                format!("the shape `{}` has no load balancer, and `{}` has a virtual address", row.id, block.path),
                vip.span,
                "it has one computer behind it",
            )
            .related(shape.span, "the shape")
            .help("remove `load_balancer` and `vip`, and the balancer if nothing else needs it; or write `shape = scaled_single_site`, and add the servers of that shape")
            .as_sure_as(&row.provenance),
        );
    }
}
