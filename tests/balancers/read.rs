//! Readers of the dialects, which know the platform's grammar and nothing of how it is written here. What they do not know they refuse.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddrV4};

use ocstopo::catalog::{Affinity, Transport};
use ocstopo::model::NatMode;
use ocstopo::plan::balancer::BalancerPlan;

/// A listener as a device would run it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listening {
    pub udp: bool,
    pub at: SocketAddrV4,
    pub servers: BTreeSet<SocketAddrV4>,
    /// The addresses that servers see; `None` for the client's own.
    pub sources: Option<BTreeSet<Ipv4Addr>>,
    /// Whether a client stays with its server.
    pub by_client: bool,
    /// The port that tells whether a server lives, and how often it is asked.
    pub check: (u16, u64),
    pub idle: u64,
}

/// What the plan says of the listeners that a dialect can write.
pub fn model(plan: &BalancerPlan, dialect: &str) -> BTreeSet<Listening> {
    let written = plan.listeners.iter().filter(|listener| dialect != "haproxy" || listener.transport == Transport::Tcp);
    written
        .map(|listener| Listening {
            udp: listener.transport == Transport::Udp,
            at: SocketAddrV4::new(listener.address, listener.port),
            servers: listener.servers.iter().map(|behind| SocketAddrV4::new(behind.address, listener.port)).collect(),
            sources: (plan.nat == NatMode::Snat).then(|| plan.snat_addresses.iter().copied().collect()),
            by_client: listener.affinity == Affinity::Client,
            check: (listener.check.port, listener.check.seconds),
            idle: plan.idle_seconds,
        })
        .collect()
}

/// What a file says.
pub fn read(dialect: &str, text: &str) -> BTreeSet<Listening> {
    match dialect {
        "haproxy" => haproxy(text),
        "f5" => f5(text),
        "netscaler" => netscaler(text),
        other => panic!("no reader for {other}"),
    }
}

fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn end(text: &str) -> SocketAddrV4 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no address and port"))
}

fn seconds(text: &str) -> u64 {
    text.strip_suffix('s').and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("`{text}` is no time"))
}

/// One `listen` section.
struct Section {
    at: Option<SocketAddrV4>,
    balance: Option<String>,
    table: bool,
    stick: bool,
    servers: BTreeMap<String, Server>,
}

/// A `server` line: its end, its source, how it is looked at, the server whose looks count for it.
type Server = (SocketAddrV4, Option<String>, Option<(u16, u64)>, Option<String>);

fn haproxy(text: &str) -> BTreeSet<Listening> {
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    let mut section = "";
    let mut name = String::new();
    let (mut client, mut server, mut tcp) = (0, 0, false);
    for line in statements(text) {
        let words: Vec<&str> = line.split(' ').collect();
        match (section, words.as_slice()) {
            (_, ["global"]) => section = "global",
            (_, ["defaults"]) => section = "defaults",
            (_, ["listen", own]) => {
                section = "listen";
                (*own).clone_into(&mut name);
                let new = Section { at: None, balance: None, table: false, stick: false, servers: BTreeMap::new() };
                assert!(sections.insert(name.clone(), new).is_none(), "two sections `{own}`");
            }
            ("global", ["log", "/dev/log", "local0"]) => {}
            ("defaults", ["mode", "tcp"]) => tcp = true,
            ("defaults", ["log", "global"] | ["option", "tcplog" | "dontlognull"] | ["timeout", "connect", _]) => {}
            ("defaults", ["timeout", "client", time]) => client = seconds(time),
            ("defaults", ["timeout", "server", time]) => server = seconds(time),
            ("listen", words) => listen(sections.get_mut(&name).expect("a section"), words),
            (_, words) => panic!("`{}` in {section}", words.join(" ")),
        }
    }
    assert!(tcp && client == server, "not TCP, or two idle timeouts");
    let by_section = |(name, section): (String, Section)| {
        let looked = |(_, source, check, track): &Server| {
            let tracked = || {
                let (other, own) = track.as_ref()?.split_once('/')?;
                assert_eq!(other, name, "it tracks a server of another section");
                section.servers.get(own)?.2
            };
            (source.clone(), check.or_else(tracked).expect("each server is looked at"))
        };
        let seen: BTreeSet<(Option<String>, (u16, u64))> = section.servers.values().map(looked).collect();
        let checks: BTreeSet<(u16, u64)> = seen.iter().map(|(_, check)| *check).collect();
        assert_eq!(checks.len(), 1, "{name}: one way to look at all servers");
        assert_eq!(section.balance.as_deref(), Some("leastconn"), "{name}");
        assert_eq!(section.table, section.stick, "{name}: a table and its use");
        let keeps = |source: &Option<String>| source.as_deref() == Some("0.0.0.0 usesrc clientip");
        let client = seen.iter().all(|(source, _)| keeps(source));
        // Each source is joined with each server.
        let sources: BTreeSet<Option<String>> = seen.iter().map(|(source, _)| source.clone()).collect();
        let servers: BTreeSet<SocketAddrV4> = section.servers.values().map(|server| server.0).collect();
        assert_eq!(section.servers.len(), sources.len() * servers.len(), "{name}");
        Listening {
            udp: false,
            at: section.at.expect("a section binds"),
            servers,
            sources: (!client).then(|| sources.iter().flatten().map(|source| source.parse().expect("an address")).collect()),
            by_client: section.stick,
            check: *checks.first().expect("one"),
            idle: server,
        }
    };
    sections.into_iter().map(by_section).collect()
}

