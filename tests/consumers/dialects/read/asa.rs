//! Cisco ASA: its state after lines are typed into it, and the packets that the access lists bound to its interfaces permit.

use std::collections::BTreeMap;

use ocstopo::packet::{Packets, Product, Ranges};

use super::cisco::{Groups, Line, Open, Typed};
use super::{ANY, Judge, Limit, MASK, Names, PORT, Reading, SWAP, between, decided, masked, network, sides};

pub const JUDGE: Judge = Judge {
    word: "cisco_asa",
    read,
    names: Names::Entry,
    translates: true,
    comment: '!',
    typed: true,
    mutations: [
        (PORT, "host 10.10.0.10 eq 5061", "host 10.10.0.10"),
        (SWAP, "tcp 172.16.1.0 255.255.255.0 host 10.10.0.10", "tcp host 10.10.0.10 172.16.1.0 255.255.255.0"),
        (MASK, "172.16.1.0 255.255.255.0", "172.16.0.0 255.255.254.0"),
    ],
    limits: &[Limit::Remark("remark ", 100)],
};

/// A network object.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Object {
    /// `host A` or `range A B`: one, the last that was typed.
    addresses: String,
    /// `(real,mapped) static PUBLIC`.
    nat: Option<String>,
}

/// What an ASA holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Device {
    objects: BTreeMap<String, Object>,
    /// Members by `network NAME` or `service NAME tcp`, in the order in which they came.
    groups: BTreeMap<String, Vec<String>>,
    lists: BTreeMap<String, Vec<String>>,
    /// The list of each interface.
    bound: BTreeMap<String, String>,
}

impl Typed for Device {
    fn inner(&mut self, open: &Open, line: &str) -> Result<(), String> {
        let (kind, name) = open;
        let word = line.split(' ').next().unwrap_or_default();
        match (*kind, word) {
            (_, "description") => {}
            ("object", "host" | "range") => line.clone_into(&mut self.objects.get_mut(name).expect("it is open").addresses),
            ("object", "nat") => {
                let nat = line["nat ".len()..].to_owned();
                let (_, public) = nat.split_once(" static ").ok_or("not understood")?;
                let taken = |(other, object): (&String, &Object)| {
                    other != name && object.nat.as_deref().is_some_and(|nat| nat.ends_with(&format!(" static {public}")))
                };
                if self.objects.iter().any(taken) {
                    return Err("the address is translated already".to_owned());
                }
                self.objects.get_mut(name).expect("it is open").nat = Some(nat);
            }
            ("object", "no") => {
                let object = self.objects.get_mut(name).expect("it is open");
                if object.nat.as_deref() != line.strip_prefix("no nat ") {
                    return Err("no such translation".to_owned());
                }
                object.nat = None;
            }
            ("group", "network-object" | "port-object") => {
                if let Some(object) = line.strip_prefix("network-object object ")
                    && !self.objects.contains_key(object)
                {
                    return Err("no such object".to_owned());
                }
                let members = self.groups.get_mut(name).expect("it is open");
                if !members.iter().any(|member| member == line) {
                    members.push(line.to_owned());
                }
            }
            _ => return Err("not understood".to_owned()),
        }
        Ok(())
    }

    fn line(&mut self, open: &mut Open, line: &str) -> Result<(), String> {
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["object", "network", name] => {
                self.objects.entry((*name).to_owned()).or_default();
                *open = ("object", (*name).to_owned());
            }
            ["object", "network", name, "rename", now] => {
                if self.objects.contains_key(*now) {
                    return Err("the name is taken".to_owned());
                }
                let object = self.objects.remove(*name).ok_or("no such object")?;
                self.objects.insert((*now).to_owned(), object);
            }
            ["object-group", rest @ ..] => {
                self.groups.entry(rest.join(" ")).or_default();
                *open = ("group", rest.join(" "));
            }
            ["access-list", name, "remark", rest @ ..] => {
                self.lists.entry((*name).to_owned()).or_default().push(format!("remark {}", rest.join(" ")));
            }
            ["access-list", name, "extended", rest @ ..] => {
                let entry = rest.join(" ");
                for pair in rest.windows(2).filter(|pair| pair[0] == "object-group") {
                    self.groups.keys().find(|group| group.split(' ').nth(1) == Some(pair[1])).ok_or("no such group")?;
                }
                let list = self.lists.entry((*name).to_owned()).or_default();
                if list.contains(&entry) {
                    return Err("the list holds it already".to_owned());
                }
                list.push(entry);
            }
            ["access-group", name, "in", "interface", interface] => {
                let known = self.lists.get(*name).is_some_and(|list| !list.is_empty());
                known.then(|| self.bound.insert((*interface).to_owned(), (*name).to_owned())).ok_or("no such list")?;
            }
            ["clear", "configure", "access-list", name] => {
                if self.bound.values().any(|bound| bound == name) {
                    return Err("the list is bound".to_owned());
                }
                self.lists.remove(*name).ok_or("no such list")?;
            }
            ["no", "object-group", rest @ ..] => {
                if self.named(&format!("object-group {}", rest[1])) {
                    return Err("the group is used".to_owned());
                }
                self.groups.remove(&rest.join(" ")).ok_or("no such group")?;
            }
            ["no", "object", "network", name] => {
                if self.groups.values().flatten().any(|member| *member == format!("network-object object {name}")) {
                    return Err("the object is used".to_owned());
                }
                self.objects.remove(*name).ok_or("no such object")?;
            }
            _ => return Err("not understood".to_owned()),
        }
        Ok(())
    }
}

