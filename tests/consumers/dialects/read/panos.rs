//! PAN-OS commands, read as the device does: into a candidate that may hold an earlier version and others' rules.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::packet::{Product, Ranges};

use super::words::words;
use super::{Judge, Limit, MASK, Names, PORT, Reading, SWAP, decided, network, ports, protocol, sides};

pub const JUDGE: Judge = Judge {
    word: "palo_alto",
    read,
    names: Names::Both,
    translates: false,
    comment: '#',
    typed: true,
    mutations: [
        (PORT, "service ocs_tcp_5061\n", "service any\n"),
        (SWAP, "source ocs_n_172.16.1.0_24", "source ocs_h_10.10.0.10"),
        (MASK, "ip-netmask 172.16.1.0/24", "ip-netmask 172.16.0.0/23"),
    ],
    limits: &[Limit::Name("set rulebase security rules ", 31), Limit::Name("set address ", 31), Limit::Name("set service ", 31)],
};

/// The settings of a rule, each with its values.
type Rule = BTreeMap<String, BTreeSet<String>>;

/// Settings that `set` adds a value to; it replaces the value of all others.
const LISTS: [&str; 6] = ["from", "to", "source", "destination", "application", "service"];
const WORDS: [&str; 6] = ["negate-source", "negate-destination", "action", "description", "log-start", "log-end"];

/// A candidate configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Panos {
    addresses: BTreeMap<String, Ranges>,
    groups: BTreeMap<String, BTreeSet<String>>,
    services: BTreeMap<String, Product>,
    /// In the order in which they are compared.
    rules: Vec<(String, Rule)>,
    /// What was set of the default rule between zones.
    default: BTreeMap<String, String>,
}

fn read(text: &str) -> Reading {
    let mut device = Panos::default();
    device.load(text);
    assert_eq!(device.default["log-end"], "yes", "it does not log what it denies");
    device.reading(&sides(text, "zone"))
}

impl Panos {
    /// With its rules by name.
    pub fn sorted(&self) -> Self {
        let mut sorted = self.clone();
        sorted.rules.sort();
        sorted
    }

    /// Types the lines in configuration mode. A delete of what is not there is a failure: it would be for something of others.
    pub fn load(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words = words(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            match words.as_slice() {
                ["set", "address" | "address-group", _, "description", _] => {}
                ["set", "address", name, "ip-netmask", net] => {
                    assert!(self.addresses.insert((*name).to_owned(), network(net)).is_none(), "twice: {line}");
                }
                ["set", "address-group", name, "static", member] => {
                    self.address(member);
                    self.groups.entry((*name).to_owned()).or_default().insert((*member).to_owned());
                }
                ["set", "service", name, "protocol", word, which, list] => {
                    let listed = list.split(',').map(ports).fold(Ranges::default(), |all, more| all.union(&more));
                    let service = self.services.entry((*name).to_owned()).or_insert_with(|| Product::of(protocol(word)));
                    match *which {
                        "port" => service.destination_ports = listed,
                        "source-port" => service.source_ports = listed,
                        _ => panic!("not understood: {line}"),
                    }
                }
                ["set", "rulebase", "security", "rules", name, word, value] => self.set(name, word, value, line),
                ["set", "rulebase", "default-security-rules", "rules", "interzone-default", word, value] => {
                    self.default.insert((*word).to_owned(), (*value).to_owned());
                }
                ["delete", rest @ ..] => self.delete(rest, line),
                ["move", "rulebase", "security", "rules", name, "top"] => {
                    let rule = self.rules.remove(self.at(name));
                    self.rules.insert(0, rule);
                }
                ["move", "rulebase", "security", "rules", name, side @ ("before" | "after"), other] => {
                    super::beside(&mut self.rules, name, side, other);
                }
                _ => panic!("not understood: {line}"),
            }
        }
    }

    fn at(&self, name: &str) -> usize {
        self.rules.iter().position(|(other, _)| other == name).unwrap_or_else(|| panic!("no rule {name}"))
    }

    fn set(&mut self, name: &str, word: &str, value: &str, line: &str) {
        if self.rules.iter().all(|(other, _)| other != name) {
            self.rules.push((name.to_owned(), Rule::new()));
        }
        let at = self.at(name);
        let values = self.rules[at].1.entry(word.to_owned()).or_default();
        if WORDS.contains(&word) {
            values.clear();
        } else {
            assert!(LISTS.contains(&word), "not understood: {line}");
        }
        values.insert(value.to_owned());
    }

