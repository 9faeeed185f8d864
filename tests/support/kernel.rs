//! Rules as the kernel reads them: loaded into a network namespace of their own, listed as JSON, expanded into sets of packets.

use std::net::Ipv4Addr;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use ipnet::Ipv4Net;
use ocstopo::packet::{Product, Ranges, TCP, UDP};
use serde_json::Value;

use super::{both, need_root, succeed, text};

/// A network namespace that is removed with the test, however it ends.
pub struct Namespace {
    name: String,
}

impl Namespace {
    pub fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        need_root();
        let name = format!("ocstopo-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        succeed("ip", &["netns", "add", &name]);
        Self { name }
    }

    /// A program that runs in it.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.name, program]);
        command
    }

    /// What `ip -n` and others call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn nft(&self, arguments: &[&str]) -> Output {
        self.command("nft").args(arguments).output().expect("ip runs")
    }

    /// Loads a file of rules, without a word of complaint.
    pub fn load(&self, file: &Path) {
        let said = self.nft(&["-f", text(file)]);
        assert!(said.status.success() && both(&said).is_empty(), "nft -f {}:\n{}", file.display(), both(&said));
    }

    /// What the kernel holds.
    pub fn ruleset(&self) -> Vec<Value> {
        let said = self.nft(&["-j", "list", "ruleset"]);
        assert!(said.status.success(), "{}", both(&said));
        let json: Value = serde_json::from_slice(&said.stdout).expect("JSON");
        json["nftables"].as_array().expect("a list").clone()
    }
}

impl Drop for Namespace {
    fn drop(&mut self) {
        let deleted = Command::new("ip").args(["netns", "del", &self.name]).output();
        // A second panic would hide the first.
        if !std::thread::panicking() {
            let said = deleted.expect("ip runs");
            assert!(said.status.success(), "the namespace {} stays behind: {}", self.name, both(&said));
        }
    }
}

/// Numbers as ranges: sorted, disjoint, not adjacent; so equal sets are equal values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Numbers(Vec<(u32, u32)>);

impl Numbers {
    pub fn new(mut ranges: Vec<(u32, u32)>) -> Self {
        ranges.sort();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (first, last) in ranges {
            assert!(first <= last);
            match joined.last_mut() {
                Some((_, end)) if u64::from(first) <= u64::from(*end) + 1 => *end = last.max(*end),
                _ => joined.push((first, last)),
            }
        }
        Self(joined)
    }

    /// All addresses.
    pub fn any() -> Self {
        Self(vec![(0, u32::MAX)])
    }

    /// All ports.
    pub fn any_port() -> Self {
        Self(vec![(0, 65535)])
    }

    pub fn of_nets(nets: impl IntoIterator<Item = Ipv4Net>) -> Self {
        Self::new(nets.into_iter().map(|net| (net.network().to_bits(), net.broadcast().to_bits())).collect())
    }

    /// What is in none of the ranges.
    pub fn complement(&self) -> Self {
        let mut ranges = Vec::new();
        let mut next = 0u64;
        for (first, last) in &self.0 {
            if next < u64::from(*first) {
                ranges.push((u32::try_from(next).expect("below the range"), first - 1));
            }
            next = u64::from(*last) + 1;
        }
        if let Ok(next) = u32::try_from(next) {
            ranges.push((next, u32::MAX));
        }
        Self(ranges)
    }

    pub fn holds(&self, number: u32) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&number))
    }
}

/// The packets that open a connection by one rule.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Allowed {
    pub sources: Numbers,
    pub destinations: Numbers,
    pub transport: String,
    pub source_ports: Numbers,
    pub ports: Numbers,
}

impl Allowed {
    /// The same for the engine of the compiler.
    pub fn product(&self) -> Product {
        let ranges = |numbers: &Numbers| Ranges::new(numbers.0.iter().copied());
        Product {
            sources: ranges(&self.sources),
            source_ports: ranges(&self.source_ports),
            destinations: ranges(&self.destinations),
            destination_ports: ranges(&self.ports),
            ..Product::of(if self.transport == "tcp" { TCP } else { UDP })
        }
    }

