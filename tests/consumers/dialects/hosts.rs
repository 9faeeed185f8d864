//! Windows Firewall on the servers: the batch files are read back and compared with the plan, and the plan with the flows.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ocstopo::catalog::{HostFirewall, HostTool, facts};
use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::emit::{EmitContext, firewall};
use ocstopo::io::read_topology;
use ocstopo::packet::{Packet, Packets, Product, Ranges};
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::protocol as number;
use ocstopo::plan::host::{HostsPlan, plan};
use ocstopo::text::SourceMap;

use crate::dialects::read::{between, network, ports, protocol};
use crate::support::table::rows;
use crate::support::{EXAMPLES, root};

pub fn compiled(example: &str) -> Compiled {
    compile(read_topology(&root().join("examples").join(example), "stdin").expect("an example"), &CompileOptions::default())
}

pub fn hosts(compiled: &Compiled) -> HostsPlan {
    let lines = Lines { sources: &compiled.sources, show: true };
    let (topology, flows) = (compiled.plans().expect("a topology").topology, compiled.plans().expect("flows").flows);
    let balancers = ocstopo::plan::balancer::plan(topology, flows, compiled.plans().expect("a catalogue").catalog, &lines);
    plan(topology, flows, &balancers, &lines)
}

pub fn scripts(plan: &HostsPlan) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: true, organization: "contoso" };
    let files = firewall::emit_hosts(plan, &cx).expect("it can be said");
    let name = |path: &str| path.strip_prefix("network/firewall/hosts/").expect("its folder").to_owned();
    files.into_iter().map(|file| (name(&file.path), file.content)).collect()
}

/// The same plan for servers of another system.
pub fn with_system(plan: &HostsPlan, compiled: &Compiled, row: &str) -> HostsPlan {
    let product = compiled.plans().expect("a topology").topology.organization.product;
    let row = facts::<HostFirewall>(product).iter().find(|found| found.id == row).expect("a row");
    let mut plan = plan.clone();
    for host in &mut plan.hosts {
        host.firewall = row;
    }
    plan
}

pub const SYSTEMS: [&str; 3] = ["windows_2003", "windows_2008", "windows_2008_r2"];

/// Words of a line; quotes hold one together.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            letter => words.last_mut().expect("a word").push(letter),
        }
    }
    words
}

fn list(text: &str, item: impl Fn(&str) -> Ranges) -> Ranges {
    text.split(',').map(item).fold(Ranges::default(), |all, more| all.union(&more))
}

fn addresses(text: &str) -> Ranges {
    match text {
        "any" => Ranges::addresses(),
        text => list(text, |item| item.split_once('-').map_or_else(|| network(item), |(first, last)| between(first, last))),
    }
}

fn any_ports(text: &str) -> Ranges {
    if text == "any" { Ranges::ports() } else { list(text, ports) }
}

/// The packets that a script of `netsh advfirewall` admits: `call :rule NUMBER PROTOCOL PORTS SENDER'S-PORTS OWN SENDERS ABOUT`.
pub fn advfirewall(script: &str) -> Packets {
    let product = |line: &str| {
        let words = words(line);
        let [_, word, to, from, local, sources, _] = words.as_slice() else { panic!("not understood: {line}") };
        Product {
            sources: addresses(sources),
            source_ports: any_ports(from),
            destinations: addresses(local),
            destination_ports: any_ports(to),
            ..Product::of(protocol(word))
        }
    };
    Packets::of(&script.lines().filter_map(|line| line.strip_prefix("call :rule ")).map(product).collect::<Vec<_>>())
}

/// The packets that one of `netsh firewall` admits, at all addresses of the server: `call :open PROTOCOL PORT SCOPE SENDERS`.
pub fn portopening(script: &str, own: &[Ipv4Addr]) -> Packets {
    let own: Ranges = own.iter().map(|address| ipnet::Ipv4Net::from(*address)).collect();
    let mut seen = Vec::new();
    let mut product = |line: &str| {
        let words = words(line);
        let [word, port, scope, sources] = words.as_slice() else { panic!("not understood: {line}") };
        assert!(!seen.contains(&(word.clone(), port.clone())), "the second entry of a port replaces the first: {line}");
        seen.push((word.clone(), port.clone()));
        assert!(port.parse::<u16>().is_ok(), "a single port: {line}");
        assert_eq!((scope == "ALL"), sources.is_empty(), "{line}");
        let sources = if scope == "ALL" { Ranges::addresses() } else { list(sources, network) };
        Product { sources, destinations: own.clone(), destination_ports: ports(port), ..Product::of(protocol(word)) }
    };
    let products: Vec<_> = script.lines().filter_map(|line| line.strip_prefix("call :open ")).map(&mut product).collect();
    Packets::of(&products)
}

fn read(plan: &HostsPlan, at: usize, script: &str) -> Packets {
    match plan.hosts[at].firewall.tool {
        HostTool::Advfirewall => advfirewall(script),
        HostTool::Firewall => portopening(script, &plan.hosts[at].addresses),
    }
}

