//! The state between two versions permits what either permits, and nothing else.

use proptest::prelude::*;
use std::collections::BTreeSet;

use super::*;
use crate::catalog::Confidence;
use crate::packet::{Packets, Ranges};

fn net(text: &str) -> Ipv4Net {
    text.parse().or_else(|_| text.parse::<Ipv4Addr>().map(Ipv4Net::from)).expect("an address or a network")
}

fn party(address: &str) -> Party {
    Party { path: format!("hq.s{address}"), net: net(address), public: None }
}

fn rule(id: &str, way: (&str, &str), sources: &[&str], destinations: &[&str], ports: &str) -> FirewallRule {
    let parties = |addresses: &[&str]| addresses.iter().map(|address| party(address)).collect();
    FirewallRule {
        id: id.to_owned(),
        flow: id.to_owned(),
        sources: parties(sources),
        source_ports: None,
        destinations: parties(destinations),
        destination_ports: ports.split(' ').map(|port| port.parse().expect("a port")).collect(),
        transport: Transport::Tcp,
        application: "SIP".to_owned(),
        reason: Reason {
            features: Vec::new(),
            declared: Vec::new(),
            switches: Vec::new(),
            row: "P01".to_owned(),
            step: 6,
            source: Vec::new(),
            confidence: Confidence::High,
            purpose: "signs in".to_owned(),
        },
        breaks: "sign-in".to_owned(),
        from_network: way.0.to_owned(),
        to_network: way.1.to_owned(),
    }
}

const IN: (&str, &str) = ("internet", "hq.dmz");
const OUT: (&str, &str) = ("hq.dmz", "internet");
const DEEPER: (&str, &str) = ("hq.dmz", "hq.servers");
const ANY: &str = "0.0.0.0/0";

fn plan(inside: &[&str], rules: Vec<FirewallRule>, nats: &[(&str, &str, &str)]) -> FirewallPlan {
    let declared = SourceRef { path: "hq.outer".to_owned(), place: None, shown: false };
    let joined = |path: &str, range: &str, zone| JoinedNetwork { path: path.to_owned(), range: net(range), zone };
    FirewallPlan {
        name: "outer".to_owned(),
        path: "hq.outer".to_owned(),
        site: "hq".to_owned(),
        label: "hq-outer".to_owned(),
        dialect: "nftables",
        networks: vec![
            joined("internet", ANY, Zone::Internet),
            joined("hq.dmz", "172.16.0.0/24", Zone::Perimeter),
            joined("hq.servers", "10.0.0.0/24", Zone::Internal),
        ],
        inside: inside.iter().map(|range| net(range)).collect(),
        rules,
        nats: nats
            .iter()
            .map(|(name, public, inside)| Nat {
                name: (*name).to_owned(),
                public: public.parse().expect("an address"),
                inside: inside.parse().expect("an address"),
                declared: declared.clone(),
            })
            .collect(),
        declared,
    }
}

fn ids(plan: &FirewallPlan) -> String {
    plan.rules.iter().map(|rule| rule.id.as_str()).collect::<Vec<_>>().join(" ")
}

/// What is permitted in between is what either version permits, by real addresses, as packets arrive, and as they are answered; the
/// flags say whether either permits less.
fn exact(old: &FirewallPlan, new: &FirewallPlan, ways: bool) -> Result<Between, TestCaseError> {
    let found = between(old, new, ways);
    let of = |plan: &FirewallPlan| -> Vec<((String, String), [Packets; 3])> {
        let mut keys: Vec<(String, String)> = match ways {
            true => [IN, OUT, DEEPER].iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect(),
            false => vec![Default::default()],
        };
        keys.drain(..)
            .map(|key| {
                let here = |rule: &&FirewallRule| !ways || (rule.from_network == key.0 && rule.to_network == key.1);
                let products = |form: &dyn Fn(&FirewallRule) -> crate::packet::Product| {
                    Packets::of(plan.rules.iter().filter(here).map(form).collect::<Vec<_>>().iter())
                };
                let all = [
                    products(&|rule| plan.opening(rule, MatchedAddress::Real)),
                    products(&|rule| plan.opening(rule, MatchedAddress::Mapped)),
                    products(&|rule| plan.answering(rule, MatchedAddress::Mapped)),
                ];
                (key, all)
            })
            .collect()
    };
    let (before, both, after) = (of(old), of(&found.both), of(new));
    for ((a, b), c) in before.iter().zip(&both).zip(&after) {
        for at in 0..3 {
            prop_assert_eq!(a.1[at].union(&c.1[at]), b.1[at].clone());
        }
    }
    let translated = |plan: &FirewallPlan| plan.nats.iter().map(|nat| (nat.public, nat.inside)).collect::<BTreeSet<_>>();
    let internet = |plan: &FirewallPlan| -> Option<Ranges> { (!plan.nats.is_empty()).then(|| plan.internet()) };
    if internet(old).is_none() && internet(new).is_none() {
        prop_assert_eq!(found.opens, before != both || translated(old) != translated(&found.both));
        prop_assert_eq!(found.closes, after != both || translated(new) != translated(&found.both));
    }
    let given: BTreeSet<&str> = found.both.rules.iter().map(|rule| rule.id.as_str()).collect();
    prop_assert_eq!(given.len(), found.both.rules.len(), "every rule has an id of its own");
    Ok(found)
}

