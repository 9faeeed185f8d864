//! A real name server on loopback, with zones of a test; it ends with the value.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, UdpSocket};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use tempfile::TempDir;

use super::running::Running;
use super::{both, run, text};

/// How long a server may take to load its zones.
const PATIENCE: Duration = Duration::from_secs(20);

/// A server that answers on 127.0.0.1.
pub struct Named {
    _server: Running,
    pub port: u16,
    _folder: TempDir,
}

impl Named {
    /// Starts a server for zones, each given by name and content; they may be updated from this machine.
    pub fn start<'z>(zones: impl Iterator<Item = (&'z str, String)>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        let here = text(folder.path());
        let mut conf = format!(
            "options {{ directory \"{here}\"; pid-file \"{here}/pid\"; session-keyfile \"{here}/key\"; recursion no; \
             listen-on port {port} {{ 127.0.0.1; }}; listen-on-v6 {{ none; }}; allow-transfer {{ 127.0.0.1; }}; }};\ncontrols {{ }};\n"
        );
        for (at, (zone, content)) in zones.enumerate() {
            std::fs::write(folder.path().join(format!("{at}.zone")), content).unwrap();
            conf += &format!("zone \"{zone}\" {{ type primary; file \"{at}.zone\"; allow-update {{ 127.0.0.1; }}; }};\n");
        }
        let file = folder.path().join("named.conf");
        std::fs::write(&file, conf).unwrap();
        let mut child = Command::new("named")
            .args(["-4", "-g", "-n", "1", "-c", text(&file)])
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("`named` is installed: see tests/run");
        let log = BufReader::new(child.stderr.take().unwrap());
        let server = Running::new(child);
        let (sender, receiver) = mpsc::channel();
        // It continues to read, or the server would wait for room in the pipe.
        std::thread::spawn(move || log.lines().map_while(Result::ok).for_each(|line| drop(sender.send(line))));
        let mut said = String::new();
        loop {
            match receiver.recv_timeout(PATIENCE) {
                Ok(line) if line.ends_with("all zones loaded") => break,
                Ok(line) => said += &format!("{line}\n"),
                Err(_) => panic!("named does not start:\n{said}"),
            }
        }
        Self { _server: server, port, _folder: folder }
    }

    /// What it answers: the data of each record of a name and type.
    pub fn ask(&self, name: &str, kind: &str) -> Vec<String> {
        let port = self.port.to_string();
        let query = ["@127.0.0.1", "-p", &port, "+short", "+norecurse", "+tries=2", "+time=3", name, kind];
        let said = run("dig", &query);
        assert!(said.status.success(), "{name} {kind}: {}", both(&said));
        let mut answers: Vec<String> = String::from_utf8(said.stdout).unwrap().lines().map(str::to_owned).collect();
        answers.sort();
        answers
    }

    /// The answers to many questions, each a name and a type, by one process.
    pub fn ask_all(&self, questions: &BTreeSet<(String, &str)>) -> BTreeMap<(String, String), Vec<String>> {
        let port = self.port.to_string();
        let mut arguments =
            vec!["@127.0.0.1", "-p", &port, "+noall", "+question", "+answer", "+norecurse", "+tries=2", "+time=3"];
        arguments.extend(questions.iter().flat_map(|(name, kind)| [name.as_str(), *kind]));
        let said = run("dig", &arguments);
        assert!(said.status.success(), "{}", both(&said));
        let mut answers: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        let mut asked = None;
        for line in String::from_utf8(said.stdout).unwrap().lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                [question, "IN", kind] if question.starts_with(';') => {
                    let name = question.trim_start_matches(';').trim_end_matches('.');
                    let key = (name.to_owned(), (*kind).to_owned());
                    answers.entry(key.clone()).or_default();
                    asked = Some(key);
                }
                [_, _, "IN", _, data @ ..] => answers.entry(asked.clone().expect("a question")).or_default().push(data.join(" ")),
                _ => {}
            }
        }
        assert_eq!(answers.len(), questions.len(), "a question has no answer");
        answers.values_mut().for_each(|data| data.sort());
        answers
    }

    /// All records of a zone, as owner, type and data, but for those that every zone has.
    pub fn transfer(&self, zone: &str) -> Vec<(String, String, String)> {
        let mut records: Vec<_> = self.records(zone).into_iter().map(|(owner, _, kind, data)| (owner, kind, data)).collect();
        records.dedup();
        records
    }

    /// The same with the time to live after the owner.
    pub fn records(&self, zone: &str) -> Vec<(String, u32, String, String)> {
        let port = self.port.to_string();
        let said = run("dig", &["@127.0.0.1", "-p", &port, "+noall", "+answer", "+time=5", zone, "AXFR"]);
        let words = |line: &str| {
            let mut words = line.split_whitespace().map(str::to_owned);
            let (owner, ttl, _class, kind) = (words.next()?, words.next()?, words.next()?, words.next()?);
            let owner = owner.trim_end_matches('.').to_owned();
            Some((owner, ttl.parse().ok()?, kind, words.collect::<Vec<_>>().join(" ")))
        };
        let records = String::from_utf8(said.stdout).unwrap();
        let mut records: Vec<_> =
            records.lines().filter_map(words).filter(|(.., kind, _)| kind != "SOA" && kind != "NS").collect();
        records.sort_by(|a, b| (&a.0, &a.2, &a.3).cmp(&(&b.0, &b.2, &b.3)));
        records
    }
}

/// A port that is free for both transports.
fn free_port() -> u16 {
    for _ in 0..50 {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = tcp.local_addr().unwrap().port();
        if UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return port;
        }
    }
    panic!("no free port on loopback");
}
