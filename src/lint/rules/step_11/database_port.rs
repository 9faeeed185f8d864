//! A database that the front ends do not find at its usual port.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::Detail;
use crate::product::Role;

rule! {
    /// ## What it does
    /// Notes a database whose `port` is not the default one of SQL Server, and a named `instance` without a port.
    ///
    /// ## Why it matters
    /// The product is configured with the name of a computer or an instance, never with a port. A database on another port is
    /// found by an alias on each server that uses it, or by SQL Server Browser if the instance has a name. A named instance
    /// chooses any free port when it starts, but firewalls are opened for the port that the topology states.
    ///
    /// ## Planning Guide
    /// Step 11. The page of 2007 R2 allows any instance and any port with either of the two; no page of 2007 was read, so
    /// this is a note.
    "OCS1105" "database-port" {
        severity: Note,
        confidence: Medium,
        source: "2007 R2, back-end database, instance and port (dd425285)",
        runs_despite_errors: true,
        bad: Example::with(bases::POOL, &[("back_end sql01 { address = 10.10.0.30 }", "back_end sql01 { address = 10.10.0.30  port = 1500 }")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut listeners = view.catalog.listeners.iter().filter(|row| row.id == "back_end.sql" && row.role == Role::BackEnd);
    let Some(usual) = listeners.next().and_then(|row| row.ports.first()).map(|range| range.first) else { return };
    for block in view.blocks_of("back_end") {
        let Some(group) = view.group_of(block) else { continue };
        let Detail::BackEnd { instance, port, .. } = &group.detail else { continue };
        let users = block.parent.map_or_else(String::new, |owner| format!(" of `{}`", owner.name));
        let name = group.fqdn.as_ref().map_or(group.name.as_str(), |name| name.value.as_str());
        match port {
            Some(port) if *port != usual => {
                let browser = match instance.as_str() {
                    "" => "",
                    _ => ", or let SQL Server Browser run on the computer of the database",
                };
                sink.report(
                    Finding::new(
                        format!("the servers{users} connect to `{}` on port {usual}, and it listens on {port}", group.path),
                        block.decl.place("port"),
                        "this port is not configured on them",
                    )
                    .related(group.span, "the database")
                    .help(format!(
                        "on each server{users} create an alias for `{name}` with TCP port {port} (`cliconfg.exe`) before the pool is \
                         created{browser}; or write `port = {usual}`"
                    )),
                );
            }
            None if !instance.is_empty() => sink.report(
                Finding::new(
                    format!("the named instance of `{}` chooses its own port, and firewalls are opened for {usual}", group.path),
                    block.decl.place("instance"),
                    "it chooses any free port when it starts",
                )
                .related(group.span, "the database")
                .help(format!("configure a fixed port for the instance, and write it: `port = {usual}`")),
            ),
            _ => {}
        }
    }
}
