//! nft takes every rule set, and what the kernel then holds is the plan: no rule less, none more, none wider or narrower.

use ocstopo::compile::{BuildOptions, CompileOptions, Part, build, compile};
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::{FirewallPlan, FirewallRule, Party, plan};
use ocstopo::text::SourceMap;

use crate::support::kernel::{Allowed, Numbers, read_back};
use crate::support::{Example, both, need_root, run, table, text};

fn plans(example: &Example) -> Vec<FirewallPlan> {
    let lines = Lines { sources: &example.compiled.sources, show: true };
    plan(example.topology(), example.compiled.plans().expect("flows").flows, &lines)
}

fn path(plan: &FirewallPlan, file: &str) -> String {
    format!("network/firewall/{}/{file}", plan.label)
}

/// What a plan takes for the internet.
fn internet(plan: &FirewallPlan) -> Numbers {
    Numbers::of_nets(plan.inside.iter().copied()).complement()
}

fn planned(rule: &FirewallRule, internet: &Numbers) -> Allowed {
    let side = |parties: &[Party]| match parties.iter().any(Party::is_any) {
        true => internet.clone(),
        false => Numbers::of_nets(parties.iter().map(|party| party.net)),
    };
    let ports = |ranges: &[ocstopo::product::PortRange]| {
        Numbers::new(ranges.iter().map(|range| (range.first.into(), range.last.into())).collect())
    };
    Allowed {
        sources: side(&rule.sources),
        destinations: side(&rule.destinations),
        transport: rule.transport.word().to_owned(),
        source_ports: rule.source_ports.as_ref().map_or_else(Numbers::any_port, |ranges| ports(ranges)),
        ports: ports(&rule.destination_ports),
    }
}

