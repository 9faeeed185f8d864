//! Cisco ASA: access lists that are bound to interfaces, and network object NAT.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, Ranges};

use super::cisco::{Groups, Line};
use super::{ANY, Reading, between, decided, masked, network, sides};

pub fn read(text: &str) -> Reading {
    let sides = sides(text, "nameif");
    let mut groups = Groups::default();
    let mut lists: BTreeMap<&str, Vec<(bool, Product)>> = BTreeMap::new();
    let mut reading = Reading::default();
    // What the lines that begin with a blank belong to.
    let mut open = ("", "");
    let mut host = "";
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('!')) {
        let mut words = Line::new(line);
        if let Some(inner) = line.strip_prefix(' ') {
            let mut words = Line::new(inner);
            match (open.0, words.next()) {
                (_, "description") => {}
                ("object", "range") => {
                    groups.networks.insert(open.1.to_owned(), between(words.next(), words.next()));
                }
                ("object", "host") => host = words.next(),
                ("object", "nat") => {
                    let (ends, kind, public) = (words.next(), words.next(), words.next());
                    assert!(ends.starts_with('(') && kind == "static", "{line}");
                    reading.nats.push((public.to_owned(), host.to_owned()));
                }
                ("network", "network-object") => {
                    let more = match words.next() {
                        "host" => network(words.next()),
                        "object" => groups.networks[words.next()].clone(),
                        address => masked(address, words.next()),
                    };
                    add(&mut groups.networks, open.1, &more);
                }
                ("service", "port-object") => {
                    let more = words.ports(&groups);
                    add(&mut groups.ports, open.1, &more);
                }
                _ => panic!("not understood: {line}"),
            }
            assert!(words.words.is_empty() || inner.starts_with("description"), "more than is understood: {line}");
            continue;
        }
        match (words.next(), words.next()) {
            ("object", "network") => open = ("object", words.next()),
            ("object-group", kind) => open = (if kind == "network" { "network" } else { "service" }, words.next()),
            ("access-list", name) => match words.next() {
                "remark" => {}
                "extended" => {
                    let (permit, product, rest) = words.rule(&groups, str::to_owned);
                    assert!(rest.is_empty() || (!permit && rest == ["log"]), "{line}");
                    lists.entry(name).or_default().push((permit, product));
                }
                _ => panic!("not understood: {line}"),
            },
            ("access-group", name) => {
                assert_eq!((words.next(), words.next()), ("in", "interface"), "{line}");
                let path = sides.get(words.next()).unwrap_or_else(|| panic!("no interface: {line}"));
                let rules = lists.remove(name).unwrap_or_else(|| panic!("no list: {line}"));
                assert!(rules.last().is_some_and(|(permit, product)| !permit && *product == Product::all()), "{name}");
                reading.opens.insert((path.clone(), ANY.to_owned()), decided(&rules));
            }
            _ => panic!("not understood: {line}"),
        }
    }
    assert!(lists.is_empty(), "lists that are bound to nothing: {:?}", lists.keys());
    assert_eq!(reading.opens.len(), sides.len(), "an interface without a list lets pass what its level says");
    reading.opens.retain(|_, packets| !packets.is_empty());
    reading
}

fn add(groups: &mut BTreeMap<String, Ranges>, name: &str, more: &Ranges) {
    let all = groups.entry(name.to_owned()).or_default();
    *all = all.union(more);
}
