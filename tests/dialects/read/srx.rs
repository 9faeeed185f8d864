//! Junos set commands of an SRX.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, Ranges};

use super::words::words;
use super::{Reading, decided, network, ports, protocol, sides};

#[derive(Default)]
struct Policy {
    sources: Option<Ranges>,
    sources_excluded: bool,
    destinations: Option<Ranges>,
    destinations_excluded: bool,
    services: Vec<Product>,
    permit: Option<bool>,
}

pub fn read(text: &str) -> Reading {
    let sides = sides(text, "zone");
    let mut reading = Reading::default();
    let mut addresses: BTreeMap<String, Ranges> = BTreeMap::new();
    let mut applications: BTreeMap<String, BTreeMap<String, Product>> = BTreeMap::new();
    let mut policies: BTreeMap<(String, String), Vec<(String, Policy)>> = BTreeMap::new();
    let mut translated: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut denied = false;
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["set", "security", "address-book", "global", "address" | "address-set", _, "description", _] => {}
            ["set", "security", "address-book", "global", "address", name, net] => {
                assert!(addresses.insert((*name).to_owned(), network(net)).is_none(), "twice: {line}");
            }
            ["set", "security", "address-book", "global", "address-set", name, "address" | "address-set", member] => {
                let more = addresses[*member].clone();
                let all = addresses.entry((*name).to_owned()).or_default();
                *all = all.union(&more);
            }
            ["set", "applications", "application", name, rest @ ..] => {
                let (term, rest) = match rest {
                    ["term", term, rest @ ..] => (*term, rest),
                    rest => ("", rest),
                };
                let terms = applications.entry((*name).to_owned()).or_default();
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
            ["set", "security", "policies", "default-policy", "deny-all"] => denied = true,
            ["set", "security", "policies", "from-zone", from, "to-zone", to, "policy", name, rest @ ..] => {
                let policies = policies.entry((sides[*from].clone(), sides[*to].clone())).or_default();
                if policies.last().is_none_or(|(last, _)| last != name) {
                    assert!(policies.iter().all(|(other, _)| other != name), "twice: {line}");
                    policies.push(((*name).to_owned(), Policy::default()));
                }
                let policy = &mut policies.last_mut().expect("it was just made").1;
                let address = |name: &str| match name {
                    "any" | "any-ipv4" => Ranges::addresses(),
                    _ => addresses.get(name).unwrap_or_else(|| panic!("no address: {line}")).clone(),
                };
                match rest {
                    ["description", _] | ["then", "log", "session-init"] => {}
                    ["match", "source-address", name] => policy.sources = Some(address(name)),
                    ["match", "source-address-excluded"] => policy.sources_excluded = true,
                    ["match", "destination-address", name] => policy.destinations = Some(address(name)),
                    ["match", "destination-address-excluded"] => policy.destinations_excluded = true,
                    ["match", "application", "any"] => policy.services.push(Product::all()),
                    ["match", "application", name] => policy.services.extend(applications[*name].values().cloned()),
                    ["then", "permit"] => policy.permit = Some(true),
                    ["then", "deny"] => policy.permit = Some(false),
                    _ => panic!("not understood: {line}"),
                }
            }
            ["set", "security", "nat", "static", "rule-set", _, "from", "zone", zone] => assert!(sides.contains_key(*zone)),
            ["set", "security", "nat", "static", "rule-set", _, "rule", name, rest @ ..] => {
                let nat = translated.entry((*name).to_owned()).or_default();
                match rest {
                    ["match", "destination-address", public] => nat.0 = public.trim_end_matches("/32").to_owned(),
                    ["then", "static-nat", "prefix", inside] => nat.1 = inside.trim_end_matches("/32").to_owned(),
                    _ => panic!("not understood: {line}"),
                }
            }
            _ => panic!("not understood: {line}"),
        }
    }
    assert!(denied, "it does not say that it denies the rest");
    for (zones, policies) in policies {
        let mut rules = Vec::new();
        for (name, policy) in policies {
            let side = |ranges: Option<Ranges>, excluded: bool| {
                let ranges = ranges.unwrap_or_else(|| panic!("{name} names no address"));
                if excluded { ranges.complement() } else { ranges }
            };
            let sources = side(policy.sources, policy.sources_excluded);
            let destinations = side(policy.destinations, policy.destinations_excluded);
            assert!(!policy.services.is_empty(), "{name} names no application");
            let permit = policy.permit.unwrap_or_else(|| panic!("{name} does nothing"));
            rules.extend(
                policy
                    .services
                    .into_iter()
                    .map(|service| (permit, Product { sources: sources.clone(), destinations: destinations.clone(), ..service })),
            );
        }
        let packets = decided(&rules);
        if !packets.is_empty() {
            reading.opens.insert(zones, packets);
        }
    }
    reading.nats = translated.into_values().collect();
    reading
}
