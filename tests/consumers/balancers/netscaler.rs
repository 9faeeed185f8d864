//! Commands of a NetScaler, read as it does: onto what an earlier version and others left there.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddrV4};

use crate::balancers::read::{Listening, statements, words};

type Options = BTreeMap<String, String>;

/// What is set of a service group or a virtual server, and what is bound to it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Group {
    transport: String,
    options: Options,
    members: BTreeSet<(String, String)>,
    /// Those of them that get no new connections.
    drained: BTreeSet<(String, String)>,
    monitors: BTreeSet<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Virtual {
    transport: String,
    at: SocketAddrV4,
    options: Options,
    groups: BTreeSet<String>,
}

/// A device.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NetScaler {
    own: BTreeSet<Ipv4Addr>,
    servers: BTreeMap<String, Ipv4Addr>,
    monitors: BTreeMap<String, (u16, u64)>,
    sets: BTreeMap<String, BTreeSet<Ipv4Addr>>,
    profiles: BTreeMap<String, String>,
    tcp_profiles: BTreeSet<String>,
    groups: BTreeMap<String, Group>,
    virtuals: BTreeMap<String, Virtual>,
}

/// The options of a NetScaler command.
fn options(words: &[String]) -> Options {
    assert!(words.len().is_multiple_of(2), "an option without a value: {words:?}");
    words
        .chunks(2)
        .map(|pair| (pair[0].strip_prefix('-').unwrap_or_else(|| panic!("{words:?}")).to_owned(), pair[1].clone()))
        .collect()
}

impl NetScaler {
    /// Runs the commands. What is there already is not added again; to remove what is not there or is in use is a failure.
    pub fn load(&mut self, text: &str) {
        statements(text).for_each(|line| self.command(line));
    }

    /// The same where a line that changes nothing is a failure too. An address that it speaks from may be there already.
    pub fn load_exactly(&mut self, text: &str) {
        for line in statements(text) {
            let before = self.clone();
            self.command(line);
            assert!(*self != before || line.starts_with("add ns ip "), "it changes nothing: {line}");
        }
    }

    fn command(&mut self, line: &str) {
        {
            let words = words(line);
            let short: Vec<&str> = words.iter().map(String::as_str).collect();
            match short.as_slice() {
                ["disable", "serviceGroup", name, server, port, "-delay", seconds, "-graceFul", "YES"] => {
                    assert!(seconds.parse::<u64>().is_ok(), "{line}");
                    let group = self.groups.get_mut(*name).expect("a group");
                    let member = ((*server).to_owned(), (*port).to_owned());
                    assert!(group.members.contains(&member), "it is not bound: {line}");
                    group.drained.insert(member);
                }
                ["enable", "serviceGroup", name, server, port] => {
                    let group = self.groups.get_mut(*name).expect("a group");
                    group.drained.remove(&((*server).to_owned(), (*port).to_owned()));
                }
                ["enable", "ns", "feature", "LB"] => {}
                ["add", rest @ ..] => self.add(rest, &words, line),
                ["bind", rest @ ..] => self.bind(rest, line),
                ["set", "serviceGroup", name, ..] => {
                    self.groups.get_mut(*name).expect("a group").options.extend(options(&words[3..]));
                }
                ["set", "lb", "vserver", name, ..] => {
                    self.virtuals.get_mut(*name).expect("a virtual server").options.extend(options(&words[4..]));
                }
                ["unset", "serviceGroup", name, options @ ..] => {
                    let group = self.groups.get_mut(*name).expect("a group");
                    options.iter().for_each(|option| drop(group.options.remove(option.trim_start_matches('-'))));
                }
                ["unset", "lb", "vserver", name, options @ ..] => {
                    let own = self.virtuals.get_mut(*name).expect("a virtual server");
                    options.iter().for_each(|option| drop(own.options.remove(option.trim_start_matches('-'))));
                }
                ["unbind", rest @ ..] => assert!(self.unbind(rest, line), "it is not bound: {line}"),
                ["rm", rest @ ..] => assert!(self.remove(rest, line), "it is not there: {line}"),
                other => panic!("{other:?}"),
            }
        }
    }

