//! A load balancer that keeps the sender's address where the release cannot do with it.

use std::collections::BTreeMap;

use super::behind;
use crate::catalog::BalancedRole;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, advice, bases};
use crate::model::LoadBalancerId;
use crate::product::NatMode;
use crate::schema::a;
use crate::text::Span;

rule! {
    /// ## What it does
    /// Reports a pool or an array of Directors of 2007 R2 behind a load balancer with `nat = dnat`.
    ///
    /// ## Why it matters
    /// Servers of this release connect to the virtual address of their own pool. With DNAT the answer comes directly from another
    /// server of the same network, whose address the requesting server did not contact, and is dropped.
    ///
    /// ## Planning Guide
    /// Step 7: 2007 R2 supports SNAT only for pools and Communicator Web Access. The outside of edge servers may have either;
    /// 2007 allows DNAT with a subnet for each pool, which `dnat-shared-network` checks.
    "OCS0710" "dnat-unsupported" {
        severity: Error,
        confidence: High,
        source: "2007 R2, load balancers (dd572362); Resource Kit of 2007 R2",
        since: Ocs2007R2,
        bad: Example::with(bases::POOL, &[R2, ("    nat            = snat\n    snat_addresses = [10.10.0.9]\n", "    nat            = dnat\n")]),
        good: Example::with(bases::POOL, &[R2]),
    }
}

const R2: (&str, &str) = ("product     = ocs_2007\n", "product     = ocs_2007_r2\n");

fn check(view: &RuleContext, sink: &mut Sink) {
    let rows = view.facts::<BalancedRole>();
    let blocks = view.blocks_of("load_balancer");
    let places: BTreeMap<LoadBalancerId, Span> =
        blocks.filter_map(|block| Some((view.balancer_of(block)?.id, block.decl.place("nat")))).collect();
    for (id, endpoints) in behind(view) {
        let balancer = view.topology.load_balancer(id);
        if balancer.nat != NatMode::Dnat {
            continue;
        }
        let refused = endpoints.iter().find_map(|endpoint| {
            let row = rows.iter().find(|row| (row.role, row.side) == (endpoint.role, endpoint.side))?;
            (row.translation == [NatMode::Snat]).then_some((endpoint, row))
        });
        let Some((endpoint, row)) = refused else { continue };
        let span = places.get(&id).copied().unwrap_or(balancer.span);
        let group = view.topology.group(endpoint.group);
        sink.report(
            Finding::new(
                format!(
                    "in front of {} the release supports SNAT only, and `{}` has `nat = dnat`",
                    a(endpoint.role.noun_in(view.organization().product)),
                    balancer.path
                ),
                span,
                "servers cannot reach their own virtual address",
            )
            .related(group.span, "this is behind it")
            .help(format!("write {} in `load_balancer {}`", advice::snat(view, endpoint.members[0].network), balancer.name))
            .as_sure_as(&row.provenance),
        );
    }
}
