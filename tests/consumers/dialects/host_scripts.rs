//! The batch files of the servers' firewalls run against a firewall of their own: a second load doubles nothing, a new version leaves
//! nothing of the old one, new rules come before old ones go, rules of others stay, and a command that fails ends it.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::dialects::hosts::{SYSTEMS, changed, compiled, hosts, scripts, with_system};
use crate::support::batch::{Batch, Files};

/// A server with its firewall.
#[derive(Debug, Clone, Default, PartialEq)]
struct Server {
    /// Rules by name (2008), or by protocol and port (2003) with the name first.
    rules: BTreeMap<String, String>,
    on: bool,
    way_back: Option<String>,
    /// How many commands went, and at which one it fails.
    commands: usize,
    fails_at: Option<usize>,
    /// The fewest rules that were there at a time, by how many went between.
    history: Vec<BTreeMap<String, String>>,
}

const EXPORTED: &str = "saved";

impl Server {
    fn run(&mut self, words: &[String], files: &Files) -> (String, i64) {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if !matches!(words.as_slice(), [.., "show", "rule", _] | ["netsh", "firewall", "show", ..]) {
            self.commands += 1;
            if self.fails_at == Some(self.commands) {
                return ("Access is denied.\n".to_owned(), 1);
            }
        }
        let value = |key: &str| words.iter().find_map(|word| word.strip_prefix(key)).unwrap_or_default().to_owned();
        let code = match words.as_slice() {
            ["netsh", "advfirewall", "export", file] => {
                files.borrow_mut().insert((*file).to_owned(), EXPORTED.to_owned());
                0
            }
            ["reg", "export", key, file] => {
                assert!(key.ends_with("\\SharedAccess\\Parameters\\FirewallPolicy"), "{key}");
                files.borrow_mut().insert((*file).to_owned(), EXPORTED.to_owned());
                0
            }
            ["netsh", "advfirewall", "firewall", "show", "rule", name] => {
                i64::from(!self.rules.contains_key(name.strip_prefix("name=").expect("a name")))
            }
            ["netsh", "advfirewall", "firewall", "add", "rule", rest @ ..] => {
                assert!(rest.contains(&"dir=in") && rest.contains(&"action=allow"), "{rest:?}");
                let what = ["protocol=", "localport=", "remoteport=", "localip=", "remoteip="].map(value).join(" ");
                assert_eq!(self.rules.insert(value("name="), what), None, "a second rule of the same name");
                0
            }
            ["netsh", "advfirewall", "firewall", "delete", "rule", name] => {
                let name = name.strip_prefix("name=").filter(|name| *name != "all").expect("a name");
                i64::from(self.rules.remove(name).is_none())
            }
            ["netsh", "advfirewall", "set", "allprofiles", "state", "on"] => {
                self.on = true;
                0
            }
            ["netsh", "advfirewall", "set", "allprofiles", "firewallpolicy", "blockinbound,allowoutbound"]
            | ["netsh", "advfirewall", "set", "allprofiles", "logging", "droppedconnections", "enable"] => 0,
            ["netsh", "firewall", "show", "portopening"] => {
                let line = |(key, what): (&String, &String)| {
                    let (protocol, port) = key.split_once(' ').expect("protocol and port");
                    format!("{port:<7}{protocol:<10}Enable   {}\n", what.split(' ').next().expect("a name"))
                };
                let lines: String = self.rules.iter().map(line).collect();
                return (
                    format!("Port configuration for Domain profile:\nPort   Protocol  Mode     Name\n--------------\n{lines}"),
                    0,
                );
            }
            ["netsh", "firewall", "set", "portopening", rest @ ..] => {
                assert!(rest.contains(&"mode=ENABLE") && rest.contains(&"profile=ALL"), "{rest:?}");
                let key = format!("{} {}", value("protocol="), value("port="));
                let before = self.rules.insert(key, format!("{} {}{}", value("name="), value("scope="), value("addresses=")));
                assert!(before.is_none_or(|before| before.starts_with("ocstopo-")), "it took a port of others");
                0
            }
            ["netsh", "firewall", "delete", "portopening", ..] => {
                let gone = self.rules.remove(&format!("{} {}", value("protocol="), value("port=")));
                assert!(gone.is_none_or(|gone| gone.starts_with("ocstopo-")), "it closed a port of others");
                0
            }
            ["netsh", "firewall", "set", "opmode", "mode=ENABLE", "exceptions=ENABLE", "profile=ALL"] => {
                self.on = true;
                0
            }
            ["schtasks", "/create", "/tn", "ocstopo-back", "/tr", what, "/sc", "once", "/st", time, "/ru", "System", "/f"] => {
                assert!(what.ends_with(" back"), "{what}");
                self.way_back = Some((*time).to_owned());
                0
            }
            ["schtasks", "/delete", "/tn", "ocstopo-back", "/f"] => i64::from(self.way_back.take().is_none()),
            _ => panic!("not a command of these scripts: {words:?}"),
        };
        self.history.push(self.rules.clone());
        (String::new(), code)
    }
}

fn run(script: &str, server: &mut Server, files: &Files, arguments: &[&str]) -> i64 {
    let server = RefCell::new(server);
    let program = |words: &[String]| server.borrow_mut().run(words, files);
    Batch::on(files.clone(), script, "C:\\ocs\\host.cmd", program).run(arguments)
}

