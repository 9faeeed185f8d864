//! Two versions of a small deployment that differ in some edits.

use proptest::prelude::*;

use super::*;
use crate::compile::{CompileOptions, Compiled, compile, runbook};
use crate::packet::{Packets, Product, Ranges};
use crate::plan::firewall::{MatchedAddress, protocol};
use crate::text::SourceMap;

const BASE: &str = include_str!("../../lint/bases/edge.ocstopo");

/// Texts of the base, and what is written in their place.
const EDITS: [(&str, &str); 14] = [
    ("131.107.155.10\n", "131.107.155.20\n"),
    ("    anonymous_meetings = true\n", "    anonymous_meetings = false\n"),
    ("    remote_users       = true\n", "    remote_users       = true\n    federation         = discovered\n"),
    ("10.10.64.0/20", "10.10.80.0/20"),
    ("director dir01", "director dir07"),
    ("10.10.0.11", "10.10.0.12"),
    ("edge_outside]  dialect = nftables", "edge_outside]  dialect = cisco_asa"),
    ("\"ocsweb.contoso.com\"", "\"web.contoso.com\""),
    ("[\"contoso.com\"]", "[\"contoso.com\", \"contoso.net\"]"),
    ("ocs_2007\n", "ocs_2007_r2\n"),
    ("server edge01 {", "server edge99 {"),
    ("network clients {", "network more { zone = internal  range = 10.20.0.0/16  clients = true }\n  network clients {"),
    ("    automatic_sign_in = true\n", ""),
    ("  reverse_proxy rp {", "  domain_controller dc02 { address = 10.10.0.6 }\n\n  reverse_proxy rp {"),
];

/// The base with the edits of a mask.
fn edited(mask: u16) -> String {
    let mut text = BASE.to_owned();
    for (at, (from, to)) in EDITS.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0) {
        assert!(text.contains(from), "edit {at}: {from}");
        text = text.replace(from, to);
        // What refers to a renamed Director goes with it.
        text = if *from == "director dir01" { text.replace("next_hop = dir01", "next_hop = dir07") } else { text };
    }
    text
}

fn compiled(text: &str) -> Compiled {
    compile(SourceMap::new(vec![("a.ocstopo".to_owned(), text.to_owned())]), &CompileOptions::default())
}

fn compared(old: &Compiled, new: &Compiled) -> Diff {
    let runbooks = [old, new].map(|compiled| runbook(compiled.plans().expect("a topology"), &[]));
    let version = |compiled, at: usize| {
        let compiled: &Compiled = compiled;
        Version {
            name: ["old", "new"][at],
            plans: compiled.plans().expect("a topology"),
            findings: &compiled.diags,
            whole: compiled.linted,
            runbook: &runbooks[at],
        }
    };
    // The borrow of each version ends with the comparison.
    let (before, after) = (version(old, 0), version(new, 1));
    diff(before, after, None)
}

fn between(old: &str, new: &str) -> Diff {
    compared(&compiled(old), &compiled(new))
}

fn packets(changes: &[PacketChange]) -> Packets {
    let numbers = |texts: &[String]| -> Ranges {
        let range = |text: &String| {
            let (first, last) = text.split_once('-').unwrap_or((text, text));
            (first.parse().expect("a port"), last.parse().expect("a port"))
        };
        Ranges::new(texts.iter().map(range))
    };
    let product = |change: &PacketChange, block: &PacketBlock| Product {
        sources: block.sources.iter().copied().collect(),
        source_ports: block.source_ports.as_deref().map_or_else(Ranges::ports, numbers),
        destinations: block.destinations.iter().copied().collect(),
        destination_ports: numbers(&block.ports),
        ..Product::of(protocol(change.transport))
    };
    let products: Vec<Product> =
        changes.iter().flat_map(|change| change.packets.iter().map(|block| product(change, block))).collect();
    Packets::of(&products)
}

/// The packets of a firewall; none for one that is not there.
fn of_plan(compiled: &Compiled, path: &str) -> Packets {
    let firewalls = compiled.plans().expect("a topology").firewalls();
    firewalls.iter().find(|plan| plan.path == path).map_or_else(Packets::none, |plan| plan.packets(MatchedAddress::Real))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_passes_and_is_stopped_is_exactly_the_difference(a in 0u16..1 << EDITS.len(), b in 0u16..1 << EDITS.len()) {
        let (old, new) = (compiled(&edited(a)), compiled(&edited(b)));
        let (there, back) = (compared(&old, &new), compared(&new, &old));
        for plan in new.plans().expect("a topology").firewalls() {
            let (before, after) = (of_plan(&old, &plan.path), of_plan(&new, &plan.path));
            let change = there.firewalls.iter().find(|change| change.firewall == plan.path);
            let (allowed, blocked) = change.map_or_else(Default::default, |change| (&change.allowed[..], &change.blocked[..]));
            prop_assert_eq!(packets(allowed), after.difference(&before));
            prop_assert_eq!(packets(blocked), before.difference(&after));
        }
        prop_assert_eq!(there.is_empty(), a == b);
        let swapped = |state| match state {
            State::Added => State::Removed,
            State::Removed => State::Added,
            State::Changed => State::Changed,
        };
        let records = |diff: &Diff, turned: bool| -> Vec<_> {
            let turn = |r: &RecordChange| match turned {
                true => (r.name.clone(), r.kind, r.view, swapped(r.state), r.new.clone(), r.old.clone()),
                false => (r.name.clone(), r.kind, r.view, r.state, r.old.clone(), r.new.clone()),
            };
            diff.records.iter().map(turn).collect()
        };
        prop_assert_eq!(records(&there, false), records(&back, true));
        let of = |diff: &Diff, work| diff.certificates.iter().filter(|change| change.work == work).count();
        prop_assert_eq!(of(&there, CertificateWork::Request), of(&back, CertificateWork::Retire));
        prop_assert_eq!(of(&there, CertificateWork::Reissue), of(&back, CertificateWork::Reissue));
        prop_assert_eq!(&there.findings.new.len(), &back.findings.gone.len());
    }
}

