//! One computer that can stop all front ends.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::product::{GroupKind, Relation};

rule! {
    /// ## What it does
    /// Reports `critical = true` when only one Archiving Server serves the pools.
    ///
    /// ## Why it matters
    /// In critical mode a front end that cannot archive stops. With one Archiving Server, the failure of one computer ends all
    /// conversations within an hour.
    ///
    /// ## Planning Guide
    /// Step 12: a front end stops 30 minutes after it loses the queue of the Archiving Server, and 45 minutes after messages in
    /// the queue are no longer picked up. Different servers for different front ends, or several for one database, limit the
    /// damage.
    "OCS1205" "critical-archiving-with-one-server" {
        severity: Warning,
        confidence: High,
        source: "Administration of archiving, critical mode (bb905892)",
        bad: Example::with(bases::ARCHIVING, &[("  active_directory {", "  compliance { critical = true }\n\n  active_directory {")]),
        good: Example::of(bases::ARCHIVING),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let (Some(reach), Some(receive)) = (view.limit("archiving.time_to_reach_queue"), view.limit("archiving.time_to_be_received"))
    else {
        return;
    };
    let Some(block) = view.blocks_of("compliance").find(|block| block.decl.boolean("critical")) else { return };
    let mut servers = view.groups(GroupKind::ArchivingServer);
    let (Some(server), None) = (servers.next(), servers.next()) else { return };
    let pools = view.dependants(Relation::Archiving, server.id).len();
    if pools == 0 {
        return;
    }
    sink.report(
        Finding::new(
            format!("when `{}` fails, the front ends of {} stop", server.path, words::count(pools, "pool")),
            block.decl.place("critical"),
            format!("{} or {} minutes later, since archiving is critical", reach.value, receive.value),
        )
        .related(server.span, "the only Archiving Server")
        .help("declare a second `archiving_server` for some of the pools, or write `critical = false`"),
    );
}
