//! Addresses for strangers that strangers cannot reach.

use super::av_edge_public_address::{exchange, swapped, translations};
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::is_private;
use crate::product::{Role, Side};

rule! {
    /// ## What it does
    /// Reports an outside address of an Access Edge, a Web Conferencing Edge or a reverse proxy that is private and that no
    /// firewall translates. Behind a load balancer the virtual address counts. A translation to another private address is
    /// reported by `private-translation`.
    ///
    /// ## Why it matters
    /// The external zone would publish the private address, which cannot be reached from the internet.
    ///
    /// ## Planning Guide
    /// Step 6: these addresses are public, or a firewall translates a public one to them.
    "OCS0608" "private-outside-address" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.3, firewalls (bb803617)",
        runs_despite_errors: true,
        bad: Example::with(bases::EDGE, &[("outside   = 131.107.155.40", "outside   = 172.25.34.40"), (
            "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }",
            r"  network edge_private { zone = perimeter  range = 172.25.34.0/24 }
  firewall outer { joins = [internet, edge_outside, edge_private]  dialect = nftables }",
        )]),
        good: Example::with(bases::EDGE, &[("outside   = 131.107.155.40", "outside   = 172.25.34.40"), (
            "  firewall outer { joins = [internet, edge_outside]  dialect = nftables }",
            r"  network edge_private { zone = perimeter  range = 172.25.34.0/24 }
  firewall outer {
    joins   = [internet, edge_outside, edge_private]
    dialect = nftables
    static_nat proxy { public = 131.107.155.40  inside = 172.25.34.40 }
  }",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let translations = translations(view);
    for role in [Role::AccessEdge, Role::WebConferencingEdge, Role::ReverseProxy] {
        for endpoint in view.topology.endpoints_of(role, Side::Outside) {
            let addresses: Vec<_> = match &endpoint.vip {
                Some(vip) => vec![&vip.address],
                None => endpoint.members.iter().map(|member| &member.address).collect(),
            };
            for address in addresses {
                if !is_private(address.value) || translations.contains_key(&address.value) {
                    continue;
                }
                let path = &view.topology.group(endpoint.group).path;
                let finding = Finding::new(
                    format!(
                        "outsiders reach the {} of `{path}` at {}, which is private",
                        role.noun_in(view.organization().product),
                        address.value
                    ),
                    address.span,
                    "the internet does not route this address, and no firewall translates it",
                );
                let attr = if role == Role::ReverseProxy { "outside" } else { role.word() };
                sink.report_once(match swapped(view, endpoint, address) {
                    Some(inside) => exchange(finding, address, &inside, attr),
                    None => finding.help(format!(
                        "write a public address, or `static_nat {} {{ public = …  inside = {} }}` in the outer firewall",
                        role.word(),
                        address.value
                    )),
                });
            }
        }
    }
}