    fn add(&mut self, what: &[&str], words: &[String], line: &str) {
        let address = |text: &str| text.parse::<Ipv4Addr>().unwrap_or_else(|_| panic!("`{text}` in {line}"));
        let number = |text: &str| text.parse().unwrap_or_else(|_| panic!("`{text}` in {line}"));
        match what {
            ["ns", "ip", ip, "255.255.255.255", "-type", "SNIP"] => drop(self.own.insert(address(ip))),
            ["ipset", name] => drop(self.sets.entry((*name).to_owned()).or_default()),
            ["netProfile", name, "-srcIP", set] => {
                assert!(self.sets.contains_key(*set), "{line}");
                self.profiles.entry((*name).to_owned()).or_insert_with(|| (*set).to_owned());
            }
            ["ns", "tcpProfile", name, "-nagle", "DISABLED"] => drop(self.tcp_profiles.insert((*name).to_owned())),
            // A second server of an address is refused, as is a second virtual server of an address, port and transport.
            ["server", name, ip] => {
                if !self.servers.values().any(|other| *other == address(ip)) {
                    self.servers.entry((*name).to_owned()).or_insert(address(ip));
                }
            }
            ["lb", "monitor", name, "TCP", "-destPort", port, "-interval", seconds] => {
                assert!(name.len() <= 31, "{line}");
                let port = u16::try_from(number(port)).expect("a port");
                self.monitors.entry((*name).to_owned()).or_insert((port, number(seconds)));
            }
            ["serviceGroup", name, transport] => {
                assert!(name.len() <= 127, "{line}");
                assert!(!self.virtuals.contains_key(*name), "a virtual server has the name: {line}");
                let new = || Group { transport: (*transport).to_owned(), ..Group::default() };
                self.groups.entry((*name).to_owned()).or_insert_with(new);
            }
            ["lb", "vserver", name, transport, ip, port] => {
                let at = SocketAddrV4::new(address(ip), u16::try_from(number(port)).expect("a port"));
                let new = || Virtual { transport: (*transport).to_owned(), at, options: Options::new(), groups: BTreeSet::new() };
                if !self.virtuals.values().any(|other| other.at == at && other.transport == *transport) {
                    self.virtuals.entry((*name).to_owned()).or_insert_with(new);
                }
            }
            _ => panic!("not understood: {words:?}"),
        }
    }

    fn bind(&mut self, what: &[&str], line: &str) {
        match what {
            ["ipset", name, ip] => {
                let ip = ip.parse().expect("an address");
                assert!(self.own.contains(&ip), "{line}");
                self.sets.get_mut(*name).expect("a set").insert(ip);
            }
            ["serviceGroup", name, "-monitorName", monitor] => {
                assert!(self.monitors.contains_key(*monitor), "{line}");
                self.groups.get_mut(*name).expect("a group").monitors.insert((*monitor).to_owned());
            }
            ["serviceGroup", name, server, port] => {
                assert!(self.servers.contains_key(*server), "{line}");
                self.groups.get_mut(*name).expect("a group").members.insert(((*server).to_owned(), (*port).to_owned()));
            }
            ["lb", "vserver", name, group] => {
                assert!(self.groups.contains_key(*group), "{line}");
                self.virtuals.get_mut(*name).expect("a virtual server").groups.insert((*group).to_owned());
            }
            _ => panic!("not understood: {line}"),
        }
    }

    fn unbind(&mut self, what: &[&str], line: &str) -> bool {
        match what {
            ["ipset", name, ip] => self.sets.get_mut(*name).is_some_and(|set| set.remove(&ip.parse().expect("an address"))),
            ["serviceGroup", name, "-monitorName", monitor] => {
                self.groups.get_mut(*name).is_some_and(|group| group.monitors.remove(*monitor))
            }
            ["serviceGroup", name, server, port] => {
                let member = ((*server).to_owned(), (*port).to_owned());
                self.groups.get_mut(*name).is_some_and(|group| {
                    group.drained.remove(&member);
                    group.members.remove(&member)
                })
            }
            ["lb", "vserver", name, group] => self.virtuals.get_mut(*name).is_some_and(|own| own.groups.remove(*group)),
            _ => panic!("not understood: {line}"),
        }
    }

