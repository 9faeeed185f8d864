//! Junos set commands of an SRX, read as the device does: into a candidate that may hold an earlier version and others' policies.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::packet::{Product, Ranges};

use super::words::words;
use super::{Judge, Limit, MASK, Names, PORT, Reading, SWAP, decided, network, ports, protocol, sides};

pub const JUDGE: Judge = Judge {
    word: "juniper_srx",
    read,
    names: Names::Both,
    translates: true,
    comment: '#',
    typed: true,
    mutations: [
        (PORT, "match application ocs_tcp_5061", "match application any"),
        (SWAP, "source-address ocs_n_172.16.1.0_24", "source-address ocs_h_10.10.0.10"),
        (MASK, "n_172.16.1.0_24 172.16.1.0/24", "n_172.16.1.0_24 172.16.0.0/23"),
    ],
    limits: &[Limit::Name("set security policies from-zone internet to-zone dmz policy ", 63)],
};

/// What `set` adds to: a second value is added to the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Policy {
    sources: BTreeSet<String>,
    sources_excluded: bool,
    destinations: BTreeSet<String>,
    destinations_excluded: bool,
    services: BTreeSet<String>,
    permit: Option<bool>,
}

/// A candidate configuration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Srx {
    addresses: BTreeMap<String, Ranges>,
    sets: BTreeMap<String, BTreeSet<String>>,
    applications: BTreeMap<String, BTreeMap<String, Product>>,
    /// By zone pair, in the order in which they are compared.
    policies: BTreeMap<(String, String), Vec<(String, Policy)>>,
    /// Rules of static translations by the name of their set.
    translated: BTreeMap<String, BTreeMap<String, (String, String)>>,
    /// The zone that each set of them is for.
    zones: BTreeMap<String, String>,
}

fn read(text: &str) -> Reading {
    let mut device = Srx::default();
    device.load(text);
    device.reading(&sides(text, "zone"))
}

impl Srx {
    /// With its rules by name.
    pub fn sorted(&self) -> Self {
        let mut sorted = self.clone();
        sorted.policies.values_mut().for_each(|policies| policies.sort_by(|a, b| a.0.cmp(&b.0)));
        sorted
    }