    fn delete(&mut self, what: &[&str], line: &str) {
        let used = |groups: &BTreeMap<String, BTreeSet<String>>, rules: &[(String, Rule)], name: &str| {
            groups.values().any(|members| members.contains(name))
                || rules.iter().any(|(_, rule)| LISTS.iter().any(|word| rule.get(*word).is_some_and(|all| all.contains(name))))
        };
        let gone = match what {
            ["rulebase", "security", "rules", name] => {
                let at = self.at(name);
                self.rules.remove(at);
                return;
            }
            ["rulebase", "security", "rules", name, word, value @ ..] => {
                let at = self.at(name);
                let Some(values) = self.rules[at].1.get_mut(*word) else { panic!("it is not there: {line}") };
                match value {
                    [] if WORDS.contains(word) => drop(self.rules[at].1.remove(*word)),
                    [value] if LISTS.contains(word) => assert!(values.remove(*value), "it is not there: {line}"),
                    _ => panic!("not understood: {line}"),
                }
                assert!(self.rules[at].1.get(*word).is_none_or(|all| !all.is_empty()), "an empty list: {line}");
                return;
            }
            ["address" | "address-group", _, "description"] => return,
            [_, name] if used(&self.groups, &self.rules, name) => panic!("cannot be deleted because of references: {line}"),
            ["address-group", name] => self.groups.remove(*name).is_some(),
            ["address", name] => self.addresses.remove(*name).is_some(),
            ["service", name] => self.services.remove(*name).is_some(),
            _ => panic!("not understood: {line}"),
        };
        assert!(gone, "it is not there: {line}");
    }

    fn address(&self, name: &str) -> Ranges {
        match name {
            "any" => Ranges::addresses(),
            "0.0.0.0/0" => network("0.0.0.0/0"),
            name => match (self.addresses.get(name), self.groups.get(name)) {
                (Some(ranges), None) => ranges.clone(),
                (None, Some(members)) => members.iter().fold(Ranges::default(), |all, name| all.union(&self.address(name))),
                _ => panic!("{name} is no address, or two"),
            },
        }
    }

    /// What passes between zones once it is committed, with their paths.
    pub fn reading(&self, sides: &BTreeMap<String, String>) -> Reading {
        let mut decisions: BTreeMap<(String, String), Vec<(bool, Product)>> = BTreeMap::new();
        let pairs = || sides.iter().flat_map(|from| sides.iter().map(move |to| (from, to))).filter(|(from, to)| from != to);
        for (name, rule) in &self.rules {
            let one = |word: &str| {
                let values: Vec<&str> = rule.get(word).into_iter().flatten().map(String::as_str).collect();
                assert!(values.len() <= 1, "{name}: {word} {values:?}");
                values.first().copied()
            };
            let side = |word: &str| {
                let ranges = rule[word].iter().fold(Ranges::default(), |all, name| all.union(&self.address(name)));
                match one(&format!("negate-{word}")) {
                    None | Some("no") => ranges,
                    Some("yes") => ranges.complement(),
                    Some(other) => panic!("{name}: {other}"),
                }
            };
            assert_eq!(one("application"), Some("any"), "{name}");
            let permit = match one("action") {
                Some("allow") => true,
                Some("deny") => false,
                other => panic!("{name}: {other:?}"),
            };
            let (sources, destinations) = (side("source"), side("destination"));
            let zone = |word: &str, zone: &str| rule[word].contains("any") || rule[word].contains(zone);
            for service in &rule["service"] {
                let service = if service == "any" { Product::all() } else { self.services[service].clone() };
                let product = Product { sources: sources.clone(), destinations: destinations.clone(), ..service };
                for (from, to) in pairs().filter(|(from, to)| zone("from", from.0) && zone("to", to.0)) {
                    decisions.entry((from.1.clone(), to.1.clone())).or_default().push((permit, product.clone()));
                }
            }
        }
        if self.default.get("action").is_some_and(|action| action != "deny") {
            panic!("what no rule allows passes");
        }
        let decided = decisions.into_iter().map(|(zones, rules)| (zones, decided(&rules)));
        Reading { opens: decided.filter(|(_, packets)| !packets.is_empty()).collect(), ..Reading::default() }
    }
}
