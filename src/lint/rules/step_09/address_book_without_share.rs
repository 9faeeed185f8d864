//! Address book files without a place.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports an Enterprise pool with an `address_book` and with neither a `file_share` nor an `output`.
    ///
    /// ## Why it matters
    /// Each front end would write its own files to its own disk, so clients would get different files from different servers.
    /// Setup of the pool asks for the share.
    ///
    /// ## Planning Guide
    /// Step 9: a Standard Edition server keeps the files on its own disk; for an Enterprise pool the share is created by hand
    /// before the pool. Pools without an `address_book` are not checked.
    "OCS0902" "address-book-without-share" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 9, Address Book Server (bb894616)",
        bad: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    address_book { run_time = 01:00 }\n",
        )]),
        good: Example::with(bases::POOL, &[(
            "    back_end sql01 { address = 10.10.0.30 }\n",
            "    back_end sql01 { address = 10.10.0.30 }\n    address_book { output = '\\\\fs01.corp.contoso.com\\abs' }\n",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("address_book") {
        let Some(pool) = block.parent.filter(|pool| pool.kind() == "enterprise_pool") else { continue };
        if block.decl.is_written("output") || pool.block("file_share").is_some() {
            continue;
        }
        sink.report(
            Finding::new(
                format!("the address book files of `{}` have no share", block.path),
                block.decl.name_span,
                "neither an `output` here nor a `file_share` in the pool",
            )
            .related(pool.name_span, "the pool")
            .help(r"write `output = '\\server\share'` with a share on a file server, or declare a `file_share` in the pool"),
        );
    }
}
