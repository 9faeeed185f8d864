//! Readers: a rule set as text, or as listed by a kernel, to the packets that it permits. A line that a reader does not
//! understand is a failure: a skipped line may be the one that opens too much.

pub mod asa;
pub mod cisco;
pub mod fortios;
pub mod ios;
pub mod iptables;
mod nftables;
pub mod panos;
pub mod srx;
mod words;

use std::collections::BTreeMap;

use ocstopo::packet::{Packets, Product, Ranges, TCP, UDP};
use ocstopo::plan::firewall::{FirewallPlan, MatchedAddress};
use ocstopo::product::Transport;

/// Any network, where a reader does not distinguish them.
pub const ANY: &str = "*";

/// The packets that a rule set permits.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Packets that may open a connection, by the networks that they enter from and leave to, each a path of the topology or
    /// [`ANY`].
    pub opens: BTreeMap<(String, String), Packets>,
    /// TCP packets that pass because they carry ACK or RST, where the platform keeps no connections.
    pub established: BTreeMap<(String, String), Packets>,
    /// Translations: public address, address inside.
    pub nats: Vec<(String, String)>,
}

/// How a dialect is judged; each is declared in the file of its reader.
pub struct Judge {
    /// What `dialect =` calls it.
    pub word: &'static str,
    /// Reads what it writes.
    pub read: fn(&str) -> Reading,
    /// Which networks its rules name.
    pub names: Names,
    /// Whether it writes translations.
    pub translates: bool,
    /// What a comment begins with.
    pub comment: char,
    /// Whether it is typed into a terminal: printable ASCII, in lines that the terminal takes.
    pub typed: bool,
    /// Three ways to be wrong, each of which must be caught.
    pub mutations: [Mutation; 3],
    /// The longest names and texts that the platform takes.
    pub limits: &'static [Limit],
}

/// Which networks the rules of a dialect name.
pub enum Names {
    Neither,
    /// The one that packets enter from.
    Entry,
    Both,
}