fn shown(old: &FirewallPlan, new: &FirewallPlan) -> String {
    let found = exact(old, new, true).unwrap_or_else(|problem| panic!("{problem}"));
    format!("{} opens {} closes {}", ids(&found.both), found.opens, found.closes)
}

#[test]
fn a_wider_rule_takes_the_place_of_the_earlier_and_a_narrower_one_waits() {
    let one = || plan(&[], vec![rule("P01", IN, &["192.0.2.1"], &["172.16.0.1"], "443")], &[]);
    let two = || plan(&[], vec![rule("P01", IN, &["192.0.2.1"], &["172.16.0.1", "172.16.0.2"], "443")], &[]);
    let other = || plan(&[], vec![rule("P01", IN, &["192.0.2.1"], &["172.16.0.3"], "443")], &[]);
    insta::assert_snapshot!(shown(&one(), &two()), @"P01 opens true closes false");
    insta::assert_snapshot!(shown(&two(), &one()), @"P01 opens false closes true");
    insta::assert_snapshot!(shown(&one(), &other()), @"P01 P01~old opens true closes true");
    insta::assert_snapshot!(shown(&one(), &one()), @"P01 opens false closes false");
    let wide = between(&two(), &one(), true).both;
    assert_eq!(wide.rules[0].destinations.len(), 2);
}

/// The same packets under other names, and in other portions.
#[test]
fn what_is_only_called_otherwise_changes_nothing() {
    let whole = plan(&[], vec![rule("P01", IN, &["192.0.2.1"], &["172.16.0.1", "172.16.0.2"], "443")], &[]);
    let parts = ["172.16.0.1", "172.16.0.2"].map(|to| rule(&format!("P01/{to}"), IN, &["192.0.2.1"], &[to], "443"));
    let parts = plan(&[], parts.to_vec(), &[]);
    insta::assert_snapshot!(shown(&whole, &parts), @"P01/172.16.0.1 P01/172.16.0.2 opens false closes false");
    let mut moved = whole.clone();
    "hq.perimeter".clone_into(&mut moved.rules[0].to_network);
    assert!(between(&whole, &moved, true).opens && !between(&whole, &moved, false).opens);
}

/// Sources of one version never reach destinations of the other.
#[test]
fn crossings_that_neither_has_are_not_opened() {
    let old = plan(&[], vec![rule("P01", DEEPER, &["172.16.0.1"], &["10.0.0.1"], "5061")], &[]);
    let new = plan(&[], vec![rule("P01", DEEPER, &["172.16.0.2"], &["10.0.0.2"], "5061")], &[]);
    let both = exact(&old, &new, true).expect("exact").both;
    assert_eq!((both.rules[0].sources.len(), both.rules[1].sources.len()), (1, 1));
}

