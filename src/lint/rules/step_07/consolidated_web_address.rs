//! Two virtual addresses for the same servers.

use crate::catalog::BalancedRole;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports `web_components_vip` of an Enterprise pool in the consolidated configuration.
    ///
    /// ## Why it matters
    /// Web Components run on the front ends there. The second address leads to the same servers, needs another name and another
    /// certificate, and half of the requests to the pool bypass the first address.
    ///
    /// ## Planning Guide
    /// Step 7: a consolidated pool has one virtual address; two are for the expanded configuration, whose Web Components Servers
    /// are separate computers.
    "OCS0713" "consolidated-web-address" {
        severity: Warning,
        confidence: High,
        source: "Technical reference, load balancers (bb964010)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[(
            "    vip               = 10.10.0.10\n",
            "    vip               = 10.10.0.10\n    internal_web_farm = \"web.corp.contoso.com\"\n    web_components_load_balancer = lb\n    web_components_vip = 10.10.0.20\n",
        )]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(row) = view.fact::<BalancedRole>("web_components") else { return };
    for block in view.blocks_of("enterprise_pool") {
        let (Some(vip), Some(configuration)) = (block.decl.address("web_components_vip"), block.decl.choice("configuration"))
        else {
            continue;
        };
        if configuration.value != "consolidated" {
            continue;
        }
        sink.report(
            Finding::new(
                format!(
                    "a consolidated pool has one virtual address, and `{}` has {} for its Web Components too",
                    block.path, vip.value
                ),
                vip.span,
                "it leads to the front ends, like the other one",
            )
            .related(configuration.span, "Web Components run on the front ends")
            .help("remove `web_components_vip` and `web_components_load_balancer`")
            .as_sure_as(&row.provenance),
        );
    }
}
