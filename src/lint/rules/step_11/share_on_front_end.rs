//! Meeting content on a server of the pool.

use super::Hosts;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `file_share` whose `path` names a server of the product.
    ///
    /// ## Why it matters
    /// All servers of the pool read and write the share. When the server with the share fails, the meetings of all servers fail,
    /// and a load balancer does not help.
    ///
    /// ## Planning Guide
    /// Step 11: the shares of an Enterprise pool are on a computer other than its front ends.
    "OCS1102" "share-on-front-end" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 11, database storage (bb870352)",
        bad: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    file_share content { path = '\\\\fe01.corp.contoso.com\\ocs' }\n",
        )]),
        good: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    file_share content { path = '\\\\fs01.corp.contoso.com\\ocs' }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let hosts = Hosts::new(view);
    for block in view.blocks_of("file_share") {
        let Some(path) = block.decl.text("path") else { continue };
        let Some(server) = hosts.of(path.value) else { continue };
        sink.report(
            Finding::new(
                format!("the share `{}` is on `{}`", block.path, server.path),
                path.span,
                "a server of the product, not a file server",
            )
            .related(server.span, "the server")
            .help("name a share on a file server of its own"),
        );
    }
}
