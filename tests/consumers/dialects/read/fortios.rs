//! A script of FortiOS, read as the device does: each entry acts at once, on what an earlier version and others left there.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, Ranges};

use super::words::words;
use super::{Judge, Limit, MASK, Names, PORT, Reading, SWAP, decided, masked, ports, protocol, sides};

pub const JUDGE: Judge = Judge {
    word: "fortigate",
    read,
    names: Names::Both,
    translates: false,
    comment: '#',
    typed: true,
    mutations: [
        (PORT, "set tcp-portrange 5061", "set tcp-portrange 1-65535"),
        (SWAP, "set srcaddr \"ocs_n_172.16.1.0_24\"", "set srcaddr \"ocs_h_10.10.0.10\""),
        (MASK, "subnet 172.16.1.0 255.255.255.0", "subnet 172.16.0.0 255.255.254.0"),
    ],
    limits: &[Limit::Name("set name \"", 35)],
};

/// The settings of an entry, each with its values.
type Entry = BTreeMap<String, Vec<String>>;

const ADDRESSES: &str = "firewall address";
const GROUPS: &str = "firewall addrgrp";
const SERVICES: &str = "firewall service custom";
const POLICIES: &str = "firewall policy";

const POLICY: &[&str] = &[
    "name",
    "srcintf",
    "dstintf",
    "srcaddr",
    "dstaddr",
    "srcaddr-negate",
    "dstaddr-negate",
    "action",
    "status",
    "schedule",
    "service",
    "logtraffic",
    "comments",
];

/// A running configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fortios {
    /// Entries by table, in order; policies are compared in it.
    tables: BTreeMap<String, Vec<(String, Entry)>>,
    implicit_log: bool,
}

fn read(text: &str) -> Reading {
    let mut device = Fortios::default();
    device.load(text);
    assert!(device.implicit_log, "it does not log what it denies");
    device.reading(&sides(text, "zone"))
}

impl Fortios {
    /// With its rules by name.
    pub fn sorted(&self) -> Self {
        let mut sorted = self.clone();
        sorted.tables.values_mut().for_each(|entries| entries.sort());
        sorted
    }