fn planned(plan: &HostsPlan, at: usize) -> Packets {
    let products = plan.hosts[at].rules.iter().map(|(opening, local)| plan.opening(*opening, local).expect("an opening"));
    Packets::of(&products.collect::<Vec<_>>())
}

#[test]
fn every_script_opens_the_plan_and_names_its_omissions() {
    for example in EXAMPLES {
        let compiled = compiled(example);
        let (mut left_out, mut all) = (BTreeMap::new(), BTreeMap::new());
        for system in SYSTEMS {
            let plan = with_system(&hosts(&compiled), &compiled, system);
            let scripts = scripts(&plan);
            assert_eq!(scripts.len(), plan.hosts.len() + 1);
            let table = rows(&scripts["rules.csv"]);
            for (at, host) in plan.hosts.iter().enumerate() {
                let script = &scripts[&format!("{}.cmd", host.label)];
                let (read, planned) = (read(&plan, at, script), planned(&plan, at));
                assert!(!planned.is_empty(), "{}", host.path);
                assert_eq!(read.difference(&planned).witness(), None, "{system}: {} lets in more", host.path);
                // What is missing is what the table says, and the head of the script too.
                let own: Vec<_> = table.iter().filter(|row| row["server"] == host.path).collect();
                assert_eq!(own.len(), host.rules.len(), "{}", host.path);
                let named = own.iter().zip(&host.rules).filter(|(row, _)| !row["not in the script"].is_empty());
                let products: Vec<_> = named
                    .map(|(row, (opening, local))| {
                        assert!(!row["why not"].is_empty());
                        assert!(script.contains(&format!("rem   {} ", row["rule"])), "{system}: {}", row["rule"]);
                        plan.opening(*opening, local).expect("an opening")
                    })
                    .collect();
                let missing = planned.difference(&read);
                assert_eq!(missing.difference(&Packets::of(&products)).witness(), None, "{system}: {}", host.path);
                *left_out.entry(system).or_insert(0) += products.len();
                *all.entry(system).or_insert(0) += host.rules.len();
            }
        }
        assert_eq!(left_out["windows_2008_r2"], 0, "it says everything");
        assert!(
            left_out["windows_2008"] <= left_out["windows_2003"] && left_out["windows_2003"] < all["windows_2003"],
            "{left_out:?}"
        );
    }
}

#[test]
fn every_operating_system_of_the_language_has_its_firewall() {
    for product in ocstopo::product::Product::ALL {
        let known: Vec<&String> = facts::<HostFirewall>(product).iter().flat_map(|row| &row.systems).collect();
        let page = ocstopo::schema::markdown();
        let (_, choices) =
            page.split_once("**`operating_system`**").or_else(|| page.split_once("`operating_system`")).expect("it");
        let (choices, _) = choices.split_once("`architecture`").expect("what follows it");
        let words: Vec<&str> =
            choices.lines().filter_map(|line| line.trim().strip_prefix("- `windows_20")?.split('`').next()).collect();
        assert!(words.len() >= 7, "{words:?}");
        for word in words {
            assert_eq!(known.iter().filter(|found| ***found == format!("windows_20{word}")).count(), 1, "{word}");
        }
    }
}

#[test]
fn every_flow_to_a_server_of_the_product_is_opened() {
    for example in EXAMPLES {
        let compiled = compiled(example);
        let plan = hosts(&compiled);
        let by_path: BTreeMap<&str, usize> = plan.hosts.iter().enumerate().map(|(at, host)| (host.path.as_str(), at)).collect();
        let mut judged = 0;
        for flow in &compiled.plans().expect("flows").flows.flows {
            for to in flow.to.iter().filter(|peer| peer.server.is_some()) {
                let Some(at) = by_path.get(to.path.as_str()) else { continue };
                let packets = planned(&plan, *at);
                for from in flow.from.iter().filter(|peer| peer.net.prefix_len() > 0) {
                    let packet = Packet {
                        protocol: number(flow.transports[0]),
                        source: from.net.addr(),
                        source_port: flow.source_ports.as_ref().map_or(40_000, |ports| ports[0].first),
                        destination: to.net.addr(),
                        destination_port: flow.ports.first().map_or(1024, |port| port.first),
                    };
                    assert!(packets.contains(&packet), "{} {}: {packet}", flow.id, to.path);
                    judged += 1;
                }
            }
        }
        assert!(judged > 8, "{example}: {judged}");
    }
}

/// A topology of an example with some text changed.
pub fn changed(example: &str, from: &str, to: &str) -> Compiled {
    let sources = read_topology(&root().join("examples").join(example), "stdin").expect("an example");
    let files: Vec<_> = sources.files().map(|(_, file)| (file.name().to_owned(), file.text().replace(from, to))).collect();
    assert!(files.iter().any(|(_, text)| text.contains(to)), "{from} is not in {example}");
    compile(SourceMap::new(files), &CompileOptions::default())
}

