//! A load balancer that speaks from nowhere.

use super::behind;
use crate::catalog::BalancedRole;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases};
use crate::model::Endpoint;
use crate::product::NatMode;

rule! {
    /// ## What it does
    /// Reports a load balancer with `nat = snat`, in use, without `snat_addresses`.
    ///
    /// ## Why it matters
    /// With SNAT the servers see the load balancer's addresses as the source of every connection. If a firewall is between it and
    /// the servers, its rules must name them.
    ///
    /// ## Planning Guide
    /// Step 7: SNAT is the recommended mode, with an address for each 65,000 connections.
    "OCS0702" "snat-without-addresses" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 7, load balancer requirements (bb870398)",
        bad: Example::with(bases::POOL, &[("    snat_addresses = [10.10.0.9]\n", "")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for (id, endpoints) in behind(view) {
        let balancer = view.topology.load_balancer(id);
        let Some(first) = endpoints.first() else { continue };
        if balancer.nat == NatMode::Snat && balancer.snat_addresses.is_empty() {
            sink.report(
                Finding::new(
                    format!("the load balancer `{}` uses SNAT and has no source addresses", balancer.path),
                    balancer.span,
                    "no `snat_addresses` here",
                )
                .related(view.topology.group(first.group).span, "it is in front of this")
                .help(format!(
                    "write {} with free addresses of the servers' network{}",
                    advice::snat_addresses(view, first.members[0].network),
                    if dnat_too(view, first) { ", or write `nat = dnat`" } else { "" }
                )),
            );
        }
    }
}

/// Whether the release may leave the sender's address as it is in front of these servers.
fn dnat_too(view: &RuleContext, endpoint: &Endpoint) -> bool {
    let mut rows = view.facts::<BalancedRole>().iter();
    let row = rows.find(|row| (row.role, row.side) == (endpoint.role, endpoint.side));
    row.is_some_and(|row| row.translation.contains(&NatMode::Dnat))
}
