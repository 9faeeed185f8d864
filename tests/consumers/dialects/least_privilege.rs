//! Least privilege: every flow that crosses a firewall has its rule there, every rule has its flow and its reasons, and nothing else
//! is open.

use std::collections::BTreeMap;

use ocstopo::compile::{CompileOptions, compile};
use ocstopo::flow::{Flow, Leg, Parties, Peer};
use ocstopo::io::read_topology;
use ocstopo::packet::{Packets, Product, Ranges};
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::{FirewallPlan, MatchedAddress, plan, port_ranges, protocol};

use crate::support::{EXAMPLES, root};

/// The packets of one way of a flow, made from the flow alone; nothing is translated in the examples.
fn product(plan: &FirewallPlan, flow: &Flow<'_>, leg: &Leg, transport: ocstopo::product::Transport) -> Product {
    let side = |peers: &Parties, positions: &[usize]| {
        let all: Vec<&Peer> = positions.iter().map(|at| &peers[*at]).collect();
        let named: Ranges = all.iter().map(|peer| peer.net).filter(|net| net.prefix_len() > 0).collect();
        if all.iter().any(|peer| peer.net.prefix_len() == 0) { named.union(&plan.internet()) } else { named }
    };
    let unprivileged = || Ranges::new([(1024, 65535)]);
    Product {
        sources: side(&flow.from, &leg.from),
        source_ports: flow.source_ports.as_deref().map_or_else(Ranges::ports, port_ranges),
        destinations: side(&flow.to, &leg.to),
        destination_ports: if flow.ports.is_empty() { unprivileged() } else { port_ranges(&flow.ports) },
        ..Product::of(protocol(transport))
    }
}

#[test]
fn firewalls_are_open_for_their_flows_only() {
    for example in EXAMPLES {
        let sources = read_topology(&root().join("examples").join(example), "stdin").expect("an example");
        let compiled = compile(sources, &CompileOptions::default());
        let topology = compiled.plans().expect("a topology").topology;
        let flows = compiled.plans().expect("flows").flows;
        assert!(topology.firewalls.iter().all(|firewall| firewall.nats.is_empty()), "{example}");
        let plans = plan(topology, flows, &Lines { sources: &compiled.sources, show: true });
        let by_path: BTreeMap<&str, &FirewallPlan> = plans.iter().map(|plan| (plan.path.as_str(), plan)).collect();
        let mut needed: BTreeMap<&str, Vec<Product>> = BTreeMap::new();
        for flow in &flows.flows {
            for leg in &flow.legs {
                for crossing in &leg.crossings {
                    let path = topology.firewall(crossing.firewall).path.as_str();
                    let products = flow.transports.iter().map(|transport| product(by_path[path], flow, leg, *transport));
                    needed.entry(path).or_default().extend(products);
                }
            }
        }
        for plan in &plans {
            let (open, needed) = (plan.packets(MatchedAddress::Real), Packets::of(&needed[plan.path.as_str()]));
            assert_eq!(open.difference(&needed).witness(), None, "{} is open for what no flow needs", plan.path);
            assert_eq!(needed.difference(&open).witness(), None, "{} is closed for a flow", plan.path);
        }
    }
}

#[test]
fn every_rule_has_its_flow_and_its_reasons() {
    for example in EXAMPLES {
        let sources = read_topology(&root().join("examples").join(example), "stdin").expect("an example");
        let compiled = compile(sources, &CompileOptions::default());
        let flows = compiled.plans().expect("flows").flows;
        let catalog = compiled.plans().expect("a catalogue").catalog;
        let plans =
            plan(compiled.plans().expect("a topology").topology, flows, &Lines { sources: &compiled.sources, show: true });
        for rule in plans.iter().flat_map(|plan| &plan.rules) {
            let flow = flows.flows.iter().find(|flow| flow.id == rule.flow).unwrap_or_else(|| panic!("{} has no flow", rule.id));
            let reason = &rule.reason;
            assert!(flow.row.id == reason.row && catalog.flows.iter().any(|row| row.id == reason.row), "{}", rule.id);
            assert!(!reason.features.is_empty() && !reason.purpose.is_empty() && !rule.breaks.is_empty(), "{}", rule.id);
            assert!(
                !reason.source.is_empty() && reason.source.iter().all(|key| catalog.source_title(key).is_some()),
                "{}",
                rule.id
            );
            assert!(reason.declared.iter().any(|declared| declared.place.is_some()), "{}", rule.id);
        }
    }
}
