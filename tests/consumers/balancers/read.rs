//! Readers of the dialects, which know the platform's grammar and nothing of how it is written here. What they do not know they
//! refuse.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{Ipv4Addr, SocketAddrV4};

use ocstopo::catalog::Affinity;
use ocstopo::plan::balancer::BalancerPlan;
use ocstopo::product::{NatMode, Transport};

use crate::balancers::f5::BigIp;
use crate::balancers::netscaler::NetScaler;

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
    /// The port of the health check, and its interval.
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
        "f5" => {
            let mut device = BigIp::default();
            device.load(text);
            device.listening()
        }
        "netscaler" => {
            let mut device = NetScaler::default();
            device.load(text);
            device.listening()
        }
        other => panic!("no reader for {other}"),
    }
}

pub fn statements(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

pub fn end(text: &str) -> SocketAddrV4 {
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

/// A `server` line: its end, its source, its health check, the server whose checks count for it.
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
            (
                "global",
                ["log", "/dev/log", "local0"] | ["stats", "socket", "/run/haproxy/admin.sock", "mode", "660", "level", "admin"],
            ) => {}
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

/// The words of a command: a quoted text is one.
pub fn words(line: &str) -> Vec<String> {
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
