//! Cisco IOS: extended access lists of a router that keeps no connections.

use std::collections::BTreeMap;

use ocstopo::packet::{Product, TCP};

use super::cisco::{Groups, Line};
use super::{ANY, Reading, between, decided, masked, network};

#[derive(Default)]
struct List {
    opens: Vec<(bool, Product)>,
    established: Vec<(bool, Product)>,
    ended: bool,
    fragments_denied: bool,
}

pub fn read(text: &str) -> Reading {
    let mut groups = Groups::default();
    let mut lists: BTreeMap<&str, List> = BTreeMap::new();
    let mut bound: BTreeMap<&str, &str> = BTreeMap::new();
    let mut open = ("", "");
    for line in text.lines().filter(|line| !line.is_empty()) {
        if let Some(comment) = line.strip_prefix('!') {
            // Interfaces are no part of a topology: the comment says which list is for which network.
            if let Some((path, command)) =
                comment.strip_prefix(" On the interface of ").and_then(|rest| rest.split_once(": ip access-group "))
            {
                bound.insert(command.strip_suffix(" in").expect("inwards"), path);
            }
            continue;
        }
        let mut words = Line::new(line);
        if let Some(inner) = line.strip_prefix(' ') {
            match open.0 {
                "group" => {
                    let mut words = Line::new(inner);
                    let more = match words.next() {
                        "description" => continue,
                        "host" => network(words.next()),
                        "range" => between(words.next(), words.next()),
                        address => masked(address, words.next()),
                    };
                    assert!(words.words.is_empty(), "{line}");
                    let all = groups.networks.entry(open.1.to_owned()).or_default();
                    *all = all.union(&more);
                }
                "list" if inner.starts_with("remark ") => {}
                "list" => {
                    let list = lists.entry(open.1).or_default();
                    let (permit, product, rest) = Line::new(inner).rule(&groups, netmask);
                    assert!(!list.ended, "after the end: {line}");
                    match (permit, rest.as_slice()) {
                        (false, ["fragments"]) => {
                            assert!(product == Product::all() && list.opens.is_empty() && list.established.is_empty());
                            list.fragments_denied = true;
                        }
                        (false, ["log"]) => list.ended = product == Product::all(),
                        (true, []) => list.opens.push((true, product)),
                        (true, ["established"]) => {
                            assert_eq!(product.protocols, Product::of(TCP).protocols, "{line}");
                            list.established.push((true, product));
                        }
                        _ => panic!("not understood: {line}"),
                    }
                }
                _ => panic!("not understood: {line}"),
            }
            continue;
        }
        open = match (words.next(), words.next(), words.next()) {
            ("object-group", "network", name) => ("group", name),
            ("ip", "access-list", "extended") => ("list", words.next()),
            _ => panic!("not understood: {line}"),
        };
        if open.0 == "list" {
            assert!(lists.insert(open.1, List::default()).is_none(), "twice: {line}");
        }
    }
    let mut reading = Reading::default();
    for (name, list) in lists {
        assert!(list.ended && list.fragments_denied, "{name} does not say that it denies the rest, and fragments first");
        let key = (bound[name].to_owned(), ANY.to_owned());
        // A packet with ACK or RST passes by a line without `established` as well, so the two are told apart by what they say.
        for (rules, into) in [(list.opens, &mut reading.opens), (list.established, &mut reading.established)] {
            if !rules.is_empty() {
                into.insert(key.clone(), decided(&rules));
            }
        }
    }
    reading
}

/// The mask of a wildcard.
fn netmask(wildcard: &str) -> String {
    let wildcard: std::net::Ipv4Addr = wildcard.parse().unwrap_or_else(|_| panic!("no wildcard: {wildcard}"));
    std::net::Ipv4Addr::from_bits(!wildcard.to_bits()).to_string()
}
