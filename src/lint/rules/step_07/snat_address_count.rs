//! Too few addresses to speak from.

use super::behind;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use crate::model::Detail;
use crate::product::{NatMode, Role};

rule! {
    /// ## What it does
    /// Compares the number of SNAT addresses of a load balancer with the users of the pools behind it: one address carries
    /// 65,000 connections.
    ///
    /// ## Why it matters
    /// Each client has a connection, and each connection needs its own source port. When the ports are used up, no more clients
    /// can sign in, while existing connections still work.
    ///
    /// ## Planning Guide
    /// Step 7: the number of users divided by 65,000, rounded up; the guide's example is two addresses for 100,000 users.
    "OCS0703" "snat-address-count" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 7, load balancer requirements (bb870398)",
        bad: Example::with(bases::EXPANDED, &[
            ("users             = 30_000", "users             = 100_000"),
            ("fe[01..02] { address = 10.10.0.[11..12] }", "fe[01..07] { address = 10.10.0.[11..17] }"),
            ("wc[01..02] { address = 10.10.0.[23..24] }", "wc[01..04] { address = 10.10.0.[33..36] }"),
            ("avc[01..02] { address = 10.10.0.[25..26] }", "avc[01..04] { address = 10.10.0.[45..48] }"),
        ]),
        good: Example::with(bases::EXPANDED, &[
            ("users             = 30_000", "users             = 100_000"),
            ("fe[01..02] { address = 10.10.0.[11..12] }", "fe[01..07] { address = 10.10.0.[11..17] }"),
            ("wc[01..02] { address = 10.10.0.[23..24] }", "wc[01..04] { address = 10.10.0.[33..36] }"),
            ("avc[01..02] { address = 10.10.0.[25..26] }", "avc[01..04] { address = 10.10.0.[45..48] }"),
            ("[10.10.0.9]", "[10.10.0.8, 10.10.0.9]"),
        ]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let Some(limit) = view.limit("load_balancer.connections_per_snat_address") else { return };
    for (id, endpoints) in behind(view) {
        let balancer = view.topology.load_balancer(id);
        let (Some(first), Some(last)) = (balancer.snat_addresses.first(), balancer.snat_addresses.last()) else { continue };
        if balancer.nat != NatMode::Snat {
            continue;
        }
        let pools = endpoints
            .iter()
            .filter(|endpoint| endpoint.role == Role::FrontEnd)
            .map(|endpoint| view.topology.group(endpoint.group));
        let homed: Vec<_> = pools
            .filter_map(|group| match &group.detail {
                Detail::Pool { users: Some(users), .. } => Some(*users),
                _ => None,
            })
            .collect();
        let users: u64 = homed.iter().map(|users| users.value).sum();
        let (needed, there) = (users.div_ceil(limit.value), balancer.snat_addresses.len() as u64);
        if needed > there {
            sink.report(
                Finding::new(
                    format!(
                        "{} users need {needed} SNAT addresses, and `{}` has {there}",
                        words::thousands(users),
                        balancer.path
                    ),
                    first.span.to(last.span),
                    format!("one address carries {} {}", words::thousands(limit.value), limit.unit),
                )
                .related_opt(homed.first().map(|users| users.span), "users behind this load balancer")
                .help(format!("add {} to `snat_addresses`", words::counted(needed - there, "address", "addresses"))),
            );
        }
    }
}
