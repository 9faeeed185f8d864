//! nft takes every rule set, and what the kernel then holds is the plan: no rule less, none more, none wider or narrower.

use ocstopo::plan::Lines;
use ocstopo::plan::firewall::{FirewallPlan, FirewallRule, Party, plan};

use crate::common::kernel::{Allowed, Numbers, read_back};
use crate::common::{Example, both, need_root, run, table, text};

fn plans(example: &Example) -> Vec<FirewallPlan> {
    let lines = Lines { sources: &example.compiled.sources, show: true };
    plan(example.topology(), example.compiled.flows.as_ref().expect("flows"), &lines)
}

fn path(plan: &FirewallPlan, file: &str) -> String {
    format!("network/firewall/{}/{file}", plan.label)
}

fn planned(rule: &FirewallRule) -> Allowed {
    let side = |parties: &[Party], except: &[ipnet::Ipv4Net]| {
        let except = Numbers::of_nets(except.iter().copied());
        match parties.iter().any(Party::is_any) {
            true => except.complement(),
            false => Numbers::of_nets(parties.iter().map(|party| party.net)),
        }
    };
    let ports = |ranges: &[ocstopo::catalog::PortRange]| {
        Numbers::new(ranges.iter().map(|range| (range.first.into(), range.last.into())).collect())
    };
    Allowed {
        sources: side(&rule.sources, &rule.sources_except),
        destinations: side(&rule.destinations, &rule.destinations_except),
        transport: rule.transport.word().to_owned(),
        source_ports: rule.source_ports.as_ref().map_or_else(Numbers::any_port, |ranges| ports(ranges)),
        ports: ports(&rule.destination_ports),
    }
}

fn tabled(row: &std::collections::BTreeMap<String, String>) -> Allowed {
    let side = |cell: &str| match cell.strip_prefix("any") {
        Some("") => Numbers::any(),
        Some(rest) => {
            let except = rest.strip_prefix(" except ").unwrap_or_else(|| panic!("{cell}")).split(' ');
            Numbers::of_nets(except.map(|net| net.parse().expect("a network"))).complement()
        }
        None => Numbers::of_nets(table::items(cell).into_iter().map(|item| {
            let item = item.split(" (public ").next().expect("an item");
            let item = if item.contains('/') { item.to_owned() } else { format!("{item}/32") };
            item.parse().unwrap_or_else(|_| panic!("{item} is no network"))
        })),
    };
    let ports = |cell: &str| match cell {
        "any" => Numbers::any_port(),
        _ => Numbers::new(
            table::items(cell)
                .into_iter()
                .map(|item| item.split_once('-').unwrap_or((item, item)))
                .map(|(first, last)| (first.parse().expect("a port"), last.parse().expect("a port")))
                .collect(),
        ),
    };
    assert_eq!(row["action"], "allow");
    Allowed {
        sources: side(&row["source addresses"]),
        destinations: side(&row["destination addresses"]),
        transport: row["transport"].clone(),
        source_ports: ports(&row["source ports"]),
        ports: ports(&row["destination ports"]),
    }
}

fn sorted(rules: impl IntoIterator<Item = Allowed>) -> Vec<Allowed> {
    let mut rules: Vec<Allowed> = rules.into_iter().collect();
    rules.sort();
    rules
}

#[test]
fn nft_takes_every_rule_set() {
    need_root();
    for example in Example::all() {
        for file in example.ending(".nft") {
            let said = run("nft", &["-c", "-f", text(&example.path(file))]);
            assert!(said.status.success() && both(&said).is_empty(), "{} {file}:\n{}", example.name, both(&said));
        }
    }
}

#[test]
fn the_kernel_holds_the_plan_and_the_table() {
    for example in Example::all() {
        let plans = plans(&example);
        assert_eq!(plans.len(), example.ending("rules.nft").len(), "a rule set for each firewall");
        for plan in &plans {
            let filter = read_back(&example.path(&path(plan, "rules.nft")));
            assert_eq!(filter.policy, "drop", "{}", plan.path);
            assert_eq!(filter.accepts.len(), plan.rules.len(), "{}", plan.path);
            assert!(!plan.rules.is_empty(), "{}", plan.path);
            let kernel = sorted(filter.accepts);
            assert_eq!(kernel, sorted(plan.rules.iter().map(planned)), "{}: the kernel's rules and the plan's", plan.path);
            let rows = table::rows(example.text(&path(plan, "rules.csv")));
            assert_eq!(kernel, sorted(rows.iter().map(tabled)), "{}: the kernel's rules and those of rules.csv", plan.path);
        }
    }
}

#[test]
fn the_reader_of_the_kernel_sees_a_difference() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rules.nft");
    let mut seen = Vec::new();
    for (policy, rule) in [
        ("drop", "ip daddr 10.0.0.0/31 tcp dport 443 accept"),
        ("drop", "ip daddr { 10.0.0.0, 10.0.0.1 } tcp dport { 443 } accept"),
        ("drop", "ip daddr 10.0.0.0/30 tcp dport 443 accept"),
        ("drop", "ip daddr != 10.0.0.0/31 tcp dport 443 accept"),
        ("drop", "ip daddr 10.0.0.0/31 tcp dport 443-444 accept"),
        ("drop", "ip daddr 10.0.0.0/31 udp dport 443 accept"),
        ("drop", "ip daddr 10.0.0.0/31 tcp sport 443 accept"),
        ("accept", "ip daddr 10.0.0.0/31 tcp dport 443 accept"),
    ] {
        let text = format!("table inet t {{ chain c {{ type filter hook forward priority 0; policy {policy}; {rule}; }}; }}\n");
        // Loading it twice must not double the rule.
        std::fs::write(&file, format!("table inet t\ndelete table inet t\n{text}")).expect("a file");
        let filter = read_back(&file);
        seen.push((filter.policy, filter.accepts));
    }
    assert_eq!(seen[0], seen[1], "the same packets in other words");
    for (place, other) in seen.iter().enumerate().skip(2) {
        assert_ne!(*other, seen[0], "the {place}th");
    }
}
