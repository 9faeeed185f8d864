//! Commands of tmsh, read as a BIG-IP does: onto what an earlier version and others left there.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddrV4;

use crate::balancers::read::{Listening, end, statements, words};

/// A value of tmsh: words, or the text between braces.
#[derive(Debug, Clone, PartialEq)]
enum Tmsh {
    Word(String),
    Block(Vec<Tmsh>),
}

impl Tmsh {
    fn word(&self) -> &str {
        match self {
            Tmsh::Word(word) => word,
            Tmsh::Block(block) => panic!("a block where a word is expected: {block:?}"),
        }
    }

    /// Whether it contains a name.
    fn names(&self, name: &str) -> bool {
        match self {
            Tmsh::Word(word) => word == name,
            Tmsh::Block(block) => block.iter().any(|value| value.names(name)),
        }
    }

    fn block(&self) -> &[Tmsh] {
        match self {
            Tmsh::Block(block) => block,
            Tmsh::Word(word) => panic!("`{word}` where a block is expected"),
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

/// A BIG-IP: objects by kind and name.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BigIp {
    objects: BTreeMap<(String, String), BTreeMap<String, Vec<Tmsh>>>,
}

/// Keys whose value is two words, or a word and a block.
const LONG: [&str; 3] = ["members", "profiles", "persist"];

/// A value as the device keeps it: what is added to nothing is all that there is, and members of a pool have no order.
fn whole(kind: &str, word: &str, mut value: Vec<Tmsh>) -> Vec<Tmsh> {
    if let [Tmsh::Word(how), _] = value.as_mut_slice()
        && how == "add"
    {
        *how = "replace-all-with".to_owned();
    }
    if kind == "pool" && word == "members" {
        value[1] = members(&value[1]).into_iter().collect::<Members>().into_block();
    }
    value
}

/// Members of a pool by end, with what is set of each.
#[derive(Default)]
struct Members(BTreeMap<String, BTreeMap<String, Vec<Tmsh>>>);

impl FromIterator<(String, BTreeMap<String, Vec<Tmsh>>)> for Members {
    fn from_iter<I: IntoIterator<Item = (String, BTreeMap<String, Vec<Tmsh>>)>>(members: I) -> Self {
        Self(members.into_iter().collect())
    }
}

impl Members {
    fn into_block(self) -> Tmsh {
        let set = |(key, value): (String, Vec<Tmsh>)| [Tmsh::Word(key)].into_iter().chain(value);
        let member = |(end, own): (String, BTreeMap<String, Vec<Tmsh>>)| {
            [Tmsh::Word(end), Tmsh::Block(own.into_iter().flat_map(set).collect())]
        };
        Tmsh::Block(self.0.into_iter().flat_map(member).collect())
    }
}

fn members(block: &Tmsh) -> Vec<(String, BTreeMap<String, Vec<Tmsh>>)> {
    block.block().chunks(2).map(|member| (member[0].word().to_owned(), keys(member[1].block(), &[]))).collect()
}

/// `members add`, `delete` and `modify`; what is there already, or is not there, is a failure.
fn change_members(value: &mut [Tmsh], how: &str, change: &[Tmsh], line: &str) {
    let mut all: Members = members(&value[1]).into_iter().collect();
    match how {
        "add" => {
            for (end, own) in members(&Tmsh::Block(change.to_vec())) {
                assert!(all.0.insert(end, own).is_none(), "a member is there: {line}");
            }
        }
        "delete" => change.iter().for_each(|end| assert!(all.0.remove(end.word()).is_some(), "no such member: {line}")),
        "modify" => {
            for (end, own) in members(&Tmsh::Block(change.to_vec())) {
                let member = all.0.get_mut(&end).unwrap_or_else(|| panic!("no such member: {line}"));
                member.extend(own);
                // What every member is unless it is said.
                member.retain(|key, value| key != "session" || value[0].word() != "user-enabled");
            }
        }
        other => panic!("members {other}: {line}"),
    }
    value[1] = all.into_block();
}

impl BigIp {
    /// Types the commands. What is there already is not made again; a delete of what is not there or is in use is a failure.
    pub fn load(&mut self, text: &str) {
        self.type_all(text, false);
    }

    /// The same where what is there already is a failure too.
    pub fn load_exactly(&mut self, text: &str) {
        self.type_all(text, true);
    }

    fn type_all(&mut self, text: &str, exactly: bool) {
        let mut transaction: Option<BigIp> = None;
        for line in statements(text) {
            match line {
                "create cli transaction" => assert!(transaction.replace(self.clone()).is_none(), "two transactions"),
                "submit cli transaction" => *self = transaction.take().expect("a transaction"),
                _ => {
                    assert!(!exactly || transaction.is_some(), "outside the transaction: {line}");
                    transaction.as_mut().unwrap_or(self).command(line, exactly);
                }
            }
        }
        assert!(transaction.is_none(), "a transaction that is not submitted");
    }

    fn command(&mut self, line: &str, exactly: bool) {
        let parsed = tmsh(&mut words(line).into_iter());
        let word = |at: usize| match parsed.get(at) {
            Some(Tmsh::Word(word)) => word.as_str(),
            _ => panic!("not understood: {line}"),
        };
        let (kind, name, body) = match (word(1), word(2)) {
            ("ltm", kind @ ("pool" | "virtual" | "snatpool")) => (kind.to_owned(), word(3), &parsed[4..]),
            ("ltm", kind @ ("monitor" | "profile" | "persistence")) => (format!("{kind} {}", word(3)), word(4), &parsed[5..]),
            _ => panic!("not understood: {line}"),
        };
        let key = (kind, name.to_owned());
        match word(0) {
            "create" => {
                let [body] = body else { panic!("not understood: {line}") };
                let new: BTreeMap<_, _> = keys(body.block(), &self.long(&key.0))
                    .into_iter()
                    .map(|(word, value)| (word.clone(), whole(&key.0, &word, value)))
                    .collect();
                // Two virtual servers of one address, port and transport are refused, whatever they are called.
                let destination =
                    |other: &BTreeMap<String, Vec<Tmsh>>| ["destination", "ip-protocol"].map(|word| other.get(word).cloned());
                let taken = |(other, body): (&(String, String), &BTreeMap<String, Vec<Tmsh>>)| {
                    other.0 == "virtual" && destination(body) == destination(&new)
                };
                let taken = key.0 == "virtual" && self.objects.iter().any(taken);
                assert!(!exactly || !(taken || self.objects.contains_key(&key)), "it is there: {line}");
                if !taken {
                    self.objects.entry(key).or_insert(new);
                }
            }
            "modify" => {
                let long: Vec<&str> =
                    LONG.into_iter().filter(|word| !format!("{line} ").contains(&format!(" {word} none "))).collect();
                let object = self.objects.get_mut(&key).unwrap_or_else(|| panic!("it is not there: {line}"));
                for (word, value) in keys(body, &long) {
                    match value.as_slice() {
                        [Tmsh::Word(none)] if none == "none" && word == "persist" => drop(object.remove(&word)),
                        [Tmsh::Word(how), change] if word == "members" && how != "replace-all-with" => {
                            let members = object.get_mut(&word).unwrap_or_else(|| panic!("no members: {line}"));
                            change_members(members, how, change.block(), line);
                        }
                        _ => drop(object.insert(word.clone(), whole(&key.0, &word, value))),
                    }
                }
            }
            "delete" => {
                let used = |(other, body): (&(String, String), &BTreeMap<String, Vec<Tmsh>>)| {
                    *other != key && key.0 != "virtual" && other.0 != key.0 && body.values().flatten().any(|v| v.names(&key.1))
                };
                assert!(!self.objects.iter().any(used), "it is in use: {line}");
                assert!(self.objects.remove(&key).is_some(), "it is not there: {line}");
            }
            _ => panic!("not understood: {line}"),
        }
    }

    /// The keys of two values in an object of a kind.
    fn long(&self, kind: &str) -> Vec<&'static str> {
        if matches!(kind, "pool" | "virtual" | "snatpool") { LONG.to_vec() } else { Vec::new() }
    }

    fn object(&self, kind: &str, name: &str) -> &BTreeMap<String, Vec<Tmsh>> {
        self.objects.get(&(kind.to_owned(), name.to_owned())).unwrap_or_else(|| panic!("no {kind} {name}"))
    }

    /// The members that get no new connections: pool and end.
    pub fn drained(&self) -> BTreeSet<(SocketAddrV4, SocketAddrV4)> {
        let mut drained = BTreeSet::new();
        for ((_, name), own) in self.objects.iter().filter(|((kind, _), _)| kind == "virtual") {
            for (member, set) in members(&self.object("pool", name)["members"][1]) {
                if set.contains_key("session") {
                    drained.insert((end(own["destination"][0].word()), end(&member)));
                }
            }
        }
        drained
    }

    /// What it listens on.
    pub fn listening(&self) -> BTreeSet<Listening> {
        let virtuals = self.objects.iter().filter(|((kind, _), _)| kind == "virtual");
        virtuals.map(|((_, name), own)| self.virtual_server(name, own)).collect()
    }

    fn virtual_server(&self, name: &str, own: &BTreeMap<String, Vec<Tmsh>>) -> Listening {
        let one = |key: &str| own.get(key).unwrap_or_else(|| panic!("{name} has no {key}"))[0].clone();
        assert_eq!(one("mask").word(), "255.255.255.255");
        let transport = one("ip-protocol").word().to_owned();
        let profiles = own["profiles"][1].block();
        assert!(profiles.len() == 2 && profiles[1].block().is_empty());
        let profile = self.object(&format!("profile {transport}"), profiles[0].word());
        let pool = self.object("pool", one("pool").word());
        assert_eq!(pool["load-balancing-mode"][0].word(), "least-connections-member");
        let monitor = self.object("monitor tcp", pool["monitor"][0].word());
        let number = |value: &Tmsh| value.word().parse::<u64>().expect("a number");
        let interval = number(&monitor["interval"][0]);
        assert_eq!(number(&monitor["timeout"][0]), interval * 3 + 1);
        let port = monitor["destination"][0].word().strip_prefix("*:").expect("any address").parse().expect("a port");
        let servers = pool["members"][1].block().chunks(2).map(|member| {
            assert!(matches!(&keys(member[1].block(), &[])["description"][0], Tmsh::Word(_)));
            end(member[0].word())
        });
        let translation: Vec<&str> = own["source-address-translation"][0].block().iter().map(Tmsh::word).collect();
        let sources = match translation.as_slice() {
            ["type", "none"] => None,
            ["type", "snat", "pool", pool] => {
                let members = self.object("snatpool", pool)["members"][1].block();
                Some(members.iter().map(|word| word.word().parse().expect("an address")).collect())
            }
            ["type", "automap"] => Some(BTreeSet::new()),
            other => panic!("{other:?}"),
        };
        let by_client = own.get("persist").is_some_and(|persist| {
            let persistence = self.object("persistence source-addr", persist[1].block()[0].word());
            persistence["defaults-from"][0].word() == "source_addr"
        });
        Listening {
            udp: transport == "udp",
            at: end(one("destination").word()),
            servers: servers.collect(),
            sources,
            by_client,
            check: (port, interval),
            idle: number(&profile["idle-timeout"][0]),
        }
    }
}