    /// Loads lines into the candidate. A delete of what is not there is a failure: it would be for something of others.
    pub fn load(&mut self, text: &str) {
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let words = words(line);
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            match words.as_slice() {
                ["set", "security", "address-book", "global", "address" | "address-set", _, "description", _] => {}
                ["set", "security", "address-book", "global", "address", name, net] => {
                    assert!(self.addresses.insert((*name).to_owned(), network(net)).is_none(), "twice: {line}");
                }
                ["set", "security", "address-book", "global", "address-set", name, "address" | "address-set", member] => {
                    self.sets.entry((*name).to_owned()).or_default().insert((*member).to_owned());
                }
                ["set", "applications", "application", name, rest @ ..] => {
                    application(self.applications.entry((*name).to_owned()).or_default(), rest, line);
                }
                ["set", "security", "policies", "from-zone", from, "to-zone", to, "policy", name, rest @ ..] => {
                    let policies = self.policies.entry(((*from).to_owned(), (*to).to_owned())).or_default();
                    if policies.iter().all(|(other, _)| other != name) {
                        policies.push(((*name).to_owned(), Policy::default()));
                    }
                    let policy = policies.iter_mut().find(|(other, _)| other == name).expect("it is there");
                    setting(&mut policy.1, rest, line);
                }
                ["set", "security", "nat", "static", "rule-set", set, "from", "zone", zone] => {
                    let mut others = self.zones.iter().filter(|(other, _)| other != set);
                    assert!(others.all(|(_, other)| other != zone), "two sets of one zone: the commit fails");
                    self.translated.entry((*set).to_owned()).or_default();
                    self.zones.insert((*set).to_owned(), (*zone).to_owned());
                }
                ["set", "security", "nat", "static", "rule-set", set, "rule", name, rest @ ..] => {
                    let nat = self.translated.entry((*set).to_owned()).or_default().entry((*name).to_owned()).or_default();
                    match rest {
                        ["match", "destination-address", public] => public.trim_end_matches("/32").clone_into(&mut nat.0),
                        ["then", "static-nat", "prefix", inside] => inside.trim_end_matches("/32").clone_into(&mut nat.1),
                        _ => panic!("not understood: {line}"),
                    }
                }
                ["delete", rest @ ..] => assert!(self.delete(rest), "it is not there: {line}"),
                [
                    "insert",
                    "security",
                    "policies",
                    "from-zone",
                    from,
                    "to-zone",
                    to,
                    "policy",
                    name,
                    side @ ("before" | "after"),
                    "policy",
                    other,
                ] => {
                    let policies = self.policies.get_mut(&((*from).to_owned(), (*to).to_owned())).expect("a zone pair");
                    super::beside(policies, name, side, other);
                }
                _ => panic!("not understood: {line}"),
            }
        }
    }

    fn delete(&mut self, what: &[&str]) -> bool {
        match what {
            ["security", "policies", "from-zone", from, "to-zone", to, "policy", name] => {
                let pair = ((*from).to_owned(), (*to).to_owned());
                let Some(policies) = self.policies.get_mut(&pair) else { return false };
                let before = policies.len();
                policies.retain(|(other, _)| other != name);
                let gone = policies.len() < before;
                self.policies.retain(|_, policies| !policies.is_empty());
                gone
            }
            ["security", "policies", "from-zone", from, "to-zone", to, "policy", name, rest @ ..] => {
                let policies = self.policies.get_mut(&((*from).to_owned(), (*to).to_owned()));
                let policy = policies.and_then(|policies| policies.iter_mut().find(|(other, _)| other == name));
                policy.is_some_and(|(_, policy)| unset(policy, rest))
            }
            ["security", "address-book", "global", "address" | "address-set", _, "description"] => true,
            ["security", "nat", "static", "rule-set", set, "rule", name] => {
                self.translated.get_mut(*set).is_some_and(|rules| rules.remove(*name).is_some())
            }
            ["security", "address-book", "global", "address-set", name] => self.sets.remove(*name).is_some(),
            ["security", "address-book", "global", "address", name] => self.addresses.remove(*name).is_some(),
            ["applications", "application", name] => self.applications.remove(*name).is_some(),
            ["security", "nat", "static", "rule-set", set] => {
                self.zones.remove(*set);
                self.translated.remove(*set).is_some()
            }
            _ => panic!("not understood: delete {}", what.join(" ")),
        }
    }

    fn address(&self, name: &str) -> Ranges {
        match name {
            "any" | "any-ipv4" => Ranges::addresses(),
            name => match (self.addresses.get(name), self.sets.get(name)) {
                (Some(ranges), None) => ranges.clone(),
                (None, Some(members)) => self.addresses(members),
                _ => panic!("the commit fails: {name} is no address, or two"),
            },
        }
    }

    fn addresses(&self, names: &BTreeSet<String>) -> Ranges {
        names.iter().fold(Ranges::default(), |all, name| all.union(&self.address(name)))
    }

    /// What passes once it is committed, with the paths of zones; a name that leads nowhere makes the commit fail.
    pub fn reading(&self, sides: &BTreeMap<String, String>) -> Reading {
        let mut reading = Reading::default();
        self.sets.values().for_each(|members| drop(self.addresses(members)));
        for ((from, to), policies) in &self.policies {
            let mut rules = Vec::new();
            for (name, policy) in policies {
                let side = |names: &BTreeSet<String>, excluded: bool| {
                    assert!(!names.is_empty(), "{name} names no address");
                    let ranges = self.addresses(names);
                    if excluded { ranges.complement() } else { ranges }
                };
                let sources = side(&policy.sources, policy.sources_excluded);
                let destinations = side(&policy.destinations, policy.destinations_excluded);
                let permit = policy.permit.unwrap_or_else(|| panic!("{name} does nothing"));
                assert!(!policy.services.is_empty(), "{name} names no application");
                for service in &policy.services {
                    let products = match service.as_str() {
                        "any" => vec![Product::all()],
                        service => self.applications[service].values().cloned().collect(),
                    };
                    let ended = |product| Product { sources: sources.clone(), destinations: destinations.clone(), ..product };
                    rules.extend(products.into_iter().map(|product| (permit, ended(product))));
                }
            }
            let packets = decided(&rules);
            if !packets.is_empty() {
                reading.opens.insert((sides[from].clone(), sides[to].clone()), packets);
            }
        }
        reading.nats = self.translated.values().flat_map(BTreeMap::values).cloned().collect();
        reading
    }
}

fn application(terms: &mut BTreeMap<String, Product>, rest: &[&str], line: &str) {
    let (term, rest) = match rest {
        ["term", term, rest @ ..] => (*term, rest),
        rest => ("", rest),
    };
    for pair in rest.chunks(2) {
        let [word, value] = pair else { panic!("not understood: {line}") };
        let product = terms.entry(term.to_owned()).or_insert_with(Product::all);
        match *word {
            "protocol" => product.protocols = Ranges::one(protocol(value).into()),
            "source-port" => product.source_ports = ports(value),
            "destination-port" => product.destination_ports = ports(value),
            _ => panic!("not understood: {line}"),
        }
    }
}

/// Takes a setting away; whether it was there.
fn unset(policy: &mut Policy, rest: &[&str]) -> bool {
    match rest {
        ["description"] => true,
        ["match", "source-address", name] => policy.sources.remove(*name),
        ["match", "source-address-excluded"] => std::mem::take(&mut policy.sources_excluded),
        ["match", "destination-address", name] => policy.destinations.remove(*name),
        ["match", "destination-address-excluded"] => std::mem::take(&mut policy.destinations_excluded),
        ["match", "application", name] => policy.services.remove(*name),
        _ => panic!("not understood: {rest:?}"),
    }
}

fn setting(policy: &mut Policy, rest: &[&str], line: &str) {
    match rest {
        ["description", _] | ["then", "log", "session-init"] => {}
        ["match", "source-address", name] => drop(policy.sources.insert((*name).to_owned())),
        ["match", "source-address-excluded"] => policy.sources_excluded = true,
        ["match", "destination-address", name] => drop(policy.destinations.insert((*name).to_owned())),
        ["match", "destination-address-excluded"] => policy.destinations_excluded = true,
        ["match", "application", name] => drop(policy.services.insert((*name).to_owned())),
        ["then", "permit"] => policy.permit = Some(true),
        ["then", "deny"] => policy.permit = Some(false),
        _ => panic!("not understood: {line}"),
    }
}
