//! UDP on a load balancer that carries TCP only.

use std::collections::BTreeMap;

use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases};
use crate::product::Transport;

rule! {
    /// ## What it does
    /// Reports a virtual address with UDP traffic on a load balancer whose `dialect` supports TCP only.
    ///
    /// ## Why it matters
    /// The configuration leaves these ports out and says so at its end. Without a balancer for them, media falls back to TCP 443:
    /// calls start slowly and sound worse.
    ///
    /// ## Planning Guide
    /// Step 7: the load balancers of A/V Edges carry UDP 3478 on both sides.
    "OCS0715" "balancer-without-udp" {
        severity: Note,
        confidence: High,
        source: "Planning Guide step 7; edge deployment, load balancers of edge servers",
        bad: Example::with(bases::SCALED, &[("dialect        = f5", "dialect        = haproxy")]),
        good: Example::of(bases::SCALED),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    // The ports on each virtual address, once for each endpoint.
    let mut ports = BTreeMap::new();
    for flow in view.flows.flows.iter().filter(|flow| flow.transports.contains(&Transport::Udp)) {
        for endpoint in flow.to.iter().filter(|peer| peer.server.is_none()).filter_map(|peer| peer.endpoint) {
            ports.entry(endpoint).or_insert_with(|| flow.ports.first().map_or(0, |range| range.first));
        }
    }
    for (endpoint, port) in ports {
        let endpoint = view.topology.endpoint(endpoint);
        let Some(vip) = &endpoint.vip else { continue };
        let balancer = view.topology.load_balancer(vip.load_balancer);
        if balancer.dialect.balances_udp() {
            continue;
        }
        sink.report(
            Finding::new(
                format!("UDP {port} goes to `{}`, and `{}` is written for {}, which supports TCP only", vip.address.value, balancer.path, balancer.dialect.word()),
                vip.address.span,
                format!("{} ({})", endpoint.role.title(), endpoint.side.word()),
            )
            .related(balancer.span, "the load balancer")
            .help("write `dialect = f5` or `dialect = netscaler`, or give these ports to another balancer; `listeners.csv` lists them"),
        );
    }
}