fn listen(section: &mut Section, words: &[&str]) {
    match words {
        ["bind", at] => assert!(section.at.replace(end(at)).is_none(), "two addresses"),
        ["balance", way] => section.balance = Some((*way).to_owned()),
        ["stick-table", "type", "ip", "size", "200k", "expire", _] => section.table = true,
        ["stick", "on", "src"] => section.stick = true,
        ["server", name, at, rest @ ..] => {
            let (mut source, mut check, mut track) = (None, None, None);
            let mut rest = rest;
            while !rest.is_empty() {
                rest = match rest {
                    ["source", "0.0.0.0", "usesrc", "clientip", rest @ ..] => {
                        source = Some("0.0.0.0 usesrc clientip".to_owned());
                        rest
                    }
                    ["source", address, rest @ ..] => {
                        source = Some((*address).to_owned());
                        rest
                    }
                    ["check", "port", port, "inter", time, rest @ ..] => {
                        check = Some((port.parse().expect("a port"), seconds(time)));
                        rest
                    }
                    ["track", server, rest @ ..] => {
                        track = Some((*server).to_owned());
                        rest
                    }
                    ["on-marked-down", "shutdown-sessions", rest @ ..] => rest,
                    other => panic!("`{}` of a server", other.join(" ")),
                };
            }
            let server = (end(at), source, check, track);
            assert!(section.servers.insert((*name).to_owned(), server).is_none(), "two servers `{name}`");
        }
        words => panic!("`{}` in a section", words.join(" ")),
    }
}

/// The words of a command: what stands in quotes is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or_else(|| panic!("an open quote: {line}")),
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    words
}

/// A value of tmsh: words, or what stands between braces.
#[derive(Debug, Clone)]
enum Tmsh {
    Word(String),
    Block(Vec<Tmsh>),
}

impl Tmsh {
    fn word(&self) -> &str {
        match self {
            Tmsh::Word(word) => word,
            Tmsh::Block(block) => panic!("a block where a word stands: {block:?}"),
        }
    }

    fn block(&self) -> &[Tmsh] {
        match self {
            Tmsh::Block(block) => block,
            Tmsh::Word(word) => panic!("`{word}` where a block stands"),
        }
    }
}

fn tmsh(words: &mut impl Iterator<Item = String>) -> Vec<Tmsh> {
    let mut out = Vec::new();
    while let Some(word) = words.next() {
        match word.as_str() {
            "{" => out.push(Tmsh::Block(tmsh(words))),
            "}" => return out,
            _ => out.push(Tmsh::Word(word)),
        }
    }
    out
}

/// Keys with their values; `also` are the keys whose value is two words or a word and a block.
fn keys(block: &[Tmsh], also: &[&str]) -> BTreeMap<String, Vec<Tmsh>> {
    let mut map = BTreeMap::new();
    let mut at = 0;
    while at < block.len() {
        let key = block[at].word().to_owned();
        let long = if also.contains(&key.as_str()) { 2 } else { 1 };
        let value = block.get(at + 1..at + 1 + long).unwrap_or_else(|| panic!("`{key}` without a value")).to_vec();
        assert!(map.insert(key.clone(), value).is_none(), "`{key}` twice");
        at += 1 + long;
    }
    map
}

