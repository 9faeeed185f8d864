//! Address books on a Director, which homes no users.

use crate::diag::Fix;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Notes a Director whose Address Book service stays on.
    ///
    /// ## Why it matters
    /// A Director homes no users, so nobody fetches its files; every night it reads all of Active Directory to make them.
    ///
    /// ## Planning Guide
    /// Step 9 and the Director topologies advise to deactivate the service on Directors.
    "OCS0901" "address-book-on-director" {
        severity: Note,
        confidence: High,
        source: "Supportability guide, Director topologies (bb964057)",
        runs_despite_errors: true,
        fixable: true,
        bad: Example::with(bases::EDGE, &[
            ("director dir01 { address = 10.10.0.21 }", "director dir01 { address = 10.10.0.21  address_book_service = true }"),
        ]),
        good: Example::of(bases::EDGE),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for block in view.blocks_of("director") {
        if block.decl.boolean("address_book_service") {
            let place = block.decl.place("address_book_service");
            sink.report(
                Finding::new(
                    format!("the Address Book service runs on the Director `{}`", block.path),
                    place,
                    "nobody fetches the files that it makes",
                )
                .help("leave `address_book_service` out, and deactivate the service on the Director")
                .fix(Fix::write(place, "false")),
            );
        }
    }
}
