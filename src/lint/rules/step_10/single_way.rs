//! One device or line between parts of the network where nothing may fail.

use crate::graph::{NetworkGraph, Node};
use crate::lint::availability::AvailabilityGoals;
use crate::lint::rule::rule;
use crate::lint::{Example, Finding, RuleContext, Sink, bases, words};
use std::collections::BTreeSet;

rule! {
    /// ## What it does
    /// Reports a firewall or WAN link without `redundant = true`, without which networks with servers or clients no longer reach
    /// each other, where one of them is at a site whose `availability` is `high`.
    ///
    /// ## Why it matters
    /// Two of each server help nobody who cannot reach them.
    ///
    /// ## Planning Guide
    /// Step 10 asks for no single point of failure. Which devices are one is read from the networks that they join.
    "OCS1008" "single-way" {
        severity: Warning,
        confidence: Medium,
        source: "Planning Guide step 10, high availability and fault tolerance (bb870413)",
        bad: Example::with(bases::HIGH, &[("joins = [internet, edge_outside]  dialect = nftables  redundant = true", "joins = [internet, edge_outside]  dialect = nftables")]),
        good: Example::of(bases::HIGH),
    }
}

fn check(view: &RuleContext, sink: &mut Sink) {
    let goals = AvailabilityGoals::new(view);
    let topology = view.topology;
    let stated: BTreeSet<&str> = ["firewall", "wan_link"]
        .into_iter()
        .flat_map(|kind| view.blocks_of(kind))
        .filter(|block| block.decl.boolean("redundant"))
        .map(|block| block.path.as_str())
        .collect();
    for node in NetworkGraph::new(topology).cut_points() {
        let (path, joins, span, word) = match node {
            Node::Firewall(id) => {
                let firewall = topology.firewall(id);
                (&firewall.path, &firewall.joins, firewall.span, "firewall")
            }
            Node::WanLink(id) => {
                let link = &topology.wan_links[id.index()];
                (&link.path, &link.joins, link.span, "WAN link")
            }
            Node::Network(_) => continue,
        };
        let sites = joins.iter().filter_map(|network| topology.network(network.value).site);
        let Some(goal) = sites.filter_map(|site| goals.of(site)).next().filter(|_| !stated.contains(path.as_str())) else {
            continue;
        };
        let names: Vec<&str> = joins.iter().map(|network| topology.network(network.value).path.as_str()).collect();
        sink.report(
            Finding::new(
                format!("without the {word} `{path}` its networks no longer reach each other"),
                span,
                format!("the only way between {}", words::quoted(&names)),
            )
            .related(goal, "no failure may take a service away here")
            .help("write `redundant = true` if it is a pair, or declare a second way between these networks"),
        );
    }
}
