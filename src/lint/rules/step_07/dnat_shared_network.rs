//! Servers that can go around a load balancer which only translates destinations.

use std::collections::{BTreeMap, BTreeSet};

use super::behind;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases};
use crate::model::{GroupId, NetworkId};
use crate::product::{NatMode, Role, Side};

rule! {
    /// ## What it does
    /// Reports front ends behind a load balancer with `nat = dnat` that share their network with another pool, or with separate
    /// conferencing or Web Components servers.
    ///
    /// ## Why it matters
    /// With DNAT, answers must return through the load balancer. Servers of one network answer each other directly, and the
    /// requesting server drops an answer from an address that it did not contact.
    ///
    /// ## Planning Guide
    /// Step 7: with DNAT the front ends of a pool have a separate subnet, shared with no other pool; in the expanded
    /// configuration all other servers are outside it. 2007 R2 supports SNAT only.
    "OCS0708" "dnat-shared-network" {
        severity: Error,
        confidence: High,
        source: "Planning Guide step 7, load balancer requirements (bb870398)",
        until: Ocs2007,
        bad: Example::with(bases::EXPANDED, &[(r"    nat            = snat
    snat_addresses = [10.10.0.9]
", "    nat            = dnat\n")]),
        good: Example::of(bases::EXPANDED),
    }
}

const OTHERS: &[Role] = &[Role::FrontEnd, Role::WebComponents, Role::WebConferencing, Role::AvConferencing];

fn check(view: &RuleContext, sink: &mut Sink) {
    let mut pool_servers: BTreeMap<NetworkId, BTreeSet<(GroupId, Role)>> = BTreeMap::new();
    for endpoint in
        view.topology.endpoints.iter().filter(|endpoint| OTHERS.contains(&endpoint.role) && endpoint.side == Side::Inside)
    {
        let front_ends = view.topology.group_endpoint(endpoint.group, Role::FrontEnd, Side::Inside);
        for member in &endpoint.members {
            let is_front_end =
                front_ends.is_some_and(|front| front.members.first().is_some_and(|first| first.server == member.server));
            let role = if is_front_end { Role::FrontEnd } else { endpoint.role };
            pool_servers.entry(member.network).or_default().insert((endpoint.group, role));
        }
    }
    for (id, endpoints) in behind(view) {
        let balancer = view.topology.load_balancer(id);
        for endpoint in endpoints.iter().filter(|endpoint| balancer.nat == NatMode::Dnat && endpoint.role == Role::FrontEnd) {
            let consolidated = view.endpoints(view.topology.group(endpoint.group)).all(|other| {
                !OTHERS.contains(&other.role)
                    || other.members.first().map(|m| m.server) == endpoint.members.first().map(|m| m.server)
            });
            for member in &endpoint.members {
                let Some(sharing) = pool_servers.get(&member.network) else { continue };
                let other =
                    sharing.iter().find(|(group, role)| *group != endpoint.group || (!consolidated && *role != Role::FrontEnd));
                let Some((other, role)) = other else { continue };
                let (group, other) = (view.topology.group(endpoint.group), view.topology.group(*other));
                sink.report_once(
                    Finding::new(
                        format!(
                            "behind DNAT the front ends of `{}` need a separate network, and they share `{}` with the {} of `{}`",
                            group.path,
                            view.topology.network(member.network).path,
                            role.noun_in(view.organization().product),
                            other.path
                        ),
                        group.span,
                        "answers between them would bypass the load balancer",
                    )
                    .related(balancer.span, "the load balancer, with `nat = dnat`")
                    .help(format!(
                        "write {} in `load_balancer {}`, or give the front ends another network",
                        advice::snat(view, member.network),
                        balancer.name
                    )),
                );
            }
        }
    }
}