fn tabled(row: &std::collections::BTreeMap<String, String>, internet: &Numbers) -> Allowed {
    let side = |cell: &str| match cell.strip_prefix("any") {
        Some("") => Numbers::any(),
        Some(rest) => {
            assert_eq!(rest, " except inside_networks (see inside_networks.csv)");
            internet.clone()
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
    for example in Example::all().iter() {
        for file in example.ending(".nft") {
            let said = run("nft", &["-c", "-f", text(&example.path(file))]);
            assert!(said.status.success() && both(&said).is_empty(), "{} {file}:\n{}", example.name, both(&said));
        }
    }
}

#[test]
fn the_kernel_holds_the_plan_and_the_table() {
    for example in Example::all().iter() {
        let plans = plans(example);
        assert_eq!(plans.len(), example.ending("rules.nft").len(), "a rule set for each firewall");
        for plan in &plans {
            let filter = read_back(&example.path(&path(plan, "rules.nft")));
            assert_eq!(filter.policy, "drop", "{}", plan.path);
            assert_eq!(filter.accepts.len(), plan.rules.len(), "{}", plan.path);
            assert!(!plan.rules.is_empty(), "{}", plan.path);
            let kernel = sorted(filter.accepts);
            let internet = internet(plan);
            assert_eq!(
                kernel,
                sorted(plan.rules.iter().map(|rule| planned(rule, &internet))),
                "{}: the kernel's rules and the plan's",
                plan.path
            );
            let rows = table::rows(example.text(&path(plan, "rules.csv")));
            assert_eq!(
                kernel,
                sorted(rows.iter().map(|row| tabled(row, &internet))),
                "{}: the kernel's rules and those of rules.csv",
                plan.path
            );
        }
    }
}

/// A firewall with a leg for everything; behind a WAN link and behind a second firewall there is more than it joins itself, and
/// another site is on the internet only.
const BEHIND: &str = r#"
organization o {
  product = ocs_2007
  sample = true
  sip_domains = ["contoso.com"]
  features = [web_conferencing, av_conferencing]
  active_directory { domain corp { fqdn = "corp.contoso.com" } }
  external_access { remote_users = true anonymous_meetings = true federation = discovered federated_av = [ocs_2007] }
  certification_authority corp_ca { kind = enterprise }
  certification_authority public_ca { kind = public }
  dns { internal_name_servers = ["dc01.corp.contoso.com"] external_name_servers = ["ns1.contoso.net"] }
}
site hq {
  users = 900 domain = corp
  network servers { zone = internal range = 10.10.0.0/24 }
  network clients { zone = internal range = 10.10.64.0/20 clients = true }
  network edge_inside { zone = perimeter range = 172.25.33.0/24 }
  network edge_outside { zone = perimeter range = 131.107.155.0/25 }
  network vault { zone = internal range = 10.20.0.0/24 }
  firewall fw { joins = [internet, edge_outside, edge_inside, servers, clients] }
  firewall second { joins = [servers, vault] }
  domain_controller dc01 { address = 10.10.0.5 }
  domain_controller dc03 { address = 10.20.0.5 }
  standard_edition se01 { address = 10.10.0.11 users = 900 automatic_sign_in = true external_web_farm = "ocsweb.contoso.com" }
  edge_array edge {
    shape = consolidated
    next_hop = se01
    inside { fqdn = "edge01.contoso.com" }
    access_edge { fqdn = "sip.contoso.com" }
    web_conferencing_edge { fqdn = "webconf.contoso.com" }
    av_edge { fqdn = "av.contoso.com" }
    server edge01 { inside = 172.25.33.10 access_edge = 131.107.155.10 web_conferencing_edge = 131.107.155.11 av_edge = 131.107.155.12 }
  }
  reverse_proxy rp { outside = 131.107.155.40 inside = 172.25.33.40 fqdn = "rp.contoso.com" publishes = [se01] }
}
site b {
  users = 1 domain = corp
  network lan { zone = internal range = 10.99.0.0/16 clients = true }
  network outside { zone = perimeter range = 131.107.160.0/26 }
  firewall out { joins = [internet, outside] }
  domain_controller dc02 { address = 10.99.0.5 }
}
wan_link w { joins = [hq.servers, b.lan] }
"#;

#[test]
fn the_internet_is_no_network_inside() {
    let sources = SourceMap::new(vec![("behind.ocstopo".to_owned(), BEHIND.to_owned())]);
    let compiled = compile(sources, &CompileOptions::default());
    let templates = crate::support::templates();
    let options = BuildOptions {
        only: &[Part::FIREWALL],
        dialects: &[],
        serial: None,
        lines: true,
        templates,
        since: None,
        team: None,
        renewal: None,
    };
    let artifacts = build(&compiled, &options).unwrap_or_else(|error| panic!("{error:?}: {:?}", compiled.diags));
    let rules = artifacts.iter().find(|artifact| artifact.path == "network/firewall/hq-fw/rules.nft").expect("its rules");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("rules.nft");
    std::fs::write(&file, &rules.content).expect("a file");
    let filter = read_back(&file);
    let permits = |from: &str, to: &str, transport: &str, port| {
        let (from, to) = (from.parse().expect("an address"), to.parse().expect("an address"));
        filter.accepts.iter().any(|rule| rule.permits(from, to, transport, port))
    };
    let (access, av) = ("131.107.155.10", "131.107.155.12");
    // The joined networks, the one behind the WAN link, the one behind the other firewall, the edge's own.
    for inside in ["10.10.0.200", "10.10.64.1", "10.99.0.1", "10.99.255.254", "10.20.0.9", "172.25.33.10", "131.107.155.99"] {
        assert!(!permits(av, inside, "udp", 50000), "{av} to {inside}");
        assert!(!permits(access, inside, "tcp", 5061), "{access} to {inside}");
        for (edge, transport, port) in [(access, "tcp", 5061), (av, "tcp", 443), (av, "udp", 3478), (av, "udp", 50000)] {
            assert!(!permits(inside, edge, transport, port), "{inside} to {edge}");
        }
    }
    // Strangers, and the site that is met on the internet only.
    for outside in ["192.0.2.1", "131.107.155.200", "131.107.160.9", "11.0.0.1"] {
        assert!(permits(av, outside, "udp", 50000), "{av} to {outside}");
        assert!(permits(outside, access, "tcp", 5061) && permits(outside, av, "udp", 3478), "{outside} to the edge");
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
