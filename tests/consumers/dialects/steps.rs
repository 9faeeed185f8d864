//! Files of a change on a device that runs the earlier version: after the first step exactly the packets of both versions pass,
//! after the second those of the new one, and the device holds what the whole files would have put there; the way back leads back.

use ocstopo::compile::{CompileOptions, compile};
use ocstopo::emit::firewall::StageFiles;
use ocstopo::emit::{EmitContext, Templates, firewall};
use ocstopo::packet::Packets;
use ocstopo::plan::firewall::{Between, FirewallPlan, Nat, between};
use ocstopo::text::SourceMap;
use proptest::prelude::*;

use crate::dialects::change::{Device, with_others};
use crate::dialects::plans::{any_plan, declared, joined, net, sample, with_text};
use crate::dialects::read::cisco::Typed;
use crate::dialects::read::fortios::Fortios;
use crate::dialects::read::panos::Panos;
use crate::dialects::read::srx::Srx;
use crate::dialects::read::{Reading, asa, difference, ios, model, read, sides};
use crate::dialects::replace::{OTHERS_ASA, OTHERS_IOS, OTHERS_IPTABLES, changes, earlier, saved, sh, sorted};
use crate::support::commits::commits;
use crate::support::kernel::Namespace;

/// The files of one step: what is loaded, and what leads back, in their order.
struct Step {
    there: Vec<String>,
    back: Vec<String>,
}

/// The three states of a change, and the steps between them.
struct Change {
    states: [FirewallPlan; 3],
    steps: [Option<Step>; 2],
}

fn context(templates: &Templates) -> EmitContext<'_> {
    EmitContext { templates, sample: false, organization: "contoso" }
}

/// A change in a dialect; `None` where nothing is to be done, or where it says that files of a change cannot do it.
fn change(word: &'static str, old: &FirewallPlan, new: &FirewallPlan) -> Option<Change> {
    let templates = crate::support::templates();
    let [old, new] = [old, new].map(|plan| FirewallPlan { dialect: word, ..plan.clone() });
    let files = firewall::change(&old, &new, &[], &context(templates)).expect("it can be said");
    if files.refused.is_some() {
        assert!(files.open.is_none() && files.close.is_none());
        assert!(!matches!(word, "nftables" | "iptables"), "Linux takes every change");
        return None;
    }
    if files.open.is_none() && files.close.is_none() {
        assert_eq!(difference(&model(word, &old), &model(word, &new)), None, "{word}: something is to be done");
        return None;
    }
    let step = |stage: StageFiles| {
        let text = |path: &String| stage.artifacts.iter().find(|file| file.path == *path).expect("its file").content.clone();
        Step { there: stage.forward.iter().map(text).collect(), back: stage.back.iter().map(text).collect() }
    };
    let Between { mut both, opens, closes } = between(&old, &new, !matches!(word, "nftables" | "iptables"));
    // A table of nftables has the name of its firewall.
    if !(opens || word == "nftables" && old.label != new.label) {
        both = old.clone();
    }
    if !closes {
        both = new.clone();
    }
    Some(Change { states: [old, both, new], steps: [files.open.map(step), files.close.map(step)] })
}

/// The whole rules of a state.
fn whole(plan: &FirewallPlan) -> String {
    let templates = crate::support::templates();
    let files = firewall::emit(std::slice::from_ref(plan), &[], &context(templates)).expect("it can be said");
    let (file, ..) = firewall::dialect(plan.dialect).expect("a dialect");
    let path = format!("network/firewall/{}/{file}", plan.label);
    files.into_iter().find(|artifact| artifact.path == path).expect("its rules").content
}

/// What a state must permit: in between, what either version permits.
fn expected(word: &str, change: &Change, at: usize) -> Reading {
    let [old, both, new] = &change.states;
    let union = |mut all: Reading, more: Reading| {
        for (opens, others) in [(&mut all.opens, more.opens), (&mut all.established, more.established)] {
            for (key, packets) in others {
                let known = opens.entry(key).or_insert_with(Packets::none);
                *known = known.union(&packets);
            }
        }
        all
    };
    match at {
        0 => model(word, old),
        1 => Reading { nats: model(word, both).nats, ..union(model(word, old), model(word, new)) },
        _ => model(word, new),
    }
}

/// Goes there and back on a device. `load` loads files, `is` compares it with a state.
fn walked<D>(change: &Change, device: &mut D, load: impl Fn(&mut D, &[String]), is: impl Fn(&D, usize)) {
    is(device, 0);
    for (at, step) in change.steps.iter().enumerate() {
        if let Some(step) = step {
            load(device, &step.there);
        }
        is(device, at + 1);
    }
    for (at, step) in change.steps.iter().enumerate().rev() {
        if let Some(step) = step {
            load(device, &step.back);
        }
        is(device, at);
    }
}

