//! Firewalls on servers that block all administrators.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::FirewallDialect;

rule! {
    /// ## What it does
    /// Reports rules for Windows Firewall (`dialect = windows_firewall`) where no network has `administrators = true`.
    ///
    /// ## Why it matters
    /// Remote Desktop is allowed from the networks of administrators only. Without such a network the scripts for the servers do
    /// not allow it: an administrator who turns the firewall on over Remote Desktop loses the session. The head of each script
    /// says so.
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
    let Some(firewall) = view.topology.firewalls.iter().find(|firewall| firewall.dialect == FirewallDialect::WindowsFirewall)
    else {
        return;
    };
    sink.report(
        Finding::new(
            "the firewalls on the servers block administrators: no network has `administrators = true`".to_owned(),
            firewall.span,
            "rules for Windows Firewall are requested here",
        )
        .help("declare the network that administrators work from, with `administrators = true`"),
    );
}
