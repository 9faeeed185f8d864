//! An Archiving Server without a pool.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases};
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports an Archiving Server that serves no pool.
    ///
    /// ## Why it matters
    /// Nothing is archived there, and no firewall rule leads to it. Whoever relies on the archive learns it when something is
    /// looked for.
    ///
    /// ## Planning Guide
    /// Step 12: front ends are associated with an Archiving Server; the server does nothing by itself.
    "OCS1202" "unused-archiving-server" {
        severity: Warning,
        confidence: High,
        source: "Planning Guide step 12, archiving topologies (bb964005)",
        bad: Example::with(bases::ARCHIVING, &[(
            "  archiving_server arch01",
            "  archiving_server arch02 { address = 10.10.0.52 }\n  archiving_server arch01",
        )]),
        good: Example::of(bases::ARCHIVING),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for server in view.groups(GroupKind::ArchivingServer) {
        if view.dependants(Relation::Archiving, server.id).is_empty() {
            sink.report(
                Finding::new(format!("no pool archives to `{}`", server.path), server.span, "no `archiving` names it").help(
                    format!(
                        "write `archiving = {}` in the pools that it serves, such as in {}",
                        server.name,
                        advice::pools(view)
                    ),
                ),
            );
        }
    }
}