/// On a device with a candidate or tables, with rules of others, a deny of everything among them.
fn by_model<D: Device>(old: &FirewallPlan, new: &FirewallPlan, others: &str) {
    let Some(change) = change(D::DIALECT, old, new) else { return };
    let texts: Vec<String> = change.states.iter().map(whole).collect();
    // Without rules of others there is none that ours go before.
    let step = |device: &mut D, text: &str| if others.is_empty() { device.load(text) } else { device.step(text) };
    let fresh = |at: usize| {
        let mut device = D::default();
        device.load(others);
        step(&mut device, &texts[at]);
        device
    };
    let mut device = fresh(0);
    let load = |device: &mut D, files: &[String]| files.iter().for_each(|file| step(device, file));
    let is = |device: &D, at: usize| {
        let mut bare = D::default();
        bare.load(others);
        let expected = with_others(expected(D::DIALECT, &change, at), bare.open(&texts[1]));
        assert_eq!(difference(&device.open(&texts[1]), &expected), None, "{}: state {at}", D::DIALECT);
        let whole = fresh(at);
        // The first line that differs says more than a whole device, and takes long to find.
        if device.sorted() != whole.sorted() {
            let (held, whole) = (format!("{:#?}", device.sorted()), format!("{:#?}", whole.sorted()));
            let line = held.lines().zip(whole.lines()).find(|(held, whole)| held != whole);
            panic!("{}: state {at} is not what the whole file gives: {line:?}", D::DIALECT);
        }
    };
    walked(&change, &mut device, load, is);
}

fn on_asa(old: &FirewallPlan, new: &FirewallPlan) {
    let Some(change) = change("cisco_asa", old, new) else { return };
    let texts: Vec<String> = change.states.iter().map(whole).collect();
    let ends = sides(&texts[1], "nameif");
    let fresh = |at: usize| {
        let mut device = asa::Device::default();
        device.apply(&format!("{OTHERS_ASA}{}", texts[at]), |_| {}).expect("a version");
        device
    };
    let opens = |device: &asa::Device| device.reading(&ends).opens;
    let mut device = fresh(0);
    let load = |device: &mut asa::Device, files: &[String]| {
        let before = opens(device);
        let mut moments = Vec::new();
        for file in files {
            device.apply(file, |device| moments.push(opens(device))).unwrap_or_else(|problem| panic!("{problem}\n{file}"));
        }
        let after = opens(device);
        for moment in moments {
            for key in before.keys().chain(after.keys()) {
                let now = moment.get(key);
                assert!(now == before.get(key) || now == after.get(key), "{key:?} is neither of the two states");
            }
        }
    };
    let is = |device: &asa::Device, at: usize| {
        let mut reading = device.reading(&ends);
        reading.nats.retain(|(public, _)| public != "198.51.100.9");
        assert_eq!(difference(&reading, &expected("cisco_asa", &change, at)), None, "state {at}");
        assert_eq!(*device, fresh(at), "state {at}");
    };
    walked(&change, &mut device, load, is);
}

fn on_ios(old: &FirewallPlan, new: &FirewallPlan) {
    let Some(change) = change("cisco_ios", old, new) else { return };
    let texts: Vec<String> = change.states.iter().map(whole).collect();
    let typed = |device: &mut ios::Device, text: &str| {
        device.apply(text, |_| {}).unwrap_or_else(|problem| panic!("{problem}\n{text}"));
        for (path, name) in ios::bindings(text) {
            device.bind(path, name).expect("its list");
        }
    };
    let fresh = |at: usize| {
        let mut device = ios::Device::default();
        device.apply(OTHERS_IOS, |_| {}).expect("others'");
        device.bind("guests", "guests").expect("others'");
        typed(&mut device, &texts[at]);
        device
    };
    let mut device = fresh(0);
    let load = |device: &mut ios::Device, files: &[String]| files.iter().for_each(|file| typed(device, file));
    let is = |device: &ios::Device, at: usize| {
        let mut reading = device.reading();
        for side in [&mut reading.opens, &mut reading.established] {
            side.retain(|(from, _), _| from != "guests");
        }
        assert_eq!(difference(&reading, &expected("cisco_ios", &change, at)), None, "state {at}");
        assert_eq!(*device, fresh(at), "state {at}");
    };
    walked(&change, &mut device, load, is);
}

