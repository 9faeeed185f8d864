//! Active Directory without an address.

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases};
use crate::product::{GroupKind, Zone};

rule! {
    /// ## What it does
    /// Notes a topology that declares no `domain_controller`.
    ///
    /// ## Why it matters
    /// Every server needs Active Directory and DNS. When the topology has no addresses of domain controllers, firewalls between
    /// them and the servers get no rules for this traffic.
    ///
    /// ## Planning Guide
    /// Step 4: domain controllers and DNS servers exist before anything is installed. They are often in the same network, so this
    /// is a note.
    "OCS0413" "no-domain-controllers" {
        severity: Note,
        confidence: High,
        source: "Active Directory guide, infrastructure requirements (bb663667)",
        bad: Example::with(bases::STANDARD, &[
            ("  domain_controller dc01 { address = 10.10.0.5 }\n", ""),
            ("\"dc01.corp.contoso.com\"", "\"ns1.contoso.net\""),
        ]),
        good: Example::of(bases::STANDARD),
    }
}

/// A domain controller beside the first server inside.
fn example(view: &RuleContext) -> String {
    let mut addresses = view.topology.servers.iter().flat_map(|server| &server.addresses);
    let network =
        addresses.find(|(_, network)| view.topology.network(*network).zone == Zone::Internal).map(|(_, network)| *network);
    format!("`domain_controller dc01 {{ address = {} }}`", advice::address(view, network))
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.topology.servers.is_empty() || view.groups(GroupKind::DomainController).next().is_some() {
        return;
    }
    let organization = view.organization();
    let place = organization.domains.first().map_or(organization.span, |domain| domain.fqdn.span);
    sink.report(
        Finding::new("no domain controller is declared", place, "no firewall gets rules for Active Directory and DNS")
            .help(format!("declare {} in each site that has one", example(view))),
    );
}
