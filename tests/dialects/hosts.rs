//! Windows Firewall on the servers: the scripts are read back and compared with the plan, and the plan with the flows.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::emit::{EmitContext, Templates, firewall};
use ocstopo::io::read_topology;
use ocstopo::packet::{Packet, Packets, Product, Ranges};
use ocstopo::plan::Lines;
use ocstopo::plan::firewall::protocol as number;
use ocstopo::plan::host::{HostsPlan, plan};

use crate::common::{EXAMPLES, root};
use crate::read::{between, network, ports, protocol};

fn compiled(example: &str) -> Compiled {
    compile(read_topology(&root().join("examples").join(example), "stdin").expect("an example"), &CompileOptions::default())
}

fn hosts(compiled: &Compiled) -> HostsPlan {
    let lines = Lines { sources: &compiled.sources, show: true };
    plan(compiled.topology.as_ref().expect("a topology"), compiled.flows.as_ref().expect("flows"), &lines)
}

fn scripts(plan: &HostsPlan) -> BTreeMap<String, String> {
    let templates = Templates::shipped();
    let cx = EmitContext { templates: &templates, sample: true, organization: "contoso" };
    let files = firewall::emit_hosts(plan, &cx).expect("it can be said");
    let name = |path: &str| path.strip_prefix("network/firewall/hosts/").expect("its folder").to_owned();
    files.into_iter().map(|file| (name(&file.path), file.content)).collect()
}

/// The strings and words of a call: `'…'` with `''` for a quote, `@(…, …)` as one list.
fn arguments(line: &str) -> Vec<Vec<String>> {
    let mut arguments: Vec<Vec<String>> = Vec::new();
    let (mut letters, mut listed) = (line.chars().peekable(), false);
    while let Some(letter) = letters.next() {
        match letter {
            '\'' => {
                let mut text = String::new();
                loop {
                    match letters.next() {
                        Some('\'') if letters.peek() == Some(&'\'') => text.extend(letters.next()),
                        Some('\'') => break,
                        Some(letter) => text.push(letter),
                        None => panic!("a string that does not end: {line}"),
                    }
                }
                match arguments.last_mut() {
                    Some(list) if listed => list.push(text),
                    _ => arguments.push(vec![text]),
                }
            }
            '@' => {
                assert_eq!(letters.next(), Some('('), "{line}");
                listed = true;
                arguments.push(Vec::new());
            }
            ')' => listed = false,
            ' ' | ',' => {}
            _ => panic!("not understood: {letter} in {line}"),
        }
    }
    arguments
}

fn lists(text: &str) -> BTreeMap<String, Ranges> {
    let mut lists: BTreeMap<String, Ranges> = BTreeMap::new();
    let mut open = String::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.trim().strip_suffix(" = @(") {
            open = name.trim_matches('\'').to_owned();
            lists.insert(open.clone(), Ranges::default());
        } else if line.starts_with("        '") {
            let address = line.trim().trim_matches('\'');
            let more = address.split_once('-').map_or_else(|| network(address), |(first, last)| between(first, last));
            let all = lists.get_mut(&open).expect("a list");
            *all = all.union(&more);
        } else {
            assert!(matches!(line, "$Lists = @{" | "    )" | "}" | ""), "not understood: {line}");
        }
    }
    lists
}

/// What a script lets in.
fn read(script: &str, lists: &BTreeMap<String, Ranges>) -> Packets {
    assert!(script.contains("-DefaultInboundAction Block -LogBlocked True"));
    let any = |words: &[String]| match words {
        [any] if any == "Any" => Ranges::ports(),
        words => words.iter().map(|word| ports(word)).fold(Ranges::default(), |all, more| all.union(&more)),
    };
    let calls = script.lines().filter_map(|line| line.strip_prefix("Add-Rule "));
    let product = |call: &str| {
        let arguments = arguments(call);
        let [_id, word, local, to, list, from, _about] = arguments.as_slice() else { panic!("not understood: {call}") };
        Product {
            sources: lists[&list[0]].clone(),
            source_ports: any(from),
            destinations: local.iter().map(|address| network(address)).fold(Ranges::default(), |all, more| all.union(&more)),
            destination_ports: any(to),
            ..Product::of(protocol(&word[0]))
        }
    };
    Packets::of(&calls.map(product).collect::<Vec<_>>())
}

