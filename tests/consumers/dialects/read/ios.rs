//! Cisco IOS: the state of a router after lines are typed into it, and the packets that the extended access lists of its
//! interfaces permit. It keeps no connections.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, TCP};

use super::cisco::{Groups, Line, Open, Typed};
use super::{ANY, Judge, Limit, MASK, Names, PORT, Reading, SWAP, between, decided, masked, network};

pub const JUDGE: Judge = Judge {
    word: "cisco_ios",
    read,
    names: Names::Entry,
    translates: false,
    comment: '!',
    typed: true,
    mutations: [
        (PORT, "host 10.10.0.10 eq 5061\n", "host 10.10.0.10\n"),
        (SWAP, "tcp 172.16.1.0 0.0.0.255 host 10.10.0.10", "tcp host 10.10.0.10 172.16.1.0 0.0.0.255"),
        (MASK, "tcp 172.16.1.0 0.0.0.255", "tcp 172.16.0.0 0.0.1.255"),
    ],
    limits: &[Limit::Remark("remark ", 100)],
};

/// The state of a router. Interfaces are no part of a topology: a network means the interface to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    groups: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, Vec<String>>,
    /// The list of what enters, by the path of the network.
    bound: BTreeMap<String, String>,
}

impl Typed for Device {
    fn inner(&mut self, open: &Open, line: &str) -> Result<(), String> {
        let lines = match open.0 {
            "group" if line.starts_with("description ") => return Ok(()),
            "group" => self.groups.get_mut(&open.1),
            "list" => self.lists.get_mut(&open.1),
            _ => None,
        };
        let lines = lines.ok_or("not understood")?;
        match lines.iter().any(|known| known == line) {
            true if open.0 == "list" && !line.starts_with("remark ") => return Err("the list holds it already".to_owned()),
            true => {}
            false => lines.push(line.to_owned()),
        }
        Ok(())
    }

    fn line(&mut self, open: &mut Open, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["object-group", "network", name] => {
                self.groups.entry((*name).to_owned()).or_default();
                *open = ("group", (*name).to_owned());
            }
            ["ip", "access-list", "extended", name] => {
                self.lists.entry((*name).to_owned()).or_default();
                *open = ("list", (*name).to_owned());
            }
            ["no", "ip", "access-list", "extended", name] => {
                if self.bound.values().any(|bound| bound == name) {
                    return Err("the list is bound, and without it everything passes".to_owned());
                }
                self.lists.remove(*name).ok_or("no such list")?;
            }
            ["no", "object-group", "network", name] => {
                let used = format!("object-group {name} ");
                if self.lists.values().flatten().any(|entry| format!("{entry} ").contains(&used)) {
                    return Err("the group is used".to_owned());
                }
                self.groups.remove(*name).ok_or("no such group")?;
            }
            _ => return Err("not understood".to_owned()),
        }
        Ok(())
    }
}

impl Device {
    /// Binds the list of a network, as the comment at its end says.
    pub fn bind(&mut self, path: &str, name: &str) -> Result<(), String> {
        if self.lists.get(name).is_none_or(Vec::is_empty) {
            return Err(format!("{name} does not exist or is empty: everything would pass"));
        }
        self.bound.insert(path.to_owned(), name.to_owned());
        Ok(())
    }

    /// The packets that it permits from the networks with a list.
    pub fn reading(&self) -> Reading {
        let groups = self.resolved();
        let mut reading = Reading::default();
        for (path, name) in &self.bound {
            let (mut opens, mut established, mut ended, mut fragments) = (Vec::new(), Vec::new(), false, false);
            for line in self.lists[name].iter().filter(|line| !line.starts_with("remark ")) {
                let (permit, product, rest) = Line::new(line).rule(&groups, netmask);
                assert!(!ended, "after the end: {line}");
                match (permit, rest.as_slice()) {
                    (false, ["fragments"]) => {
                        assert!(product == Product::all() && opens.is_empty() && established.is_empty());
                        fragments = true;
                    }
                    (false, ["log"]) => ended = product == Product::all(),
                    (true, []) => opens.push((true, product)),
                    (true, ["established"]) => {
                        assert_eq!(product.protocols, Product::of(TCP).protocols, "{line}");
                        established.push((true, product));
                    }
                    _ => panic!("not understood: {line}"),
                }
            }
            assert!(ended && fragments, "{name} does not say that it denies the rest, and fragments first");
            let key = (path.clone(), ANY.to_owned());
            // A packet with ACK or RST passes by a line without `established` as well, so the two are distinguished by their
            // words.
            for (rules, into) in [(opens, &mut reading.opens), (established, &mut reading.established)] {
                if !rules.is_empty() {
                    into.insert(key.clone(), decided(&rules));
                }
            }
        }
        reading
    }

    fn resolved(&self) -> Groups {
        let mut groups = Groups::default();
        for (name, members) in &self.groups {
            for member in members {
                let mut words = Line::new(member);
                let more = match words.next() {
                    "host" => network(words.next()),
                    "range" => between(words.next(), words.next()),
                    address => masked(address, words.next()),
                };
                assert!(words.words.is_empty(), "{member}");
                let all = groups.networks.entry(name.clone()).or_default();
                *all = all.union(&more);
            }
        }
        groups
    }

    /// The lists that are bound to nothing.
    pub fn unbound(&self) -> Vec<&str> {
        self.lists.keys().filter(|name| !self.bound.values().any(|bound| bound == *name)).map(String::as_str).collect()
    }
}

/// Which list is for which network, as the comments say.
pub fn bindings(text: &str) -> Vec<(&str, &str)> {
    let comments = text.lines().filter_map(|line| line.strip_prefix("! On the interface of "));
    comments
        .filter_map(|rest| rest.split_once(": ip access-group "))
        .map(|(path, command)| (path, command.strip_suffix(" in").expect("inwards")))
        .collect()
}

pub fn read(text: &str) -> Reading {
    let mut device = Device::default();
    device.apply(text, |_| {}).unwrap_or_else(|problem| panic!("{problem}"));
    for (path, name) in bindings(text) {
        device.bind(path, name).unwrap_or_else(|problem| panic!("{problem}"));
    }
    assert_eq!(device.unbound(), Vec::<&str>::new(), "lists that are bound to nothing");
    device.reading()
}

/// The mask of a wildcard.
fn netmask(wildcard: &str) -> String {
    let wildcard: std::net::Ipv4Addr = wildcard.parse().unwrap_or_else(|_| panic!("no wildcard: {wildcard}"));
    std::net::Ipv4Addr::from_bits(!wildcard.to_bits()).to_string()
}
