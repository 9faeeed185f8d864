//! Hosts files of the perimeter, read by the resolver of the C library as its own: every name leads where the zone inside leads.

use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::path::Path;

use ocstopo::model::Zone;
use ocstopo::product::GroupKind;

use crate::support::zone::{Record, records};
use crate::support::{Example, need_root, succeed, text};

/// Names with their addresses, as `getent` prints them in a namespace where the file is the machine's hosts file.
fn read_back(file: &Path) -> BTreeMap<String, Ipv4Addr> {
    need_root();
    let script = "mount --bind \"$0\" /etc/hosts && getent -s files hosts";
    let said = succeed("unshare", &["-m", "sh", "-c", script, text(file)]);
    let entry = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [address, name] = words.as_slice() else { panic!("{line}") };
        ((*name).to_owned(), address.parse().expect("an address"))
    };
    said.lines().map(entry).collect()
}

#[test]
fn every_name_has_the_address_of_the_internal_zone() {
    for example in Example::all().iter().filter(|example| example.has_outside()) {
        let records = records(example);
        let files = example.ending(".hosts");
        for path in files {
            let entries = read_back(&example.path(path));
            assert!(!entries.is_empty(), "{path} is empty");
            let lines = example.text(path).lines().filter(|line| !line.starts_with('#') && !line.is_empty()).count();
            assert_eq!(entries.len(), lines, "{path}");
            for (name, address) in entries {
                let inside = |r: &&Record| r.view == "internal" && r.name == name && r.kind == "A";
                let zone: Vec<_> = records.iter().filter(inside).filter_map(Record::address).collect();
                assert_eq!(zone, [address], "{path}: {name}");
            }
        }
    }
}

#[test]
fn every_inside_destination_of_the_perimeter_has_a_name() {
    for example in Example::all().iter().filter(|example| example.has_outside()) {
        let topology = example.topology();
        let mut opened: BTreeMap<&str, BTreeSet<Ipv4Addr>> = BTreeMap::new();
        for flow in example.compiled.plans().into_iter().flat_map(|plans| &plans.flows.flows) {
            for from in flow.from.iter().filter_map(|peer| peer.server.zip(peer.group)) {
                let kind = topology.group(from.1).kind;
                if matches!(kind, GroupKind::EdgeArray | GroupKind::ReverseProxy) {
                    let inside = flow.to.iter().filter(|to| topology.network(to.network).zone == Zone::Internal);
                    opened.entry(&topology.server(from.0).path).or_default().extend(inside.map(|to| to.net.addr()));
                }
            }
        }
        assert!(opened.values().any(|addresses| !addresses.is_empty()), "{}", example.name);
        for (server, addresses) in opened {
            let path = format!("dns/perimeter/{}.hosts", server.replace('.', "-"));
            let known: BTreeSet<Ipv4Addr> = match addresses.is_empty() {
                true => continue,
                false => read_back(&example.path(&path)).into_values().collect(),
            };
            assert!(addresses.is_subset(&known), "{path}: {addresses:?} and {known:?}");
        }
    }
}