fn planned(plan: &HostsPlan, at: usize) -> Packets {
    let products = plan.hosts[at].rules.iter().map(|(opening, local)| plan.opening(*opening, local).expect("an opening"));
    Packets::of(&products.collect::<Vec<_>>())
}

#[test]
fn every_script_lets_in_what_the_plan_says() {
    for example in EXAMPLES {
        let plan = hosts(&compiled(example));
        let scripts = scripts(&plan);
        assert_eq!(scripts.len(), plan.hosts.len() + 1);
        let lists = lists(&scripts["lists.ps1"]);
        for (at, host) in plan.hosts.iter().enumerate() {
            let (read, planned) = (read(&scripts[&format!("{}.ps1", host.label)], &lists), planned(&plan, at));
            assert!(!planned.is_empty(), "{}", host.path);
            assert_eq!(read.difference(&planned).witness(), None, "{} lets in more", host.path);
            assert_eq!(planned.difference(&read).witness(), None, "{} lets in less", host.path);
        }
    }
}

#[test]
fn every_flow_to_a_server_of_the_product_is_let_in() {
    for example in EXAMPLES {
        let compiled = compiled(example);
        let plan = hosts(&compiled);
        let by_path: BTreeMap<&str, usize> = plan.hosts.iter().enumerate().map(|(at, host)| (host.path.as_str(), at)).collect();
        let mut judged = 0;
        for flow in &compiled.flows.as_ref().expect("flows").flows {
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

#[test]
fn a_balancer_speaks_for_those_behind_it() {
    let plan = hosts(&compiled("contoso"));
    let at = plan.hosts.iter().position(|host| host.path == "redmond.pool01.fe01").expect("a front end");
    let packets = planned(&plan, at);
    let lets = |source: [u8; 4], port| {
        packets.contains(&Packet {
            protocol: ocstopo::packet::TCP,
            source: Ipv4Addr::from(source),
            source_port: 40_000,
            destination: Ipv4Addr::new(10, 10, 0, 11),
            destination_port: port,
        })
    };
    assert!(lets([10, 10, 0, 9], 5061), "the balancer, with what clients send to the pool");
    assert!(!lets([10, 10, 0, 9], 1433) && !lets([8, 8, 8, 8], 5061));
}

#[test]
fn wrong_scripts_are_seen() {
    let plan = hosts(&compiled("fabrikam"));
    let scripts = scripts(&plan);
    let lists = lists(&scripts["lists.ps1"]);
    let at = plan.hosts.iter().position(|host| host.path == "office.ocs01").expect("a server");
    let script = &scripts[&format!("{}.ps1", plan.hosts[at].label)];
    // One that no other rule covers.
    let matters = |line: &&str| line.starts_with("Add-Rule ") && read(&script.replace(*line, ""), &lists) != planned(&plan, at);
    let call = script.lines().filter(|line| line.contains("'TCP'")).find(matters).expect("a rule");
    let ports = call.split(" @(").nth(2).expect("ports").split(')').next().expect("ports");
    for wrong in [
        call.replace(&format!("@({ports})"), "@('Any')"),
        call.replace("'TCP'", "'UDP'"),
        call.replace("@('192.168.10.11')", "@('192.168.10.12')"),
    ] {
        assert_ne!(wrong, call);
        assert_ne!(read(&script.replace(call, &wrong), &lists), planned(&plan, at), "{wrong}");
    }
}

#[test]
fn hostile_text_stays_in_its_string() {
    let plain = hosts(&compiled("fabrikam"));
    for text in ["'; Stop-Computer; '", "\u{2019}; x; \u{2019}", "$(x)", "`n", "a\nb", "\"", "m\u{fc}nchen", &"x".repeat(300)] {
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
        let (scripts, before) = (scripts(&plan), scripts(&plain));
        let lists = lists(&scripts["lists.ps1"]);
        for (at, host) in plan.hosts.iter().enumerate() {
            let file = format!("{}.ps1", host.label);
            // To PowerShell the typographic quotes are quotes: the reader knows the plain one, so both are made plain.
            let script = scripts[&file].replace('\u{2019}', "'");
            assert_eq!(script.lines().count(), before[&file].lines().count(), "{text:?}");
            assert_eq!(read(&script, &lists), planned(&plain, at), "{text:?}");
        }
    }
}