#[test]
fn balancers_are_opened_for_traffic_and_health_checks() {
    let permits = |plan: &HostsPlan, source: [u8; 4], port| {
        let at = plan.hosts.iter().position(|host| host.path == "redmond.pool01.fe01").expect("a front end");
        planned(plan, at).contains(&Packet {
            protocol: ocstopo::packet::TCP,
            source: Ipv4Addr::from(source),
            source_port: 40_000,
            destination: Ipv4Addr::new(10, 10, 0, 11),
            destination_port: port,
        })
    };
    let plan = hosts(&compiled("contoso"));
    assert!(permits(&plan, [10, 10, 0, 9], 5061), "the balancer, with what clients send to the pool");
    assert!(
        !permits(&plan, [10, 10, 0, 9], 1433) && !permits(&plan, [8, 8, 8, 8], 5061) && !permits(&plan, [10, 10, 0, 8], 5061)
    );
    // Its own addresses are not known, so the file says that they are not in it.
    let script = |plan: &HostsPlan| scripts(plan)["redmond-pool01-fe01.cmd"].clone();
    assert!(script(&plan).contains("HEALTH CHECKS ARE NOT AMONG THE PORTS: redmond.lb_servers"), "{}", script(&plan));
    let compiled =
        changed("contoso", "snat_addresses = [10.10.0.9]", "snat_addresses = [10.10.0.9]\n    self_addresses = [10.10.0.8]");
    let plan = hosts(&compiled);
    assert!(permits(&plan, [10, 10, 0, 8], 5061) && permits(&plan, [10, 10, 0, 8], 443), "it looks whether the server lives");
    assert!(!permits(&plan, [10, 10, 0, 8], 3389) && !permits(&plan, [10, 10, 0, 7], 5061));
    assert!(!script(&plan).contains("HEALTH CHECKS"));
}

#[test]
fn administrators_reach_every_server_or_the_file_warns() {
    let compiled = compiled("fabrikam");
    let (without, with) = ("REMOTE DESKTOP IS NOT AMONG", "Remote Desktop from the networks of administrators is among");
    for system in SYSTEMS {
        let plan = with_system(&hosts(&compiled), &compiled, system);
        let scripts = scripts(&plan);
        for (name, script) in scripts.iter().filter(|(name, _)| name.ends_with(".cmd")) {
            assert_ne!(script.contains(without), script.contains(with), "{name}");
            assert_eq!(script.contains(with), plan.administrators, "{name}");
            assert_eq!(script.contains("3389"), plan.administrators, "{name}");
        }
    }
    let text = read_topology(&root().join("examples/fabrikam"), "stdin").expect("an example");
    let has = text.files().any(|(_, file)| file.text().contains("administrators"));
    let other = match has {
        true => changed("fabrikam", "administrators = true", "administrators = false"),
        false => changed("fabrikam", "clients = true", "clients = true\n    administrators = true"),
    };
    let plan = hosts(&other);
    assert_ne!(plan.administrators, has);
    assert_eq!(scripts(&plan).values().any(|script| script.contains(with)), !has);
}

#[test]
fn wrong_scripts_are_detected() {
    let compiled = compiled("fabrikam");
    for system in SYSTEMS {
        let plan = with_system(&hosts(&compiled), &compiled, system);
        let scripts = scripts(&plan);
        let at = plan.hosts.iter().position(|host| host.path == "office.ocs01").expect("a server");
        let script = &scripts[&format!("{}.cmd", plan.hosts[at].label)];
        let right = read(&plan, at, script);
        // One that no other rule covers.
        let matters = |line: &&str| {
            line.starts_with("call :") && line.contains("TCP") && read(&plan, at, &script.replace(*line, "")) != right
        };
        let call = script.lines().find(matters).expect("a rule");
        let (head, tail) = call.split_once("192.168.").unwrap_or_else(|| panic!("{call}"));
        for wrong in [call.replace("TCP", "UDP"), format!("{head}192.169.{tail}"), String::new()] {
            assert_ne!(wrong, call);
            assert_ne!(read(&plan, at, &script.replace(call, &wrong)), right, "{wrong}");
        }
    }
}

#[test]
fn hostile_text_stays_in_its_place() {
    let compiled = compiled("fabrikam");
    for system in SYSTEMS {
        let plain = with_system(&hosts(&compiled), &compiled, system);
        let before = scripts(&plain);
        for text in ["\" & shutdown & \"", "%PATH%", "^&calc", "a\nb", "| calc", "> x", "!x!", "m\u{fc}nchen", &"x".repeat(300)] {
            let mut plan = plain.clone();
            for opening in &mut plan.openings {
                text.clone_into(&mut opening.id);
                text.clone_into(&mut opening.reason.purpose);
                text.clone_into(&mut opening.reason.row);
            }
            for host in &mut plan.hosts {
                text.clone_into(&mut host.path);
                text.clone_into(&mut host.declared.path);
            }
            let scripts = scripts(&plan);
            for (at, host) in plan.hosts.iter().enumerate() {
                let file = format!("{}.cmd", host.label);
                // A remark is as many lines as its text needs.
                let acted = |script: &str| script.lines().filter(|line| !line.trim_start().starts_with("rem ")).count();
                assert_eq!(acted(&scripts[&file]), acted(&before[&file]), "{text:?}");
                assert_eq!(read(&plan, at, &scripts[&file]), read(&plain, at, &before[&file]), "{text:?}");
            }
        }
    }
}