/// What is wrong, what is written, what is written in its place.
pub type Mutation = (&'static str, &'static str, &'static str);

const PORT: &str = "a port match is dropped";
const SWAP: &str = "source and destination change places";
const MASK: &str = "a mask is widened";

/// The longest text behind some words.
#[derive(Debug)]
pub enum Limit {
    /// A name behind what begins a line.
    Name(&'static str, usize),
    /// All that follows on a line.
    Remark(&'static str, usize),
}

/// All dialects.
pub const JUDGES: [&Judge; 7] =
    [&nftables::JUDGE, &iptables::JUDGE, &asa::JUDGE, &ios::JUDGE, &srx::JUDGE, &panos::JUDGE, &fortios::JUDGE];

/// How a dialect is judged.
pub fn judge(dialect: &str) -> &'static Judge {
    JUDGES.into_iter().find(|judge| judge.word == dialect).unwrap_or_else(|| panic!("`{dialect}` has no reader"))
}

#[test]
fn every_dialect_is_judged() {
    assert!(ocstopo::emit::firewall::dialects().eq(JUDGES.iter().map(|judge| judge.word)));
}

/// Reads what a dialect wrote.
pub fn read(dialect: &str, text: &str) -> Reading {
    (judge(dialect).read)(text)
}

/// The packets that a dialect must permit for a plan, in the terms of its reader.
pub fn model(dialect: &str, plan: &FirewallPlan) -> Reading {
    let (_, seen, stateful) = ocstopo::emit::firewall::dialect(dialect).expect("a dialect");
    let nats = || plan.nats.iter().map(|nat| (nat.public.to_string(), nat.inside.to_string())).collect();
    let names = |from: &str, to: &str| match judge(dialect).names {
        Names::Neither => (ANY.to_owned(), ANY.to_owned()),
        Names::Entry => (from.to_owned(), ANY.to_owned()),
        Names::Both => (from.to_owned(), to.to_owned()),
    };
    let mut reading = Reading { nats: if judge(dialect).translates { nats() } else { Vec::new() }, ..Reading::default() };
    if stateful {
        for ((from, to), packets) in plan.packets_between(seen) {
            let opens = reading.opens.entry(names(from, to)).or_default();
            *opens = opens.union(&packets);
        }
        return reading;
    }
    let (mut opens, mut established): (BTreeMap<_, Vec<Product>>, BTreeMap<_, Vec<Product>>) = Default::default();
    for rule in &plan.rules {
        opens.entry(names(&rule.from_network, &rule.to_network)).or_default().push(plan.opening(rule, MatchedAddress::Mapped));
        let back = if rule.transport == Transport::Tcp { &mut established } else { &mut opens };
        back.entry(names(&rule.to_network, &rule.from_network)).or_default().push(plan.answering(rule, MatchedAddress::Mapped));
    }
    let sets = |products: BTreeMap<_, Vec<Product>>| products.into_iter().map(|(key, all)| (key, Packets::of(&all))).collect();
    Reading { opens: sets(opens), established: sets(established), ..reading }
}

/// How a reading differs from the model, with a packet that shows it; nothing where both are the same.
pub fn difference(read: &Reading, model: &Reading) -> Option<String> {
    for (what, read, model) in [("opens", &read.opens, &model.opens), ("lets back", &read.established, &model.established)] {
        let keys: std::collections::BTreeSet<_> = read.keys().chain(model.keys()).collect();
        for key in keys {
            let none = Packets::none();
            let (read, model) = (read.get(key).unwrap_or(&none), model.get(key).unwrap_or(&none));
            if let Some(packet) = read.difference(model).witness() {
                return Some(format!("{key:?} {what} {packet}, which the plan does not"));
            }
            if let Some(packet) = model.difference(read).witness() {
                return Some(format!("{key:?} must let {packet} pass and does not"));
            }
        }
    }
    let sorted = |nats: &[(String, String)]| {
        let mut nats = nats.to_vec();
        nats.sort();
        nats
    };
    (sorted(&read.nats) != sorted(&model.nats)).then(|| format!("it translates {:?}, not {:?}", read.nats, model.nats))
}

/// The packets that a list of rules permits, the first match deciding: `true` permits.
pub fn decided(rules: &[(bool, Product)]) -> Packets {
    let mut passing = Packets::none();
    let runs: Vec<&[(bool, Product)]> = rules.chunk_by(|a, b| a.0 == b.0).collect();
    for run in runs.into_iter().rev() {
        let packets = Packets::of(run.iter().map(|(_, product)| product));
        passing = if run[0].0 { passing.union(&packets) } else { passing.difference(&packets) };
    }
    passing
}

/// Puts an entry of an ordered list before or after another.
pub fn beside<T>(entries: &mut Vec<(String, T)>, name: &str, side: &str, other: &str) {
    let at = |entries: &[(String, T)], name: &str| {
        entries.iter().position(|(found, _)| found == name).unwrap_or_else(|| panic!("no entry {name}"))
    };
    let moved = entries.remove(at(entries, name));
    let to = at(entries, other) + usize::from(side == "after");
    entries.insert(to, moved);
}

/// The number of a protocol by its word.
pub fn protocol(word: &str) -> u8 {
    match word.to_ascii_lowercase().as_str() {
        "tcp" => TCP,
        "udp" => UDP,
        _ => panic!("no protocol: {word}"),
    }
}

/// `443`, `1024-65535` or `1024:65535`.
pub fn ports(text: &str) -> Ranges {
    let (first, last) = text.split_once(['-', ':']).unwrap_or((text, text));
    let port = |text: &str| text.parse::<u16>().unwrap_or_else(|_| panic!("no port: {text}")).into();
    Ranges::new([(port(first), port(last))])
}

/// `10.0.0.1` or `10.0.0.0/24`.
pub fn network(text: &str) -> Ranges {
    let net = if text.contains('/') { text.parse() } else { format!("{text}/32").parse() };
    let net: ipnet::Ipv4Net = net.unwrap_or_else(|_| panic!("no network: {text}"));
    assert_eq!(net, net.trunc(), "a host in a network's place: {text}");
    [net].into_iter().collect()
}

/// An address and a mask.
pub fn masked(address: &str, mask: &str) -> Ranges {
    let mask: std::net::Ipv4Addr = mask.parse().unwrap_or_else(|_| panic!("no mask: {mask}"));
    let length = mask.to_bits().leading_ones();
    assert_eq!(mask.to_bits().checked_shl(length).unwrap_or(0), 0, "a mask with holes: {mask}");
    network(&format!("{address}/{length}"))
}

/// From one address to another.
pub fn between(first: &str, last: &str) -> Ranges {
    let address = |text: &str| text.parse::<std::net::Ipv4Addr>().unwrap_or_else(|_| panic!("no address: {text}")).to_bits();
    Ranges::new([(address(first), address(last))])
}

/// The paths of zones or interfaces, from the lines `zone NAME for PATH RANGE` of the head.
pub fn sides(text: &str, word: &str) -> BTreeMap<String, String> {
    let side = |line: &str| {
        let rest = line.trim_start_matches(['#', '!', ' ']).strip_prefix(word)?.strip_prefix(' ')?;
        let (name, rest) = rest.split_once(" for ")?;
        let (path, _range) = rest.rsplit_once(' ')?;
        Some((name.to_owned(), path.to_owned()))
    };
    text.lines().take_while(|line| line.is_empty() || line.starts_with(['#', '!'])).filter_map(side).collect()
}
