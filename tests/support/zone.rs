//! Zones as BIND reads them.

use super::{Example, both, run, text};

/// One record, its names without the final dot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Record {
    pub view: String,
    pub zone: String,
    pub name: String,
    pub kind: String,
    pub data: Vec<String>,
}

impl Record {
    /// The address of an A record.
    pub fn address(&self) -> Option<std::net::Ipv4Addr> {
        (self.kind == "A").then(|| self.data[0].parse().expect("an address"))
    }
}

/// `(view, zone)` of a zone file's path.
pub fn view_and_zone(path: &str) -> (&str, &str) {
    let (view, file) = path.strip_prefix("dns/").and_then(|rest| rest.split_once('/')).expect("dns/<view>/<zone>.zone");
    (view, file.strip_suffix(".zone").expect("a zone file"))
}

/// All records of an example, in BIND's canonical form.
pub fn records(example: &Example) -> Vec<Record> {
    let mut records = Vec::new();
    for path in example.ending(".zone") {
        let (view, zone) = view_and_zone(path);
        let file = example.path(path);
        let said = run("named-compilezone", &["-i", "local", "-F", "text", "-s", "full", "-o", "-", zone, text(&file)]);
        assert!(said.status.success(), "{path}:\n{}", both(&said));
        for line in String::from_utf8(said.stdout).expect("text").lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let [name, ttl, "IN", kind, data @ ..] = words.as_slice() else { panic!("{path}: no record: {line}") };
            assert!(ttl.parse::<u32>().is_ok() && !data.is_empty(), "{line}");
            records.push(Record {
                view: view.to_owned(),
                zone: zone.to_owned(),
                name: plain(name),
                kind: (*kind).to_owned(),
                data: data.iter().map(|word| plain(word)).collect(),
            });
        }
    }
    records
}

fn plain(name: &str) -> String {
    name.strip_suffix('.').unwrap_or(name).to_ascii_lowercase()
}