impl Device {
    fn named(&self, what: &str) -> bool {
        self.lists.values().flatten().any(|entry| format!("{entry} ").contains(&format!("{what} ")))
    }

    /// What enters by an interface; `None` where no list is bound to it.
    pub fn entering(&self, interface: &str) -> Option<Packets> {
        let groups = self.resolved();
        let list = &self.lists[self.bound.get(interface)?];
        let entries = list.iter().filter(|entry| !entry.starts_with("remark "));
        let rules: Vec<(bool, Product)> = entries
            .map(|entry| {
                let (permit, product, rest) = Line::new(entry).rule(&groups, str::to_owned);
                assert!(rest.is_empty() || (!permit && rest == ["log"]), "{entry}");
                (permit, product)
            })
            .collect();
        assert!(rules.last().is_some_and(|(permit, product)| !permit && *product == Product::all()), "{interface}");
        Some(decided(&rules))
    }

    fn resolved(&self) -> Groups {
        let mut groups = Groups::default();
        let object = |name: &str| {
            let words: Vec<&str> = self.objects[name].addresses.split(' ').collect();
            match words.as_slice() {
                ["host", address] => network(address),
                ["range", first, last] => between(first, last),
                _ => panic!("{name} has no addresses"),
            }
        };
        for (name, members) in &self.groups {
            let words: Vec<&str> = name.split(' ').collect();
            for member in members {
                let mut line = Line::new(member);
                let (into, more) = match line.next() {
                    "port-object" => (&mut groups.ports, line.ports(&Groups::default())),
                    _ => {
                        let more = match line.next() {
                            "host" => network(line.next()),
                            "object" => object(line.next()),
                            address => masked(address, line.next()),
                        };
                        (&mut groups.networks, more)
                    }
                };
                assert!(line.words.is_empty(), "more than is understood: {member}");
                let all: &mut Ranges = into.entry(words[1].to_owned()).or_default();
                *all = all.union(&more);
            }
        }
        groups
    }

    /// The packets that it permits by some interfaces, each with its network.
    pub fn reading(&self, sides: &BTreeMap<String, String>) -> Reading {
        let mut reading = Reading::default();
        for object in self.objects.values() {
            if let Some(nat) = &object.nat {
                let (_, public) = nat.split_once(" static ").expect("a static translation");
                let inside = object.addresses.strip_prefix("host ").expect("a host");
                reading.nats.push((public.to_owned(), inside.to_owned()));
            }
        }
        for (interface, path) in sides {
            let packets = self.entering(interface);
            let packets = packets.unwrap_or_else(|| panic!("{interface} has no list, so it lets pass what its level says"));
            reading.opens.insert((path.clone(), ANY.to_owned()), packets);
        }
        reading.opens.retain(|_, packets| !packets.is_empty());
        reading
    }

    /// The lists that are bound to nothing.
    pub fn unbound(&self) -> Vec<&str> {
        self.lists.keys().filter(|name| !self.bound.values().any(|bound| bound == *name)).map(String::as_str).collect()
    }
}

pub fn read(text: &str) -> Reading {
    let mut device = Device::default();
    device.apply(text, |_| {}).unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(device.unbound(), Vec::<&str>::new(), "lists that are bound to nothing");
    let sides = sides(text, "nameif");
    assert_eq!(device.bound.len(), sides.len(), "an interface without a list lets pass what its level says");
    device.reading(&sides)
}