#[test]
fn comments_layout_and_order_are_no_difference() {
    let (organization, site) = BASE.split_once("\nsite hq").expect("two blocks");
    let shuffled =
        format!("# another comment\nsite hq{site}\n\n{organization}\n").replace("  users  = 900", "  users = 900   # all");
    let found = between(BASE, &shuffled);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_renamed_server_is_the_same_server_by_its_address() {
    let found = between(BASE, &edited(1 << 4));
    let moved: Vec<_> =
        found.moved.list.iter().map(|moved| (moved.old.as_str(), moved.new.as_str(), moved.evidence.as_str())).collect();
    assert_eq!(moved, [("hq.dir01", "hq.dir07", "the same addresses 10.10.0.21")]);
    // Its name is another, and so are its record and its certificate; no packet is.
    assert!(found.firewalls.iter().all(|change| change.allowed.is_empty() && change.blocked.is_empty()));
    assert!(found.records.iter().any(|record| record.name == "dir07.corp.contoso.com" && record.state == State::Added));
    assert!(found.certificates.iter().all(|change| change.work == CertificateWork::Reissue), "{:#?}", found.certificates);
}

/// Who speaks through a new firewall may be changed too; that is not why the firewall lets anything pass.
#[test]
fn a_firewall_that_came_or_went_is_the_cause_of_its_rules() {
    let new = BASE
        .replace(
            "[edge_inside, servers, clients]  dialect = nftables }",
            "[edge_inside, servers]  dialect = nftables }\n  firewall lan { joins = [servers, clients]  dialect = nftables }",
        )
        .replace("    users             = 900\n", "    users             = 890\n");
    let of_lan = |found: &Diff| -> Vec<(String, State)> {
        let change = found.firewalls.iter().find(|change| change.firewall == "hq.lan").expect("the firewall differs");
        let mut causes: Vec<_> = change.allowed.iter().chain(&change.blocked).flat_map(|change| &change.causes).collect();
        causes.dedup();
        causes.iter().map(|cause| (cause.path.clone(), cause.state)).collect()
    };
    assert_eq!(of_lan(&between(BASE, &new)), [("hq.lan".to_owned(), State::Added)]);
    assert_eq!(of_lan(&between(&new, BASE)), [("hq.lan".to_owned(), State::Removed)]);
}

#[test]
fn a_moved_address_says_how_long_the_old_answer_is_kept() {
    let found = between(BASE, &edited(1));
    let record = found.records.iter().find(|record| record.name == "sip.contoso.com" && record.kind == "A").expect("a record");
    assert_eq!((record.state, record.kept), (State::Changed, Some(3600)));
    assert_eq!((&record.old[..], &record.new[..]), (&["131.107.155.10".to_owned()][..], &["131.107.155.20".to_owned()][..]));
    let causes: Vec<_> = record.causes.iter().map(|cause| (cause.path.as_str(), cause.attribute)).collect();
    assert_eq!(causes, [("hq.edge.edge01", Some("access_edge"))]);
}

#[test]
fn a_waiver_that_holds_longer_is_prolonged() {
    let with = |until: &str| format!("{BASE}\nwaive OCS0512 {{ reason = \"later\"  until = {until} }}\n");
    let found = between(&with("2026-12-31"), &with("2027-06-30"));
    let waivers: Vec<_> = found.waivers.iter().map(|waiver| (waiver.state, waiver.new_until.as_deref())).collect();
    assert_eq!(waivers, [(WaiverState::Prolonged, Some("2027-06-30"))]);
    let gone = between(&with("2026-12-31"), BASE);
    assert_eq!(gone.waivers.iter().map(|waiver| waiver.state).collect::<Vec<_>>(), [WaiverState::Removed]);
    assert!(!gone.is_empty());
}

#[test]
fn an_assertion_that_holds_no_more_is_said_so() {
    let with = |text: &str| format!("{text}\nassert {{\n  allow hq.clients -> hq.se01 on tcp/5061\n}}\n");
    let moved = with(&edited(1 << 3).replace("clients = true", "clients = false"));
    let found = between(&with(BASE), &moved);
    assert_eq!(found.assertions.len(), 1, "{:#?}", found.assertions);
    assert_eq!((found.assertions[0].held, found.assertions[0].holds), (Some(true), Some(false)));
}

#[test]
fn records_that_go_in_bulk_are_noticed() {
    let with = |domains: &[String]| BASE.replace("[\"contoso.com\"]", &format!("{domains:?}"));
    let domains: Vec<String> = (0..12).map(|at| format!("d{at}.contoso.com")).collect();
    let found = between(&with(&domains), &with(&domains[..4]));
    let mass: Vec<_> = found.mass.iter().map(|mass| (mass.what, mass.of.as_str())).collect();
    assert!(mass.contains(&("records", "external")), "{mass:?}");
    // A few of many are no mistake, and neither are a few.
    assert!(between(&with(&domains), &with(&domains[..10])).mass.is_empty());
    assert!(between(&with(&domains[..3]), &with(&domains[..1])).mass.is_empty());
}
