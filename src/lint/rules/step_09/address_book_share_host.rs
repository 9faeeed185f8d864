//! Address book files on a server that has other work.

use crate::lint::rule::rule;
use crate::lint::rules::step_11::Hosts;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an `output` of an Enterprise pool's `address_book` that is a share on a server of the product.
    ///
    /// ## Why it matters
    /// The files are for all clients of the pool. When the server with the files fails or is reinstalled, the other servers do
    /// not have them; and each morning all downloads load its disks.
    ///
    /// ## Planning Guide
    /// Step 9: the share is on a file server of its own.
    "OCS0903" "address-book-share-host" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide steps 9 and 11 (bb894616, bb870352)",
        bad: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    address_book { output = '\\\\fe01.corp.contoso.com\\abs' }\n",
        )]),
        good: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    address_book { output = '\\\\fs01.corp.contoso.com\\abs' }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let hosts = Hosts::new(view);
    for block in view.blocks_of("address_book") {
        let Some(pool) = block.parent.filter(|pool| pool.kind() == "enterprise_pool") else { continue };
        let Some(output) = block.decl.text("output") else { continue };
        let Some(server) = hosts.of(output.value) else { continue };
        sink.report(
            Finding::new(
                format!("the address book files of `{}` are on `{}`", pool.name, server.path),
                output.span,
                "a server of the product, not a file server",
            )
            .related(server.span, "the server")
            .help("name a share on a file server of its own"),
        );
    }
}