fn by_models(old: &FirewallPlan, new: &FirewallPlan, with_others: bool) {
    let others = |text: &'static str| if with_others { text } else { "" };
    by_model::<Srx>(old, new, others(Srx::OTHERS));
    by_model::<Panos>(old, new, others(Panos::OTHERS));
    by_model::<Fortios>(old, new, others(Fortios::OTHERS));
    on_asa(old, new);
    on_ios(old, new);
}

/// Hands a file to a program of the kernel's packet filter, which must take it without a word.
fn fed(namespace: &Namespace, command: &str, text: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    std::fs::write(&file, text).expect("a file");
    let said = namespace.command("sh").args(["-c", &format!("{command} {}", file.display())]).output().expect("sh runs");
    assert!(said.status.success() && said.stderr.is_empty(), "{}\n{text}", String::from_utf8_lossy(&said.stderr));
}

/// What the kernel lists of nftables: sets and chains by name.
fn listed(namespace: &Namespace) -> Vec<String> {
    let text = sh(namespace, "nft -s list ruleset");
    let mut blocks: Vec<String> = text.split("\n\t}\n").map(|block| block.trim_start_matches('\n').to_owned()).collect();
    // The first block has the line of its table.
    let table = blocks[0].lines().next().unwrap_or_default().to_owned();
    blocks[0] = blocks[0].split_once('\n').map_or(String::new(), |(_, rest)| rest.to_owned());
    blocks.sort();
    blocks.insert(0, table);
    blocks
}

/// By the kernel: it holds after each step what it holds when the whole rules of that state are loaded, which are read back.
fn in_kernel(word: &'static str, old: &FirewallPlan, new: &FirewallPlan) {
    let Some(change) = change(word, old, new) else { return };
    let texts: Vec<String> = change.states.iter().map(whole).collect();
    for (at, text) in texts.iter().enumerate() {
        assert_eq!(difference(&read(word, text), &expected(word, &change, at)), None, "{word}: state {at}");
    }
    let nft = word == "nftables";
    let command = if nft { "nft -f" } else { "iptables-restore -n" };
    let fresh = |at: usize| {
        let namespace = Namespace::new();
        if !nft {
            sh(&namespace, OTHERS_IPTABLES);
        }
        fed(&namespace, command, &texts[at]);
        namespace
    };
    let held = |namespace: &Namespace| match nft {
        true => listed(namespace),
        false => sorted(&saved(namespace)).into_iter().map(str::to_owned).collect(),
    };
    let states: Vec<Vec<String>> = (0..3).map(|at| held(&fresh(at))).collect();
    let load = |namespace: &mut Namespace, files: &[String]| files.iter().for_each(|file| fed(namespace, command, file));
    walked(&change, &mut fresh(0), load, |namespace, at| assert_eq!(held(namespace), states[at], "{word}: state {at}"));
}

/// Versions of which each differs from the sample in one thing.
fn versions() -> Vec<FirewallPlan> {
    let mut wider = sample();
    wider.rules[2].destinations.push(crate::dialects::plans::party("redmond.pool02", "10.10.0.20"));
    let mut moved = sample();
    moved.rules[2].destinations[0].net = net("10.10.0.30");
    let mut fewer = sample();
    fewer.rules.remove(0);
    let mut branch = sample();
    branch.inside.push(net("172.20.0.0/16"));
    let mut renamed = sample();
    "redmond.edge2".clone_into(&mut renamed.path);
    "redmond-edge2".clone_into(&mut renamed.label);
    let mut relabelled = sample();
    "signs in".clone_into(&mut relabelled.rules[0].reason.purpose);
    let mut network = sample();
    network.networks[2] = joined("redmond.core", "10.10.0.0/22", ocstopo::product::Zone::Internal);
    "redmond.core".clone_into(&mut network.rules[2].to_network);
    vec![sample(), wider, moved, fewer, branch, renamed, relabelled, network]
}

#[test]
fn every_dialect_goes_from_any_version_to_any_other_and_back() {
    let versions = versions();
    for old in &versions {
        for new in &versions {
            by_models(old, new, true);
        }
    }
    for (old, new) in changes() {
        by_models(&old, &new, true);
    }
}

#[test]
fn the_kernel_goes_from_version_to_version_and_back() {
    let versions = versions();
    let pairs = versions.iter().flat_map(|version| [(sample(), version.clone()), (version.clone(), sample())]);
    for (old, new) in pairs.chain(changes()) {
        in_kernel("nftables", &old, &new);
        in_kernel("iptables", &old, &new);
    }
}

#[test]
fn what_means_the_same_has_no_files() {
    let versions = versions();
    let relabelled = versions.iter().find(|version| version.rules[0].reason.purpose == "signs in").expect("it");
    for word in firewall::dialects() {
        assert!(change(word, &sample(), relabelled).is_none(), "{word}");
    }
}