/// A branch that is declared was the internet before: until the change is done it may come as before, and nothing else may.
#[test]
fn a_network_that_comes_inside_has_a_rule_of_its_own_in_between() {
    let rules = || vec![rule("P01", IN, &[ANY], &["172.16.0.1"], "443"), rule("P02", OUT, &["172.16.0.1"], &[ANY], "443")];
    let (old, new) = (plan(&["172.16.0.0/24"], rules(), &[]), plan(&["10.9.0.0/16", "172.16.0.0/24"], rules(), &[]));
    insta::assert_snapshot!(shown(&old, &new), @"P01 P02 P01~old1 P02~old1 opens false closes true");
    insta::assert_snapshot!(shown(&new, &old), @"P01 P01~new1 P02 P02~new1 opens true closes false");
    let both = between(&old, &new, true).both;
    assert_eq!(both.inside, new.inside);
    assert_eq!(both.rules[2].sources[0].net, net("10.9.0.0/16"));
}

#[test]
fn a_translation_goes_on_until_the_one_in_its_place_can_be_made() {
    let old = plan(&[], Vec::new(), &[("av", "192.0.2.1", "172.16.0.1"), ("gone", "192.0.2.9", "172.16.0.9")]);
    let new = plan(&[], Vec::new(), &[("av", "192.0.2.1", "172.16.0.2"), ("gone", "192.0.2.8", "172.16.0.8")]);
    let found = exact(&old, &new, true).expect("exact");
    let shown: Vec<String> = found.both.nats.iter().map(|nat| format!("{} {} {}", nat.name, nat.public, nat.inside)).collect();
    insta::assert_snapshot!(shown.join("; "), @"av 192.0.2.1 172.16.0.1; gone 192.0.2.9 172.16.0.9; gone~new 192.0.2.8 172.16.0.8");
    assert!(found.opens && found.closes);
}

#[test]
fn a_network_inside_changes_whom_a_translation_is_for() {
    let nats: &[(&str, &str, &str)] = &[("av", "192.0.2.1", "172.16.0.1")];
    let (old, new) = (plan(&["10.0.0.0/24"], Vec::new(), nats), plan(&["10.0.0.0/24", "10.9.0.0/16"], Vec::new(), nats));
    let found = between(&old, &new, true);
    assert!(found.opens && !found.closes && found.both.inside == new.inside);
}

fn any_rule(at: usize) -> impl Strategy<Value = FirewallRule> {
    let hosts = |base: &'static str| {
        proptest::collection::btree_set(1u8..5, 1..4)
            .prop_map(move |hosts| hosts.into_iter().map(|host| format!("{base}.{host}")).collect::<Vec<_>>())
    };
    let end = move |open: bool, base: &'static str| match open {
        true => Just(vec![ANY.to_owned()]).boxed(),
        false => hosts(base).boxed(),
    };
    (0usize..3, any::<bool>(), proptest::sample::select(vec!["443", "443 5061", "5061", "440-450"])).prop_flat_map(
        move |(way, open, ports)| {
            let (way, from, to) = [
                (IN, end(open, "192.0.2"), end(false, "172.16.0")),
                (OUT, end(false, "172.16.0"), end(open, "192.0.2")),
                (DEEPER, end(open, "172.16.0"), end(open, "10.0.0")),
            ]
            .into_iter()
            .nth(way)
            .expect("a way");
            (from, to).prop_map(move |(from, to)| {
                let texts = |all: &[String]| all.iter().map(String::as_str).collect::<Vec<_>>().join(" ");
                let (from, to) = (texts(&from), texts(&to));
                rule(&format!("P{at:02}"), way, &from.split(' ').collect::<Vec<_>>(), &to.split(' ').collect::<Vec<_>>(), ports)
            })
        },
    )
}

fn any_version() -> impl Strategy<Value = FirewallPlan> {
    let rules = (0..4usize).map(|at| proptest::option::of(any_rule(at)));
    let inside = proptest::sample::subsequence(vec!["10.0.0.0/24", "10.9.0.0/16", "172.16.0.0/24", "192.0.2.0/30"], 1..=4);
    (inside, rules.collect::<Vec<_>>()).prop_map(|(inside, rules)| plan(&inside, rules.into_iter().flatten().collect(), &[]))
}

proptest! {
    #[test]
    fn what_is_in_between_is_exactly_both(old in any_version(), new in any_version(), ways: bool) {
        exact(&old, &new, ways)?;
    }

    #[test]
    fn a_version_differs_from_itself_in_nothing(version in any_version()) {
        let found = exact(&version, &version, true)?;
        prop_assert!(!found.opens && !found.closes && found.both == version);
    }
}
