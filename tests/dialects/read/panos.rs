//! PAN-OS set commands.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, Ranges};

use super::words::words;
use super::{Reading, decided, network, ports, protocol, sides};

pub fn read(text: &str) -> Reading {
    let sides = sides(text, "zone");
    let mut addresses: BTreeMap<String, Ranges> = BTreeMap::new();
    let mut services: BTreeMap<String, Product> = BTreeMap::new();
    // In the order in which they are written: rules are compared in it.
    let mut rules: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let words = words(line);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["set", "address" | "address-group", _, "description", _] => {}
            ["set", "address", name, "ip-netmask", net] => {
                assert!(addresses.insert((*name).to_owned(), network(net)).is_none(), "twice: {line}");
            }
            ["set", "address-group", name, "static", member] => {
                let more = addresses[*member].clone();
                let all = addresses.entry((*name).to_owned()).or_default();
                *all = all.union(&more);
            }
            ["set", "service", name, "protocol", word, which, list] => {
                let listed = list.split(',').map(ports).fold(Ranges::default(), |all, more| all.union(&more));
                let service = services.entry((*name).to_owned()).or_insert_with(|| Product::of(protocol(word)));
                match *which {
                    "port" => service.destination_ports = listed,
                    "source-port" => service.source_ports = listed,
                    _ => panic!("not understood: {line}"),
                }
            }
            ["set", "rulebase", "security", "rules", name, word, value] => {
                if rules.last().is_none_or(|(last, _)| last != name) {
                    assert!(rules.iter().all(|(other, _)| other != name), "twice: {line}");
                    rules.push(((*name).to_owned(), BTreeMap::new()));
                }
                let rule = &mut rules.last_mut().expect("it was just made").1;
                assert!(rule.insert((*word).to_owned(), (*value).to_owned()).is_none(), "twice: {line}");
            }
            _ => panic!("not understood: {line}"),
        }
    }
    let mut decisions: BTreeMap<(String, String), Vec<(bool, Product)>> = BTreeMap::new();
    let pairs: Vec<(String, String)> =
        sides.values().flat_map(|from| sides.values().map(move |to| (from.clone(), to.clone()))).collect();
    for (name, rule) in &rules {
        for word in rule.keys() {
            let known = [
                "from",
                "to",
                "source",
                "destination",
                "negate-source",
                "negate-destination",
                "application",
                "service",
                "action",
                "description",
                "log-start",
            ];
            assert!(known.contains(&word.as_str()), "{name}: {word}");
        }
        let side = |word: &str| {
            let ranges = match rule[word].as_str() {
                "any" => Ranges::addresses(),
                "0.0.0.0/0" => network("0.0.0.0/0"),
                name => addresses[name].clone(),
            };
            match rule.get(&format!("negate-{word}")).map(String::as_str) {
                None => ranges,
                Some("yes") => ranges.complement(),
                Some(other) => panic!("{name}: {other}"),
            }
        };
        assert_eq!(rule["application"], "any", "{name}");
        let service = match rule["service"].as_str() {
            "any" => Product::all(),
            service => services[service].clone(),
        };
        let permit = match rule["action"].as_str() {
            "allow" => true,
            "deny" => false,
            other => panic!("{name}: {other}"),
        };
        let product = Product { sources: side("source"), destinations: side("destination"), ..service };
        let zone = |word: &str, path: &String| rule[word] == "any" || sides[&rule[word]] == *path;
        for pair in pairs.iter().filter(|(from, to)| zone("from", from) && zone("to", to)) {
            decisions.entry(pair.clone()).or_default().push((permit, product.clone()));
        }
    }
    let last = &rules.last().expect("rules").1;
    assert!(
        last["action"] == "deny" && ["from", "to", "source", "destination", "service"].iter().all(|word| last[*word] == "any")
    );
    let decided = decisions.into_iter().map(|(zones, rules)| (zones, decided(&rules)));
    Reading { opens: decided.filter(|(_, packets)| !packets.is_empty()).collect(), ..Reading::default() }
}
