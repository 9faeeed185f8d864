//! iptables, as `iptables-save` lists what the kernel holds.

use std::collections::BTreeMap;
use std::io::Write;
use std::process::Stdio;

use ocstopo::packet::{Packets, Product, Ranges};

use super::{ANY, Judge, Limit, MASK, Names, PORT, Reading, SWAP, between, network, ports, protocol};
use crate::support::kernel::Namespace;

pub const JUDGE: Judge = Judge {
    word: "iptables",
    read,
    names: Names::Neither,
    translates: true,
    comment: '#',
    typed: false,
    mutations: [
        (PORT, "-p tcp --dport 5061", "-p tcp"),
        (SWAP, "-s 172.16.1.0/24 -d 10.10.0.10", "-d 172.16.1.0/24 -s 10.10.0.10"),
        (MASK, "-s 172.16.1.0/24", "-s 172.16.0.0/23"),
    ],
    limits: &[Limit::Name(":", 28)],
};

#[derive(Debug)]
struct Rule {
    matches: Product,
    target: String,
    /// `conntrack` states, where it compares them.
    states: Option<String>,
}

pub fn read(text: &str) -> Reading {
    let namespace = Namespace::new();
    let load = || {
        let mut restore = namespace.command("iptables-restore");
        let mut child = restore.arg("--noflush").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("iptables runs");
        child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("it reads");
        let said = child.wait_with_output().expect("it ends");
        assert!(said.status.success() && said.stderr.is_empty(), "{}", String::from_utf8_lossy(&said.stderr));
        for (table, chain, own) in
            [("filter", "FORWARD", "ocs_forward"), ("nat", "PREROUTING", "ocs_dnat"), ("nat", "POSTROUTING", "ocs_snat")]
        {
            let hook = |verb: &str| {
                let said =
                    namespace.command("iptables").args(["-t", table, verb, chain, "-j", own]).output().expect("iptables runs");
                said.status.success()
            };
            assert!(hook("-C") || hook("-I"), "{own} cannot be led to");
        }
        let saved = namespace.command("iptables-save").output().expect("iptables runs");
        let listed = String::from_utf8(saved.stdout).expect("text");
        listed.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect::<String>()
    };
    let once = load();
    assert_eq!(once, load(), "loading it again changes what it says");
    listed(&once)
}

/// The packets that a listing permits, from FORWARD on.
pub fn listed(text: &str) -> Reading {
    let mut chains: BTreeMap<String, Vec<Rule>> = BTreeMap::new();
    let mut reading = Reading::default();
    let (mut table, mut policy) = ("", String::new());
    let mut translations: BTreeMap<String, [Option<String>; 2]> = BTreeMap::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('*') {
            table = name;
        } else if let Some(chain) = line.strip_prefix(':') {
            let (name, rest) = chain.split_once(' ').expect("a chain");
            if name == "FORWARD" && table == "filter" {
                rest.split(' ').next().expect("a policy").clone_into(&mut policy);
            }
        } else if line.starts_with("-A ") && table == "filter" {
            let (chain, rule) = rule(line);
            chains.entry(chain).or_default().push(rule);
        } else if line.starts_with("-A ") && table == "nat" {
            let words = super::words::words(line);
            let after = |flag: &str| words.iter().position(|word| word == flag).map(|at| words[at + 1].trim_end_matches("/32"));
            if let (Some(public), Some(inside)) = (after("-d"), after("--to-destination")) {
                translations.entry(inside.to_owned()).or_default()[0] = Some(public.to_owned());
            }
            if let (Some(inside), Some(public)) = (after("-s"), after("--to-source")) {
                translations.entry(inside.to_owned()).or_default()[1] = Some(public.to_owned());
            }
        } else {
            assert_eq!(line, "COMMIT");
        }
    }
    for (inside, [there, back]) in translations {
        assert_eq!(there, back, "both ways of {inside}");
        reading.nats.push((there.expect("a public address"), inside));
    }
    let forward = &mut chains.get_mut("ocs_forward").expect("rules");
    let state = |rule: &Rule, states: &str, target: &str| rule.states.as_deref() == Some(states) && rule.target == target;
    assert!(state(&forward[0], "RELATED,ESTABLISHED", "ACCEPT") && state(&forward[1], "INVALID", "DROP"), "{forward:?}");
    forward.drain(..2);
    assert!(chains.values().flatten().all(|rule| rule.states.is_none()), "a state deeper down");
    let (mut accepted, undecided) = walked(&chains, "FORWARD", Packets::of([&Product::all()]), 0);
    if policy == "ACCEPT" {
        accepted = accepted.union(&undecided);
    }
    if !accepted.is_empty() {
        reading.opens.insert((ANY.to_owned(), ANY.to_owned()), accepted);
    }
    reading
}