fn f5(text: &str) -> BTreeSet<Listening> {
    let mut objects: BTreeMap<(String, String), Vec<Tmsh>> = BTreeMap::new();
    let mut lines = statements(text);
    assert_eq!(lines.next(), Some("create cli transaction"));
    let lines: Vec<&str> = lines.collect();
    let (commands, last) = lines.split_at(lines.len() - 2);
    assert_eq!(last, ["submit cli transaction", "save sys config"]);
    for line in commands {
        let parsed = tmsh(&mut words(line).into_iter());
        let (head, body) = parsed.split_at(parsed.len() - 1);
        let head: Vec<&str> = head.iter().map(Tmsh::word).collect();
        let (kind, name) = match head.as_slice() {
            ["create", "ltm", kind @ ("pool" | "virtual" | "snatpool"), name] => ((*kind).to_owned(), *name),
            ["create", "ltm", kind @ ("monitor" | "profile" | "persistence"), of, name] => (format!("{kind} {of}"), *name),
            other => panic!("{other:?}"),
        };
        assert!(objects.insert((kind.clone(), name.to_owned()), body[0].block().to_vec()).is_none(), "two of {kind} {name}");
    }
    let object =
        |kind: &str, name: &str| objects.get(&(kind.to_owned(), name.to_owned())).unwrap_or_else(|| panic!("no {kind} {name}"));
    let mut found = BTreeSet::new();
    for ((kind, name), body) in &objects {
        if kind != "virtual" {
            continue;
        }
        let own = keys(body, &["profiles", "persist"]);
        let one = |key: &str| own.get(key).unwrap_or_else(|| panic!("{name} has no {key}"))[0].clone();
        assert_eq!(one("mask").word(), "255.255.255.255");
        let transport = one("ip-protocol").word().to_owned();
        let profiles = own["profiles"][1].block();
        assert!(own["profiles"][0].word() == "add" && profiles.len() == 2 && profiles[1].block().is_empty());
        let profile = keys(object(&format!("profile {transport}"), profiles[0].word()), &[]);
        let pool = keys(object("pool", one("pool").word()), &["members"]);
        assert_eq!(pool["load-balancing-mode"][0].word(), "least-connections-member");
        let monitor = keys(object("monitor tcp", pool["monitor"][0].word()), &[]);
        let number = |value: &Tmsh| value.word().parse::<u64>().expect("a number");
        let interval = number(&monitor["interval"][0]);
        assert_eq!(number(&monitor["timeout"][0]), interval * 3 + 1);
        let port = monitor["destination"][0].word().strip_prefix("*:").expect("any address").parse().expect("a port");
        let members = pool["members"][1].block();
        let servers = members.chunks(2).map(|member| {
            assert!(matches!(&keys(member[1].block(), &[])["description"][0], Tmsh::Word(_)));
            end(member[0].word())
        });
        let translation: Vec<&str> = own["source-address-translation"][0].block().iter().map(Tmsh::word).collect();
        let sources = match translation.as_slice() {
            ["type", "none"] => None,
            ["type", "snat", "pool", pool] => {
                let members = keys(object("snatpool", pool), &["members"]);
                Some(members["members"][1].block().iter().map(|word| word.word().parse().expect("an address")).collect())
            }
            ["type", "automap"] => Some(BTreeSet::new()),
            other => panic!("{other:?}"),
        };
        let by_client = own.get("persist").is_some_and(|persist| {
            let persistence = keys(object("persistence source-addr", persist[1].block()[0].word()), &[]);
            persistence["defaults-from"][0].word() == "source_addr"
        });
        found.insert(Listening {
            udp: transport == "udp",
            at: end(one("destination").word()),
            servers: servers.collect(),
            sources,
            by_client,
            check: (port, interval),
            idle: number(&profile["idle-timeout"][0]),
        });
    }
    found
}

/// The options of a NetScaler command.
fn options(words: &[String]) -> BTreeMap<String, String> {
    assert!(words.len().is_multiple_of(2), "an option without a value: {words:?}");
    words
        .chunks(2)
        .map(|pair| (pair[0].strip_prefix('-').unwrap_or_else(|| panic!("{words:?}")).to_owned(), pair[1].clone()))
        .collect()
}