    /// Whether it permits a connection from any of the usual source ports.
    pub fn permits(&self, source: Ipv4Addr, destination: Ipv4Addr, transport: &str, port: u16) -> bool {
        self.sources.holds(source.to_bits())
            && self.destinations.holds(destination.to_bits())
            && self.transport == transport
            && self.ports.holds(port.into())
            && (1024..=65535).any(|port| self.source_ports.holds(port))
    }
}

/// What the kernel does with a packet through this firewall.
#[derive(Debug)]
pub struct Filter {
    pub policy: String,
    pub accepts: Vec<Allowed>,
    /// Translations that work both ways: public address, address inside.
    pub nats: Vec<(String, String)>,
}

/// Loads a file twice and reads it back; a rule that is not understood is a failure.
pub fn read_back(file: &Path) -> Filter {
    let namespace = Namespace::new();
    namespace.load(file);
    let once = without_handles(namespace.ruleset());
    namespace.load(file);
    let items = namespace.ruleset();
    assert_eq!(without_handles(items.clone()), once, "{}: loading it again changes what it says", file.display());
    let all = |kind: &str| -> Vec<Value> { items.iter().filter_map(|item| item.get(kind)).cloned().collect() };
    assert_eq!(all("table").len(), 1, "one table");
    let chains = all("chain");
    let filters: Vec<&Value> = chains.iter().filter(|chain| chain["type"] == "filter").collect();
    let [forward] = filters.as_slice() else { panic!("one filter chain, not {filters:?}") };
    assert_eq!(forward["hook"], "forward");
    let others = chains.iter().filter(|chain| chain["name"] != forward["name"]);
    assert!(others.clone().all(|chain| chain["type"] == "nat"), "{others:?}");
    let sets = all("set");
    let mut accepts = Vec::new();
    for (place, rule) in all("rule").iter().filter(|rule| rule["chain"] == forward["name"]).enumerate() {
        accepts.extend(accepted(rule, place, &sets));
    }
    let nats = all("rule").into_iter().filter(|rule| rule["chain"] != forward["name"]).collect::<Vec<_>>();
    Filter { policy: forward["policy"].as_str().expect("a policy").to_owned(), accepts, nats: translations(&nats) }
}

/// The translations of rules in pairs: one for each direction.
fn translations(rules: &[Value]) -> Vec<(String, String)> {
    let one = |rule: &Value, field: &str, verb: &str| {
        let expressions = rule["expr"].as_array().expect("expressions");
        let matched = expressions
            .iter()
            .find(|expression| expression["match"]["left"]["payload"]["field"] == field && expression["match"]["op"] == "==")?;
        let verb = expressions.iter().find_map(|expression| expression.get(verb))?;
        Some((matched["match"]["right"].as_str()?.to_owned(), verb["addr"].as_str()?.to_owned()))
    };
    let there: Vec<(String, String)> = rules.iter().filter_map(|rule| one(rule, "daddr", "dnat")).collect();
    let mut back: Vec<(String, String)> =
        rules.iter().filter_map(|rule| one(rule, "saddr", "snat")).map(|(inside, public)| (public, inside)).collect();
    assert_eq!(there.len() + back.len(), rules.len(), "a rule that does not translate: {rules:?}");
    let mut sorted = there.clone();
    sorted.sort();
    back.sort();
    assert_eq!(sorted, back, "both ways");
    there
}

fn without_handles(items: Vec<Value>) -> Vec<Value> {
    items
        .into_iter()
        .map(|mut item| {
            for inner in item.as_object_mut().into_iter().flat_map(|object| object.values_mut()) {
                if let Some(inner) = inner.as_object_mut() {
                    inner.remove("handle");
                }
            }
            item
        })
        .collect()
}

