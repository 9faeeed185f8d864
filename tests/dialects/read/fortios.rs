//! A script of FortiOS.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, Ranges};

use super::words::words;
use super::{Reading, decided, masked, ports, protocol, sides};

/// The settings of an entry, each with its values.
type Entry = BTreeMap<String, Vec<String>>;

pub fn read(text: &str) -> Reading {
    let sides = sides(text, "zone");
    let mut tables: BTreeMap<String, Vec<(String, Entry)>> = BTreeMap::new();
    let mut table: Option<String> = None;
    let mut implicit_log = false;
    for line in text.lines().filter(|line| !line.is_empty() && !line.trim_start().starts_with('#')) {
        let words = words(line.trim_start());
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match (&table, words.as_slice()) {
            (None, ["config", path @ ..]) => {
                table = Some(path.join(" "));
                tables.entry(path.join(" ")).or_default();
            }
            (Some(_), ["end"]) => table = None,
            (Some(name), ["edit", entry]) => {
                let entries = tables.get_mut(name).expect("a table");
                assert!(entries.iter().all(|(other, _)| other != entry), "twice: {line}");
                entries.push(((*entry).to_owned(), Entry::new()));
            }
            (Some(_), ["next"]) => {}
            (Some(name), ["set", "fwpolicy-implicit-log", "enable"]) if name == "log setting" => implicit_log = true,
            (Some(name), [word @ ("set" | "append"), key, values @ ..]) => {
                let entry = &mut tables.get_mut(name).and_then(|entries| entries.last_mut()).expect("an entry").1;
                let values = values.iter().map(|value| (*value).to_owned());
                if *word == "set" {
                    assert!(entry.insert((*key).to_owned(), values.collect()).is_none(), "twice: {line}");
                } else {
                    entry.get_mut(*key).expect("it was set").extend(values);
                }
            }
            _ => panic!("not understood: {line}"),
        }
    }
    assert!(table.is_none() && implicit_log);
    let mut addresses: BTreeMap<String, Ranges> = BTreeMap::from([("all".to_owned(), Ranges::addresses())]);
    for (name, entry) in tables.remove("firewall address").expect("addresses") {
        only(&entry, &["type", "subnet", "comment"]);
        assert_eq!(entry["type"], ["ipmask"]);
        let [address, mask] = entry["subnet"].as_slice() else { panic!("{name}") };
        addresses.insert(name, masked(address, mask));
    }
    for (name, entry) in tables.remove("firewall addrgrp").unwrap_or_default() {
        only(&entry, &["member", "comment"]);
        let all = entry["member"].iter().fold(Ranges::default(), |all, member| all.union(&addresses[member]));
        addresses.insert(name, all);
    }
    let mut services: BTreeMap<String, Vec<Product>> = BTreeMap::new();
    for (name, entry) in tables.remove("firewall service custom").expect("services") {
        only(&entry, &["protocol", "tcp-portrange", "udp-portrange"]);
        let products = ["tcp", "udp"].into_iter().flat_map(|word| {
            let pairs = entry.get(&format!("{word}-portrange")).into_iter().flatten();
            pairs.map(move |pair| {
                let (to, from) = pair.split_once(':').map_or((pair.as_str(), None), |(to, from)| (to, Some(from)));
                let source_ports = from.map_or_else(Ranges::ports, ports);
                Product { destination_ports: ports(to), source_ports, ..Product::of(protocol(word)) }
            })
        });
        services.insert(name, products.collect());
    }
    let mut decisions: BTreeMap<(String, String), Vec<(bool, Product)>> = BTreeMap::new();
    for (name, entry) in tables.remove("firewall policy").expect("policies") {
        only(
            &entry,
            &[
                "name",
                "srcintf",
                "dstintf",
                "srcaddr",
                "dstaddr",
                "srcaddr-negate",
                "dstaddr-negate",
                "action",
                "schedule",
                "service",
                "logtraffic",
                "comments",
            ],
        );
        assert!(name.parse::<u32>().is_ok_and(|number| number > 0));
        let one = |key: &str| {
            let [only] = entry[key].as_slice() else { panic!("{name}: {key}") };
            only.as_str()
        };
        assert_eq!((one("action"), one("schedule")), ("accept", "always"), "{name}");
        let side = |word: &str| {
            let ranges = addresses[one(word)].clone();
            if entry.contains_key(&format!("{word}-negate")) { ranges.complement() } else { ranges }
        };
        let zones = (sides[one("srcintf")].clone(), sides[one("dstintf")].clone());
        let rules = decisions.entry(zones).or_default();
        rules.extend(
            services[one("service")]
                .iter()
                .map(|service| (true, Product { sources: side("srcaddr"), destinations: side("dstaddr"), ..service.clone() })),
        );
    }
    tables.remove("log setting");
    assert!(tables.is_empty(), "not understood: {:?}", tables.keys());
    Reading { opens: decisions.into_iter().map(|(zones, rules)| (zones, decided(&rules))).collect(), ..Reading::default() }
}

fn only(entry: &Entry, known: &[&str]) {
    for key in entry.keys() {
        assert!(known.contains(&key.as_str()), "not understood: {key}");
    }
}