    fn remove(&mut self, what: &[&str], line: &str) -> bool {
        let groups = || self.groups.values();
        let named = |options: &Options, name: &str| options.values().any(|value| value == name);
        let used = match what {
            ["serviceGroup", name] => self.virtuals.values().any(|own| own.groups.contains(*name)),
            ["server", name] => groups().any(|group| group.members.iter().any(|(server, _)| server == name)),
            ["lb", "monitor", name, "TCP"] => groups().any(|group| group.monitors.contains(*name)),
            ["netProfile", name] => groups().any(|group| named(&group.options, name)),
            ["ns", "tcpProfile", name] => {
                groups().any(|group| named(&group.options, name)) || self.virtuals.values().any(|own| named(&own.options, name))
            }
            ["ipset", name] => self.profiles.values().any(|set| set == name),
            ["ns", "ip", ip] => self.sets.values().any(|set| set.iter().any(|own| own.to_string() == *ip)),
            _ => false,
        };
        assert!(!used, "it is in use: {line}");
        match what {
            ["lb", "vserver", name] => self.virtuals.remove(*name).is_some(),
            ["serviceGroup", name] => self.groups.remove(*name).is_some(),
            ["server", name] => self.servers.remove(*name).is_some(),
            ["lb", "monitor", name, "TCP"] => self.monitors.remove(*name).is_some(),
            ["netProfile", name] => self.profiles.remove(*name).is_some(),
            ["ipset", name] => self.sets.remove(*name).is_some(),
            ["ns", "tcpProfile", name] => self.tcp_profiles.remove(*name),
            ["ns", "ip", ip] => self.own.remove(&ip.parse().expect("an address")),
            _ => panic!("not understood: {line}"),
        }
    }

    /// Without the addresses that it speaks from, which no file takes away.
    pub fn without_own(mut self) -> Self {
        self.own.clear();
        self
    }

    /// The members that get no new connections: listener and server.
    pub fn drained(&self) -> BTreeSet<(SocketAddrV4, SocketAddrV4)> {
        let of = |own: &Virtual, (server, port): &(String, String)| {
            (own.at, SocketAddrV4::new(self.servers[server], port.parse().expect("a port")))
        };
        let virtuals = self.virtuals.values().flat_map(|own| own.groups.iter().map(move |group| (own, &self.groups[group])));
        virtuals.flat_map(|(own, group)| group.drained.iter().map(move |member| of(own, member))).collect()
    }

    /// What it listens on.
    pub fn listening(&self) -> BTreeSet<Listening> {
        self.virtuals.iter().map(|(name, own)| self.virtual_server(name, own)).collect()
    }

    fn virtual_server(&self, name: &str, own: &Virtual) -> Listening {
        let one = |names: &BTreeSet<String>| {
            assert_eq!(names.len(), 1, "{name}: {names:?}");
            names.first().expect("one").clone()
        };
        let group = &self.groups[&one(&own.groups)];
        assert_eq!((own.transport == group.transport, own.options["lbMethod"].as_str()), (true, "LEASTCONNECTION"), "{name}");
        let idle = own.options["cltTimeout"].parse().expect("a number");
        assert_eq!([&group.options["cltTimeout"], &group.options["svrTimeout"]], [&own.options["cltTimeout"]; 2], "{name}");
        for options in [&group.options, &own.options] {
            assert!(options.get("tcpProfileName").is_none_or(|profile| self.tcp_profiles.contains(profile)), "{name}");
        }
        let sources = match group.options["usip"].as_str() {
            "YES" => {
                // With its own port in place of the client's, answers to media would go astray.
                assert_eq!(group.options["useproxyport"], "NO", "{name}");
                None
            }
            _ => Some(group.options.get("netProfile").map(|of| self.sets[&self.profiles[of]].clone()).unwrap_or_default()),
        };
        let by_client = match own.options["persistenceType"].as_str() {
            "SOURCEIP" => own.options["timeout"].parse::<u64>().expect("minutes") * 60 >= idle,
            "NONE" => false,
            other => panic!("{other}"),
        };
        let server = |(server, port): &(String, String)| SocketAddrV4::new(self.servers[server], port.parse().expect("a port"));
        Listening {
            udp: own.transport == "UDP",
            at: own.at,
            servers: group.members.iter().map(server).collect(),
            sources,
            by_client,
            check: self.monitors[&one(&group.monitors)],
            idle,
        }
    }
}
