//! A two-armed load balancer with both arms in one network.

use super::behind;
use crate::catalog::Support;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a load balancer with `arms = two_armed` and a virtual address in the network of the servers behind it.
    ///
    /// ## Why it matters
    /// With two arms virtual addresses are on one interface and servers behind the other. In one network both interfaces
    /// would answer for the same addresses, and traffic may go around the load balancer.
    ///
    /// ## Planning Guide
    /// Step 7: 2007 R2 supports one arm and two arms. In its sample with two, the virtual address 10.0.0.40 stands before
    /// servers in 192.168.0.0.
    "OCS0714" "two-arms-in-one-network" {
        severity: Warning,
        confidence: High,
        source: "2007 R2, load balancer topologies with one arm and with two",
        bad: Example::with(bases::POOL, &[("    nat            = snat\n", "    arms           = two_armed\n    nat            = snat\n")]),
        good: Example::with(bases::POOL, &[("    nat            = snat\n", "    arms           = one_armed\n    nat            = snat\n")]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    if view.fact::<Support>("load_balancer.arms").is_none() {
        return;
    }
    let behind = behind(view);
    for block in view.blocks_of("load_balancer") {
        let Some(arms) = block.decl.choice("arms").filter(|arms| arms.value == "two_armed") else { continue };
        let Some(id) = view.balancer_of(block).map(|balancer| balancer.id) else { continue };
        let here = behind[id.index()].1.iter().find_map(|endpoint| {
            let vip = endpoint.vip.as_ref()?;
            let member = endpoint.members.iter().find(|member| member.network == vip.network)?;
            Some((vip, member))
        });
        let Some((vip, member)) = here else { continue };
        sink.report(
            Finding::new(
                format!(
                    "with two arms virtual addresses and servers are in different networks, and `{}` has both in `{}`",
                    block.path,
                    view.topology.network(vip.network).path
                ),
                arms.span,
                "one network on both sides",
            )
            .related(vip.address.span, "a virtual address")
            .related(member.address.span, "a server behind it")
            .help("write `arms = one_armed`, or give the virtual address or the servers another network"),
        );
    }
}