fn others(system: &str) -> (String, String) {
    match system {
        "windows_2003" => ("TCP 8530".to_owned(), "Updates CUSTOM10.0.0.0/8".to_owned()),
        _ => ("Backup ocstopo".to_owned(), "TCP 10000 any any any".to_owned()),
    }
}

/// The script of one server, before and after its topology changed: another front end, other addresses.
fn versions(system: &str) -> (String, String) {
    let first = compiled("fabrikam");
    let second = changed("fabrikam", "192.168.10.0/24", "192.168.8.0/22");
    let script = |compiled| scripts(&with_system(&hosts(compiled), compiled, system))["office-ocs01.cmd"].clone();
    let (old, new) = (script(&first), script(&second));
    assert_ne!(old, new);
    (old, new)
}

fn version(script: &str) -> &str {
    script.lines().find_map(|line| line.strip_prefix("set \"VERSION=")).expect("a version").trim_end_matches('"')
}

#[test]
fn a_load_is_exact_and_can_be_repeated_and_replaced() {
    for system in SYSTEMS {
        let (old, new) = versions(system);
        let files = Files::default();
        let mut server = Server { rules: BTreeMap::from([others(system)]), ..Server::default() };
        assert_eq!(run(&old, &mut server, &files, &["load", "23:45"]), 0, "{system}");
        let loaded = server.rules.clone();
        let lines = old.lines().filter(|line| line.starts_with("call :rule ") || line.starts_with("call :open ")).count();
        assert_eq!(loaded.len(), lines + 1, "{system}");
        assert!(server.way_back.as_deref() == Some("23:45") && !server.on, "{system}: a load turns nothing on");
        assert_eq!(run(&old, &mut server, &files, &["load", "23:46"]), 0);
        assert_eq!(server.rules, loaded, "{system}: nothing is doubled");
        // The new version: what stays open is open all the time, and nothing of the old one is left.
        server.history.clear();
        assert_eq!(run(&new, &mut server, &files, &["load", "23:47"]), 0, "{system}");
        let alone = Files::default();
        let mut fresh = Server { rules: BTreeMap::from([others(system)]), ..Server::default() };
        run(&new, &mut fresh, &alone, &["load", "23:47"]);
        assert_eq!(server.rules, fresh.rules, "{system}: no survivors");
        let both =
            |state: &BTreeMap<String, String>| state.values().filter(|what| loaded.values().any(|old| old == *what)).count();
        let kept = both(&server.rules);
        assert!(server.history.iter().all(|state| both(state) >= kept), "{system}: a gap");
        assert!(server.rules.values().chain(server.rules.keys()).any(|text| text.contains(version(&new))));
        // Away again: others stay.
        assert_eq!(run(&new, &mut server, &files, &["remove"]), 0, "{system}");
        assert_eq!(server.rules, BTreeMap::from([others(system)]), "{system}");
        assert_eq!(run(&new, &mut server, &files, &["accept"]), 0);
        assert_eq!(server.way_back, None);
    }
}

#[test]
fn nothing_is_done_without_a_way_back_and_a_saved_policy() {
    for system in SYSTEMS {
        let (old, _) = versions(system);
        for arguments in [&["load"][..], &["enable"], &["enable", "23:45"], &[], &["reset"]] {
            let mut server = Server::default();
            assert_eq!(run(&old, &mut server, &Files::default(), arguments), 1, "{system} {arguments:?}");
            assert_eq!((server.rules.len(), server.on, server.way_back), (0, false, None), "{system} {arguments:?}");
        }
        let files = Files::default();
        let mut server = Server::default();
        assert_eq!(run(&old, &mut server, &files, &["load", "23:45"]), 0);
        assert_eq!(run(&old, &mut server, &files, &["enable", "23:55"]), 0);
        assert!(server.on && server.way_back.as_deref() == Some("23:55"));
        for word in ["reset", "blockinboundalways"] {
            assert!(!old.contains(word), "{system}: {word}");
        }
    }
}

#[test]
fn it_ends_at_the_first_failed_command() {
    for system in SYSTEMS {
        let (old, new) = versions(system);
        for fails_at in 1..6 {
            let files = Files::default();
            let mut server = Server { rules: BTreeMap::from([others(system)]), ..Server::default() };
            run(&old, &mut server, &files, &["load", "23:45"]);
            let (before, commands) = (server.rules.clone(), server.commands);
            server.fails_at = Some(commands + fails_at);
            assert_eq!(run(&new, &mut server, &files, &["load", "23:47"]), 1, "{system} {fails_at}");
            assert_eq!(server.commands, commands + fails_at, "{system}: nothing after it");
            assert!(before.keys().all(|key| server.rules.contains_key(key)), "{system}: what was open is open");
        }
    }
}

#[test]
fn foreign_ports_stay() {
    let (old, _) = versions("windows_2003");
    let line = old.lines().find_map(|line| line.strip_prefix("call :open ")).expect("a port");
    let key = line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let theirs = (key, "Theirs ALL".to_owned());
    let files = Files::default();
    let mut server = Server { rules: BTreeMap::from([theirs.clone()]), ..Server::default() };
    assert_eq!(run(&old, &mut server, &files, &["load", "23:45"]), 1, "it says so");
    assert_eq!(server.rules[&theirs.0], theirs.1);
    assert!(server.rules.len() > 1, "and goes on");
    run(&old, &mut server, &files, &["remove"]);
    assert_eq!(server.rules, BTreeMap::from([theirs]));
}