fn netscaler(text: &str) -> BTreeSet<Listening> {
    type Options = BTreeMap<String, String>;
    let mut servers: BTreeMap<String, Ipv4Addr> = BTreeMap::new();
    let mut monitors: BTreeMap<String, (u16, u64)> = BTreeMap::new();
    let mut sets: BTreeMap<String, BTreeSet<Ipv4Addr>> = BTreeMap::new();
    let mut own: BTreeSet<Ipv4Addr> = BTreeSet::new();
    let mut profiles: BTreeMap<String, String> = BTreeMap::new();
    let mut groups: BTreeMap<String, (String, Options, BTreeSet<SocketAddrV4>, Option<String>)> = BTreeMap::new();
    let mut virtuals: BTreeMap<String, (String, SocketAddrV4, Options, Option<String>)> = BTreeMap::new();
    for line in statements(text) {
        let words = words(line);
        let short: Vec<&str> = words.iter().map(String::as_str).collect();
        let address = |text: &str| text.parse::<Ipv4Addr>().unwrap_or_else(|_| panic!("`{text}` in {line}"));
        match short.as_slice() {
            ["enable", "ns", "feature", "LB"] | ["save", "ns", "config"] => {}
            ["add", "ns", "ip", ip, "255.255.255.255", "-type", "SNIP"] => assert!(own.insert(address(ip))),
            ["add", "ipset", name] => assert!(sets.insert((*name).to_owned(), BTreeSet::new()).is_none()),
            ["bind", "ipset", name, ip] => {
                assert!(own.contains(&address(ip)), "{line}");
                sets.get_mut(*name).expect("a set").insert(address(ip));
            }
            ["add", "netProfile", name, "-srcIP", set] => assert!(profiles.insert((*name).into(), (*set).into()).is_none()),
            ["add", "ns", "tcpProfile", _, "-nagle", "DISABLED"] => {}
            ["add", "server", name, ip] => assert!(servers.insert((*name).into(), address(ip)).is_none(), "{line}"),
            ["add", "lb", "monitor", name, "TCP", "-destPort", port, "-interval", seconds] => {
                let check = (port.parse().expect("a port"), seconds.parse().expect("a number"));
                assert!(name.len() <= 31 && monitors.insert((*name).into(), check).is_none(), "{line}");
            }
            ["add", "serviceGroup", name, transport, ..] => {
                let group = ((*transport).to_owned(), options(&words[4..]), BTreeSet::new(), None);
                assert!(name.len() <= 127 && groups.insert((*name).into(), group).is_none(), "{line}");
            }
            ["bind", "serviceGroup", name, "-monitorName", monitor] => {
                let before = groups.get_mut(*name).expect("a group").3.replace((*monitor).to_owned());
                assert!(before.is_none(), "{line}");
            }
            ["bind", "serviceGroup", name, server, port] => {
                let end = SocketAddrV4::new(servers[*server], port.parse().expect("a port"));
                assert!(groups.get_mut(*name).expect("a group").2.insert(end), "{line}");
            }
            ["add", "lb", "vserver", name, transport, ip, port, ..] => {
                let at = SocketAddrV4::new(address(ip), port.parse().expect("a port"));
                let made = ((*transport).to_owned(), at, options(&words[7..]), None);
                assert!(virtuals.insert((*name).into(), made).is_none(), "{line}");
            }
            ["bind", "lb", "vserver", name, group] => {
                assert!(virtuals.get_mut(*name).expect("a virtual server").3.replace((*group).to_owned()).is_none(), "{line}");
            }
            other => panic!("{other:?}"),
        }
    }
    let by_virtual = |(name, (transport, at, options, group)): (String, (String, SocketAddrV4, Options, Option<String>))| {
        let (of, group, servers, monitor) = &groups[&group.expect("each has a group")];
        assert_eq!((*of == transport, options["lbMethod"].as_str()), (true, "LEASTCONNECTION"), "{name}");
        let idle = options["cltTimeout"].parse().expect("a number");
        assert_eq!([&group["cltTimeout"], &group["svrTimeout"]], [&options["cltTimeout"]; 2], "{name}");
        let sources = match group["usip"].as_str() {
            "YES" => {
                // With its own port in place of the client's, answers to media would go astray.
                assert_eq!(group["useproxyport"], "NO", "{name}");
                None
            }
            _ => Some(group.get("netProfile").map(|profile| sets[&profiles[profile]].clone()).unwrap_or_default()),
        };
        let by_client = match options["persistenceType"].as_str() {
            "SOURCEIP" => options["timeout"].parse::<u64>().expect("minutes") * 60 >= idle,
            "NONE" => false,
            other => panic!("{other}"),
        };
        let check = monitors[monitor.as_ref().expect("each is looked at")];
        Listening { udp: transport == "UDP", at, servers: servers.clone(), sources, by_client, check, idle }
    };
    virtuals.into_iter().map(by_virtual).collect()
}
