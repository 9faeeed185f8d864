//! Firewalls on servers that block all administrators.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports rules for Windows Firewall (`dialect = windows_firewall`) where no network has `administrators = true`.
    ///
    /// ## Why it matters
    /// Remote Desktop is let in from the networks of administrators only. Without one the scripts for the servers do not open it: who
    /// turns such a firewall on over Remote Desktop cuts off the own session. The head of each script says so.
    ///
    /// ## Planning Guide
    /// Step 4: the guide does not speak of Remote Desktop, so this is a note.
    "OCS0480" "host-firewall-without-administrators" {
        severity: Note,
        confidence: High,
        source: "Remote Desktop listens on TCP 3389 (learn.microsoft.com)",
        bad: Example::with(bases::STANDARD, &[("dialect = nftables", "dialect = windows_firewall")]),
        good: Example::with(bases::STANDARD, &[
            ("dialect = nftables", "dialect = windows_firewall"),
            ("clients = true", "clients = true  administrators = true"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.topology.networks.iter().any(|network| network.administrators) {
        return;
    }
    let Some(firewall) = view.topology.firewalls.iter().find(|firewall| firewall.dialect == "windows_firewall") else { return };
    sink.report(
        Finding::new(
            "the firewalls on the servers let in no administrator: no network is theirs".to_owned(),
            firewall.span,
            "it asks for rules of Windows Firewall",
        )
        .help("declare the network that administrators work from, with `administrators = true`"),
    );
}