    /// Types the lines. A delete of what is not there or is in use is a failure.
    pub fn load(&mut self, text: &str) {
        let mut table: Option<String> = None;
        let mut entry = String::new();
        for line in text.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with('#')) {
            let words = words(line.trim_start());
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let mut entries = |table: &str| std::mem::take(self.tables.entry(table.to_owned()).or_default());
            match (&table, words.as_slice()) {
                (None, ["config", path @ ..]) => table = Some(path.join(" ")),
                (Some(_), ["end"]) => table = None,
                (Some(_), ["next"]) => {}
                (Some(name), ["set", "fwpolicy-implicit-log", "enable"]) if name == "log setting" => self.implicit_log = true,
                (Some(name), ["edit", edited]) => {
                    (*edited).clone_into(&mut entry);
                    let mut entries = entries(name);
                    if entries.iter().all(|(other, _)| other != edited) {
                        entries.push(((*edited).to_owned(), Entry::new()));
                    }
                    self.tables.insert(name.clone(), entries);
                }
                (Some(name), ["delete", gone]) => {
                    assert!(!self.used(name, gone), "the entry is used: {line}");
                    let entries = self.tables.get_mut(name).expect("a table");
                    let at = entries.iter().position(|(other, _)| other == gone);
                    entries.remove(at.unwrap_or_else(|| panic!("it is not there: {line}")));
                }
                (Some(name), ["move", moved, side @ ("before" | "after"), other]) if name == POLICIES => {
                    super::beside(self.tables.get_mut(name).expect("policies"), moved, side, other);
                }
                (Some(name), ["unset", key]) => {
                    let all = self.tables.get_mut(name).expect("a table");
                    let settings = &mut all.iter_mut().find(|(other, _)| *other == entry).expect("an entry").1;
                    assert!(settings.remove(*key).is_some(), "it is not set: {line}");
                }
                (Some(name), [word @ ("set" | "append"), key, values @ ..]) => {
                    let all = self.tables.get_mut(name).expect("a table");
                    let settings = &mut all.iter_mut().find(|(other, _)| *other == entry).expect("an entry").1;
                    let values = values.iter().map(|value| (*value).to_owned());
                    if *word == "set" {
                        settings.insert((*key).to_owned(), values.collect());
                    } else {
                        settings.get_mut(*key).expect("it was set").extend(values);
                    }
                }
                _ => panic!("not understood: {line}"),
            }
        }
        assert!(table.is_none(), "a table that does not end");
    }

    fn entries(&self, table: &str) -> &[(String, Entry)] {
        self.tables.get(table).map(Vec::as_slice).unwrap_or_default()
    }

    fn used(&self, table: &str, name: &str) -> bool {
        let named = |table: &str, keys: &[&str]| {
            let names = |entry: &Entry| keys.iter().any(|key| entry.get(*key).is_some_and(|all| all.iter().any(|v| v == name)));
            self.entries(table).iter().any(|(_, entry)| names(entry))
        };
        match table {
            ADDRESSES | GROUPS => named(GROUPS, &["member"]) || named(POLICIES, &["srcaddr", "dstaddr"]),
            SERVICES => named(POLICIES, &["service"]),
            _ => false,
        }
    }

    fn address(&self, name: &str) -> Ranges {
        let of = |table: &str| self.entries(table).iter().find(|(other, _)| other == name).map(|(_, entry)| entry);
        match (of(ADDRESSES), of(GROUPS)) {
            _ if name == "all" => Ranges::addresses(),
            (Some(entry), None) => {
                only(entry, &["type", "subnet", "comment"]);
                assert_eq!(entry["type"], ["ipmask"]);
                let [address, mask] = entry["subnet"].as_slice() else { panic!("{name}") };
                masked(address, mask)
            }
            (None, Some(entry)) => {
                only(entry, &["member", "comment"]);
                entry["member"].iter().fold(Ranges::default(), |all, member| all.union(&self.address(member)))
            }
            _ => panic!("{name} is no address, or two"),
        }
    }

    fn service(&self, name: &str) -> Vec<Product> {
        if name == "ALL" {
            return vec![Product::all()];
        }
        let entry = &self.entries(SERVICES).iter().find(|(other, _)| other == name).unwrap_or_else(|| panic!("no {name}")).1;
        only(entry, &["protocol", "tcp-portrange", "udp-portrange"]);
        let products = ["tcp", "udp"].into_iter().flat_map(|word| {
            let pairs = entry.get(&format!("{word}-portrange")).into_iter().flatten();
            pairs.map(move |pair| {
                let (to, from) = pair.split_once(':').map_or((pair.as_str(), None), |(to, from)| (to, Some(from)));
                let source_ports = from.map_or_else(Ranges::ports, ports);
                Product { destination_ports: ports(to), source_ports, ..Product::of(protocol(word)) }
            })
        });
        products.collect()
    }

    /// What passes, with the paths of zones.
    pub fn reading(&self, sides: &BTreeMap<String, String>) -> Reading {
        let known = [ADDRESSES, GROUPS, SERVICES, POLICIES];
        assert!(self.tables.keys().all(|table| known.contains(&table.as_str())), "not understood: {:?}", self.tables.keys());
        let mut decisions: BTreeMap<(String, String), Vec<(bool, Product)>> = BTreeMap::new();
        for (name, entry) in self.entries(POLICIES) {
            only(entry, POLICY);
            assert!(name.parse::<u32>().is_ok_and(|number| number > 0));
            let value = |key: &str| entry.get(key).map(Vec::as_slice).unwrap_or_default();
            let one = |key: &str| {
                let [only] = value(key) else { panic!("{name}: {key}") };
                only.as_str()
            };
            let permit = match one("action") {
                "accept" => true,
                "deny" => false,
                other => panic!("{name}: {other}"),
            };
            assert_eq!((one("schedule"), one("status")), ("always", "enable"), "{name}");
            let side = |word: &str| {
                let ranges = self.address(one(word));
                match value(&format!("{word}-negate")) {
                    [] => ranges,
                    [word] if word == "disable" => ranges,
                    [word] if word == "enable" => ranges.complement(),
                    other => panic!("{name}: {other:?}"),
                }
            };
            let (sources, destinations) = (side("srcaddr"), side("dstaddr"));
            let zones = (sides[one("srcintf")].clone(), sides[one("dstintf")].clone());
            let ended = |product| Product { sources: sources.clone(), destinations: destinations.clone(), ..product };
            let products = self.service(one("service")).into_iter().map(ended);
            decisions.entry(zones).or_default().extend(products.map(|product| (permit, product)));
        }
        let decided = decisions.into_iter().map(|(zones, rules)| (zones, decided(&rules)));
        Reading { opens: decided.filter(|(_, packets)| !packets.is_empty()).collect(), ..Reading::default() }
    }
}

fn only(entry: &Entry, known: &[&str]) {
    for key in entry.keys() {
        assert!(known.contains(&key.as_str()), "not understood: {key}");
    }
}