/// An interface that the new version does not join would keep a list that nothing takes away.
#[test]
fn other_interfaces_of_cisco_are_a_named_reason() {
    let templates = crate::support::templates();
    let mut new = sample();
    new.networks.push(joined("redmond.guests", "10.20.0.0/24", ocstopo::product::Zone::Internal));
    new.rules[2].destination_ports = vec!["5062".parse().expect("a port")];
    for word in ["cisco_asa", "cisco_ios"] {
        let [old, new] = [&sample(), &new].map(|plan| FirewallPlan { dialect: word, ..plan.clone() });
        let files = firewall::change(&old, &new, &[], &context(templates)).expect("it can be said");
        assert!(files.refused.expect("a reason").contains("joins other networks"), "{word}");
    }
}

/// A stranger's text is in names and comments only: it adds no statement and ends none.
#[test]
fn hostile_names_change_nothing_else() {
    for text in ["a\nb", "\"", "}", "a\" then permit", "#", "", "COMMIT", "-X ocs_forward", "! x", "end", "~old", "\u{202e}evil"]
    {
        let mut plan = with_text(text);
        for (at, rule) in plan.rules.iter_mut().enumerate() {
            rule.id = format!("{text}{at}");
        }
        plan.networks = sample().networks;
        plan.label = sample().label;
        by_models(&plan, &earlier(), true);
        by_models(&earlier(), &plan, true);
        in_kernel("nftables", &plan, &earlier());
        in_kernel("iptables", &earlier(), &plan);
    }
}

/// The ten commits, on each firewall that both versions have, in every dialect.
#[test]
fn the_ten_commits_in_every_dialect() {
    let (mut walked, mut unchanged) = (0, 0);
    for commit in commits() {
        let [before, after] =
            [commit.before, commit.after].map(|files| compile(SourceMap::new(files), &CompileOptions::default()));
        let plans = |compiled: &'_ ocstopo::compile::Compiled| compiled.plans().expect("a topology").firewalls().to_vec();
        for new in plans(&after) {
            for old in plans(&before).into_iter().filter(|old| old.path == new.path) {
                if change("nftables", &old, &new).is_some_and(|change| change.steps.iter().any(Option::is_some)) {
                    walked += 1;
                } else {
                    unchanged += 1;
                    // One firewall that a commit leaves as it is stands for the others.
                    if unchanged > 3 {
                        continue;
                    }
                }
                // The zones of others are not those of this topology.
                by_models(&old, &new, false);
                in_kernel("nftables", &old, &new);
                in_kernel("iptables", &old, &new);
            }
        }
    }
    assert!(walked >= 10, "{walked} changes of firewalls");
}

/// Two versions that share some rules; the networks inside and translations may differ.
fn any_pair() -> impl Strategy<Value = (FirewallPlan, FirewallPlan)> {
    (any_plan(), any_plan(), any::<u16>(), 0u8..4, 0u8..4).prop_map(|(old, other, mask, inside, nat)| {
        let mut new = old.clone();
        for (at, rule) in other.rules.into_iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0) {
            match new.rules.iter_mut().find(|known| known.id == rule.id) {
                Some(known) if mask & (1 << (15 - at)) == 0 => *known = rule,
                Some(_) => new.rules.retain(|known| known.id != rule.id),
                None => new.rules.push(rule),
            }
        }
        if inside & 1 != 0 {
            new.inside.retain(|range| *range != net("10.99.0.0/16"));
        }
        if inside & 2 != 0 {
            new.inside.push(net("172.20.0.0/16"));
        }
        match nat {
            0 => {}
            1 => new.nats[0].inside = "172.16.1.44".parse().expect("an address"),
            2 => new.nats.clear(),
            _ => new.nats.push(Nat {
                name: "web".to_owned(),
                public: "131.107.155.40".parse().expect("an address"),
                inside: "172.16.1.40".parse().expect("an address"),
                declared: declared("redmond.outer.web", 41),
            }),
        }
        // A party is known by a public address only where it is translated.
        for party in new.rules.iter_mut().flat_map(|rule| rule.sources.iter_mut().chain(&mut rule.destinations)) {
            party.public = party.public.filter(|public| {
                new.nats.iter().any(|nat| nat.public == *public && ipnet::Ipv4Net::from(nat.inside) == party.net)
            });
        }
        (old, new)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5))]
    #[test]
    fn any_change_in_every_dialect((old, new) in any_pair()) {
        by_models(&old, &new, true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5))]
    #[test]
    fn any_change_in_the_kernel((old, new) in any_pair()) {
        in_kernel("nftables", &old, &new);
        in_kernel("iptables", &old, &new);
    }
}
