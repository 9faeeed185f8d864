//! What is no load balancer to the product.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a load balancer of the kind `windows_nlb` or `dns`.
    ///
    /// ## Why it matters
    /// Clients use one address of a name and keep it, so several addresses for one name do not balance the load. Windows Network
    /// Load Balancing cannot track the connections between the servers of a pool. Microsoft supports neither.
    ///
    /// ## Planning Guide
    /// Step 7 requires a hardware load balancer. DNS load balancing came with a later product.
    "OCS0704" "software-load-balancing" {
        severity: Error,
        confidence: High,
        source: "Load balancing support (dd572360); Resource Kit",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[("    nat            = snat\n", r"    nat            = snat
    kind           = windows_nlb
")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("load_balancer") {
        let Some(kind) = block.decl.choice("kind") else { continue };
        let what = match kind.value {
            "windows_nlb" => "Windows Network Load Balancing",
            "dns" => "DNS load balancing",
            _ => continue,
        };
        sink.report(
            Finding::new(
                format!("the product needs a hardware load balancer, and `{}` is {what}", block.path),
                kind.span,
                format!("{what} is not supported"),
            )
            .help("write `kind = hardware`, and use one of the qualified load balancers"),
        );
    }
}