/// The packets of an accepting rule. The two rules on connection states are first; rules that drop or log open nothing.
pub fn accepted(rule: &Value, place: usize, sets: &[Value]) -> Option<Allowed> {
    let expressions = rule["expr"].as_array().expect("expressions");
    let state = |expression: &Value| expression["match"]["left"]["ct"]["key"] == "state";
    if expressions.iter().any(state) {
        let (states, verdict) = (&expressions[0]["match"]["right"], expressions[1].as_object().expect("a verdict"));
        let known = (place == 0 && *states == serde_json::json!(["established", "related"]) && verdict.contains_key("accept"))
            || (place == 1 && *states == "invalid" && verdict.contains_key("drop"));
        assert!(known && expressions.len() == 2, "{rule}");
        return None;
    }
    let mut allowed = Allowed {
        sources: Numbers::any(),
        destinations: Numbers::any(),
        transport: String::new(),
        source_ports: Numbers::any_port(),
        ports: Numbers::any_port(),
    };
    let mut accepts = false;
    let mut ipv4 = false;
    let mut harmless = false;
    for expression in expressions {
        let (word, inner) = expression.as_object().and_then(|object| object.iter().next()).expect("an expression");
        match word.as_str() {
            "accept" => accepts = true,
            "drop" | "log" | "limit" | "counter" => harmless = true,
            "match" if inner["left"]["meta"]["key"] == "nfproto" => {
                assert!(inner["op"] == "==" && inner["right"] == "ipv4", "{rule}");
                ipv4 = true;
            }
            "match" => {
                let payload = &inner["left"]["payload"];
                let (protocol, field) = (payload["protocol"].as_str().unwrap_or(""), payload["field"].as_str().unwrap_or(""));
                let mut numbers = values(&inner["right"], sets);
                match inner["op"].as_str() {
                    Some("==") => {}
                    Some("!=") if protocol == "ip" => numbers = numbers.complement(),
                    _ => panic!("not understood: {inner}"),
                }
                ipv4 |= protocol == "ip";
                match (protocol, field) {
                    ("ip", "saddr") => allowed.sources = numbers,
                    ("ip", "daddr") => allowed.destinations = numbers,
                    ("tcp" | "udp", "sport" | "dport") => {
                        assert!(allowed.transport.is_empty() || allowed.transport == protocol, "{rule}");
                        protocol.clone_into(&mut allowed.transport);
                        *if field == "sport" { &mut allowed.source_ports } else { &mut allowed.ports } = numbers;
                    }
                    _ => panic!("not understood: {inner}"),
                }
            }
            _ => panic!("not understood: {expression}"),
        }
    }
    assert!(accepts != harmless, "a rule accepts, or it drops and logs: {rule}");
    assert!(!accepts || (ipv4 && !allowed.transport.is_empty()), "wider than addresses and ports of IPv4: {rule}");
    accepts.then_some(allowed)
}

fn values(value: &Value, sets: &[Value]) -> Numbers {
    if let Some(name) = value.as_str().and_then(|text| text.strip_prefix('@')) {
        let set = sets.iter().find(|set| set["name"] == name).unwrap_or_else(|| panic!("no set {name}"));
        return Numbers::new(set["elem"].as_array().expect("elements").iter().map(range).collect());
    }
    match value.get("set") {
        Some(elements) => Numbers::new(elements.as_array().expect("elements").iter().map(range).collect()),
        None => Numbers::new(vec![range(value)]),
    }
}

fn range(value: &Value) -> (u32, u32) {
    if let Some(prefix) = value.get("prefix") {
        let text = format!("{}/{}", prefix["addr"].as_str().expect("an address"), prefix["len"]);
        let net: Ipv4Net = text.parse().expect("a network");
        return (net.network().to_bits(), net.broadcast().to_bits());
    }
    match value.get("range").and_then(Value::as_array).map(Vec::as_slice) {
        Some([first, last]) => (number(first), number(last)),
        Some(_) => panic!("no range: {value}"),
        None => (number(value), number(value)),
    }
}

fn number(value: &Value) -> u32 {
    match value {
        Value::Number(port) => u32::try_from(port.as_u64().expect("a port")).expect("a port"),
        Value::String(address) => address.parse::<Ipv4Addr>().expect("an address").to_bits(),
        _ => panic!("no number: {value}"),
    }
}