/// What of some packets a chain accepts, and what it hands back.
fn walked(chains: &BTreeMap<String, Vec<Rule>>, chain: &str, packets: Packets, depth: usize) -> (Packets, Packets) {
    assert!(depth < 8, "chains that lead in circles");
    let (mut accepted, mut returned, mut rest) = (Packets::none(), Packets::none(), packets);
    for rule in chains.get(chain).into_iter().flatten() {
        let hit = rest.intersection(&Packets::of([&rule.matches]));
        if hit.is_empty() {
            continue;
        }
        match rule.target.as_str() {
            "LOG" => continue,
            "ACCEPT" => accepted = accepted.union(&hit),
            "DROP" => {}
            "RETURN" => returned = returned.union(&hit),
            target => {
                assert!(chains.contains_key(target), "no chain {target}");
                let (more, back) = walked(chains, target, hit.clone(), depth + 1);
                accepted = accepted.union(&more);
                rest = rest.difference(&hit).union(&back);
                continue;
            }
        }
        rest = rest.difference(&hit);
    }
    (accepted, returned.union(&rest))
}

fn rule(line: &str) -> (String, Rule) {
    let words = super::words::words(line);
    let mut words = words.iter().map(String::as_str);
    let mut rule = Rule { matches: Product::all(), target: String::new(), states: None };
    let mut chain = String::new();
    let mut negated = false;
    while let Some(word) = words.next() {
        let mut value = || words.next().unwrap_or_else(|| panic!("it ends too early: {line}"));
        let list = |text: &str| text.split(',').map(ports).fold(Ranges::default(), |all, more| all.union(&more));
        let not = |ranges: Ranges, negated: bool| if negated { ranges.complement() } else { ranges };
        match word {
            "-A" => value().clone_into(&mut chain),
            "-s" => rule.matches.sources = not(network(value()), negated),
            "-d" => rule.matches.destinations = not(network(value()), negated),
            "-p" => rule.matches.protocols = Ranges::one(protocol(value()).into()),
            "-m" => {
                let known = ["tcp", "udp", "multiport", "conntrack", "comment", "limit", "iprange"];
                assert!(known.contains(&value()), "not understood: {line}");
            }
            "--src-range" | "--dst-range" => {
                let (first, last) = value().split_once('-').expect("a range");
                let ranges = not(between(first, last), negated);
                *(if word == "--src-range" { &mut rule.matches.sources } else { &mut rule.matches.destinations }) = ranges;
            }
            "--sport" | "--sports" => rule.matches.source_ports = list(value()),
            "--dport" | "--dports" => rule.matches.destination_ports = list(value()),
            "--ctstate" => rule.states = Some(value().to_owned()),
            "--comment" | "--limit" | "--limit-burst" | "--log-prefix" => drop(value()),
            "-j" => value().clone_into(&mut rule.target),
            "!" => {
                negated = true;
                continue;
            }
            _ => panic!("not understood: {line}"),
        }
        assert!(!negated || matches!(word, "-s" | "-d" | "--src-range" | "--dst-range"), "{line}");
        negated = false;
    }
    assert!(!rule.target.is_empty(), "it does nothing: {line}");
    (chain, rule)
}
