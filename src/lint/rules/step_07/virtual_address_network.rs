//! A virtual address apart from its servers.

use std::collections::BTreeSet;

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::model::LoadBalancerId;

rule! {
    /// ## What it does
    /// Notes a virtual address in a network without any of the servers behind it, unless `arms` of the load balancer says how it
    /// is connected.
    ///
    /// ## Why it matters
    /// This is right for a load balancer with two arms, or with routes to its servers, and a mistake otherwise: the load balancer
    /// must reach both networks.
    ///
    /// ## Planning Guide
    /// Step 7; the samples of 2007 R2 show such networks for one-armed and for two-armed load balancers, so this is a note.
    "OCS0705" "virtual-address-network" {
        severity: Note,
        confidence: High,
        source: "Planning Guide step 7; 2007 R2, load balancer topologies",
        bad: Example::with(bases::POOL, &[("vip               = 10.10.0.10", "vip               = 10.10.64.10")]),
        good: Example::of(bases::POOL),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let stated = view.blocks_of("load_balancer").filter(|block| block.decl.is_written("arms"));
    let stated: BTreeSet<LoadBalancerId> = stated.filter_map(|block| Some(view.balancer_of(block)?.id)).collect();
    for endpoint in &view.topology.endpoints {
        let Some(vip) = endpoint.vip.as_ref().filter(|vip| !stated.contains(&vip.load_balancer)) else { continue };
        if endpoint.members.is_empty() || endpoint.members.iter().any(|member| member.network == vip.network) {
            continue;
        }
        let member = &endpoint.members[0];
        let (outer, inner) = (view.topology.network(vip.network), view.topology.network(member.network));
        let servers = endpoint.members.iter().map(|member| Fact::Written(member.address.span));
        sink.report_once(
            Finding::new(
                format!(
                    "the virtual address of `{}` is in `{}`, and its servers are in `{}`",
                    view.topology.group(endpoint.group).path,
                    outer.path,
                    inner.path
                ),
                vip.address.span,
                format!("an address of `{}`", outer.name),
            )
            .related(member.address.span, format!("a server behind it, in `{}`", inner.name))
            .help(format!(
                "write `arms = two_armed` in `load_balancer {}` (or `one_armed`) if this is intended; if it has no route to `{}`, write an address of `{}`",
                view.topology.load_balancer(vip.load_balancer).name,
                outer.name,
                inner.name
            ))
            .needs(Fact::Written(vip.address.span))
            .needs_one_of(servers),
        );
    }
}
