//! A load balancer whose looks at servers are blocked there.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::FirewallDialect;

rule! {
    /// ## What it does
    /// Reports a load balancer in use without `self_addresses` where servers have rules for Windows Firewall
    /// (`dialect = windows_firewall`).
    ///
    /// ## Why it matters
    /// A load balancer sends its health checks from its own addresses, which are often not its SNAT addresses. When the firewall
    /// of a server blocks them, the balancer treats the server as failed and sends no clients to it. The head of each script
    /// lists the balancers whose addresses are unknown.
    ///
    /// ## Planning Guide
    /// Step 7: the guide requires a balancer with health checks and names no addresses, so this is a note.
    "OCS0481" "balancer-without-self-addresses" {
        severity: Note,
        confidence: High,
        source: "Planning Guide step 7, load balancer requirements (bb870398)",
        bad: Example::with(bases::POOL, &[
            ("dialect = nftables", "dialect = windows_firewall"),
            ("clients = true", "clients = true  administrators = true"),
        ]),
        good: Example::with(bases::POOL, &[
            ("dialect = nftables", "dialect = windows_firewall"),
            ("clients = true", "clients = true  administrators = true"),
            ("snat_addresses = [10.10.0.9]", "snat_addresses = [10.10.0.9]\n    self_addresses = [10.10.0.8]"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(firewall) = view.topology.firewalls.iter().find(|firewall| firewall.dialect == FirewallDialect::WindowsFirewall)
    else {
        return;
    };
    for balancer in view.topology.load_balancers.iter().filter(|balancer| balancer.self_addresses.is_empty()) {
        let vips = view.topology.endpoints.iter().filter_map(|endpoint| endpoint.vip.as_ref());
        if vips.into_iter().all(|vip| vip.load_balancer != balancer.id) {
            continue;
        }
        sink.report(
            Finding::new(
                format!("the load balancer `{}` sends its health checks from unknown addresses", balancer.path),
                balancer.span,
                "no `self_addresses` here",
            )
            .related(firewall.span, "the firewalls on the servers block these checks")
            .help("write `self_addresses = [ … ]` with the balancer's own addresses in the servers' networks"),
        );
    }
}
