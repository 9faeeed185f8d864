//! A router that the network does not reach.

use crate::diag::Fact;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};

rule! {
    /// ## What it does
    /// Reports a `gateway` that is not an address of its network, or is the first or last address of it, which no computer has.
    ///
    /// ## Why it matters
    /// A computer reaches its router in its own network. A route through another address is refused, or leads nowhere.
    ///
    /// ## Planning Guide
    /// Step 6: Edge Servers have their default gateway outside, and routes to the networks inside.
    "OCS0492" "gateway-outside-network" {
        severity: Error,
        confidence: High,
        source: "Edge deployment step 2.1, network adapters and routes (bb803617); Windows, route add",
        runs_despite_errors: true,
        waivable: false,
        bad: Example::with(bases::EDGE, &[(
            "zone = perimeter  range = 172.25.33.0/24",
            "zone = perimeter  range = 172.25.33.0/24  gateway = 172.25.34.1",
        )]),
        good: Example::with(bases::EDGE, &[(
            "zone = perimeter  range = 172.25.33.0/24",
            "zone = perimeter  range = 172.25.33.0/24  gateway = 172.25.33.1",
        )]),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    for network in &view.topology.networks {
        let Some(gateway) = &network.gateway else { continue };
        let (range, address) = (network.range, gateway.value);
        let is_host = range.prefix_len() >= 31 || (address != range.network() && address != range.broadcast());
        if range.contains(&address) && is_host {
            continue;
        }
        let label = match range.contains(&address) {
            true => format!("no computer has the first or last address of {range}"),
            false => format!("not in {range}"),
        };
        sink.report(
            Finding::new(
                format!("the gateway {address} of `{}` is not an address of a computer in this network", network.path),
                gateway.span,
                label,
            )
            .help(format!("write the address that the router has in `{}`", network.name))
            .needs(Fact::Written(gateway.span)),
        );
    }
}
