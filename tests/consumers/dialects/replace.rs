//! If an earlier version runs, the documented way leads to the new one: what passes is then the new plan, what others
//! configured is as it was, nothing of the old version is left, and at no moment an interface says anything but the old rules or
//! the new ones.

use std::collections::BTreeMap;
use std::path::Path;

use ocstopo::catalog::Task;
use ocstopo::emit::{EmitContext, firewall};
use ocstopo::plan::device::operations;
use ocstopo::plan::firewall::{FirewallPlan, Nat};
use proptest::prelude::*;

use crate::dialects::plans::{any_plan, declared, net, sample};
use crate::dialects::read::cisco::Typed;
use crate::dialects::read::{asa, difference, ios, iptables, model, sides};
use crate::support::kernel::Namespace;

/// What a dialect writes for a plan, by the names of the files.
fn files(word: &'static str, plan: &FirewallPlan) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: false, organization: "contoso" };
    let plan = FirewallPlan { dialect: word, ..plan.clone() };
    let files = firewall::emit(&[plan], &[], &cx).expect("it can be said");
    let name = |path: &str| path.strip_prefix("network/firewall/redmond-outer/").map(str::to_owned);
    files.into_iter().filter_map(|file| Some((name(&file.path)?, file.content))).collect()
}

/// The sample as it was before: a network that is inside now was the internet, the translated address had another server, a rule
/// more and an array of other servers.
pub(super) fn earlier() -> FirewallPlan {
    let mut plan = sample();
    plan.inside.retain(|range| *range != net("10.99.0.0/16"));
    plan.nats = vec![
        Nat { inside: "172.16.1.44".parse().expect("an address"), ..plan.nats[0].clone() },
        Nat {
            name: "gone".to_owned(),
            public: "131.107.155.77".parse().expect("an address"),
            inside: "172.16.1.77".parse().expect("an address"),
            declared: declared("redmond.outer.gone", 41),
        },
    ];
    plan.rules[1].sources[0].net = net("172.16.1.44");
    plan.rules[0].destinations.pop();
    let mut more = plan.rules[2].clone();
    "P03/redmond.pool02".clone_into(&mut more.id);
    more.destinations[0].net = net("10.10.0.20");
    plan.rules.push(more);
    plan
}

/// Pairs of an old and a new state: a change, a first translation, the last one gone.
pub(super) fn changes() -> Vec<(FirewallPlan, FirewallPlan)> {
    let mut plain = sample();
    plain.nats.clear();
    plain.rules[1].sources[0].public = None;
    vec![(earlier(), sample()), (sample(), earlier()), (plain.clone(), sample()), (sample(), plain)]
}

/// What others have on the ASA: a group and a list that is bound elsewhere, a translation.
pub(super) const OTHERS_ASA: &str = "object network printer\n host 192.0.2.9\n nat (dmz,internet) static 198.51.100.9\n\
    object-group network printers\n network-object host 192.0.2.9\n\
    access-list guests remark theirs\naccess-list guests extended permit tcp any object-group printers eq 9100\n\
    access-list guests extended deny ip any any log\naccess-group guests in interface guests\n";

/// What the heads say of versions.
fn said<'t>(text: &'t str, what: &str) -> &'t str {
    text.lines().find_map(|line| line.strip_prefix("! ")?.strip_prefix(what)?.strip_prefix(": ")).expect("the head says it")
}

/// Replaces a version on an ASA as the head of its file says.
fn replaced_asa(old_plan: &FirewallPlan, new_plan: &FirewallPlan) {
    let (old, new) = (files("cisco_asa", old_plan), files("cisco_asa", new_plan));
    let (old_rules, new_rules) = (&old["rules.asa"], &new["rules.asa"]);
    let mut device = asa::Device::default();
    device.apply(OTHERS_ASA, |_| {}).expect("others'");
    device.apply(old_rules, |_| {}).expect("the old version");
    let ends = sides(new_rules, "nameif");
    let read = |device: &asa::Device| device.reading(&ends);
    let without_nats = |device: &asa::Device| read(device).opens;
    let before = without_nats(&device);
    if said(old_rules, "Version") == said(new_rules, "Version") {
        assert!(device.clone().apply(&old["remove.asa"], |_| {}).is_err(), "a version that decides is not taken away");
        return;
    }
    let of_new = |device: &asa::Device| {
        let mut alone = asa::Device::default();
        alone.apply(new_rules, |_| {}).expect("the new version alone");
        assert_eq!(without_nats(device).len(), without_nats(&alone).len());
        without_nats(&alone)
    };
    if said(old_rules, "Translations") != said(new_rules, "Translations")
        && let Some(remove) = old.get("remove-nat.asa")
    {
        device.apply(remove, |device| assert_eq!(without_nats(device), before)).expect("the old translations go");
    }
    let mut moments = Vec::new();
    device.apply(new_rules, |device| moments.push(without_nats(device))).expect("the new version");
    device.apply(&old["remove.asa"], |device| moments.push(without_nats(device))).expect("the old version goes");
    let after = of_new(&device);
    for moment in &moments {
        for key in before.keys().chain(after.keys()) {
            let now = moment.get(key);
            assert!(now == before.get(key) || now == after.get(key), "{key:?} is neither old nor new");
        }
    }
    let (mut theirs, ours) = (read(&device), model("cisco_asa", new_plan));
    theirs.nats.retain(|(public, _)| public != "198.51.100.9");
    assert_eq!(difference(&theirs, &ours), None);
    let mut fresh = asa::Device::default();
    fresh.apply(&format!("{OTHERS_ASA}{new_rules}"), |_| {}).expect("the new version on a device that never had the old one");
    assert_eq!(device, fresh, "something of the old version is left, or something of others is not");
}

/// What others have on the router.
pub(super) const OTHERS_IOS: &str = "object-group network printers\n host 192.0.2.9\n\
    ip access-list extended guests\n deny ip any any fragments\n permit tcp 0.0.0.0 255.255.255.255 object-group printers eq 9100\n\
    \u{20}deny ip any any log\n";

/// Replaces a version on a router as the head of its file says.
fn replaced_ios(old_plan: &FirewallPlan, new_plan: &FirewallPlan) {
    let (old, new) = (files("cisco_ios", old_plan), files("cisco_ios", new_plan));
    let (old_rules, new_rules) = (&old["rules.ios"], &new["rules.ios"]);
    let with = |device: &mut ios::Device, rules: &str| {
        device.apply(rules, |_| {}).expect("a version");
        for (path, name) in ios::bindings(rules) {
            device.bind(path, name).expect("its list");
        }
    };
    let start = || {
        let mut device = ios::Device::default();
        device.apply(OTHERS_IOS, |_| {}).expect("others'");
        device.bind("guests", "guests").expect("others'");
        device
    };
    let mut device = start();
    with(&mut device, old_rules);
    if said(old_rules, "Version") == said(new_rules, "Version") {
        assert!(device.clone().apply(&old["remove.ios"], |_| {}).is_err(), "a version that decides is not taken away");
        return;
    }
    let before = device.reading();
    device.apply(new_rules, |device| assert_eq!(device.reading(), before)).expect("the new version is beside the old one");
    for (path, name) in ios::bindings(new_rules) {
        assert!(device.clone().apply(&old["remove.ios"], |_| {}).is_err(), "the old version still decides somewhere");
        device.bind(path, name).expect("its list");
    }
    let after = device.reading();
    device.apply(&old["remove.ios"], |device| assert_eq!(device.reading(), after)).expect("the old version goes");
    let mut ours = device.reading();
    for side in [&mut ours.opens, &mut ours.established] {
        side.retain(|(from, _), _| from != "guests");
    }
    assert_eq!(difference(&ours, &model("cisco_ios", new_plan)), None);
    let mut fresh = start();
    with(&mut fresh, new_rules);
    assert_eq!(device, fresh, "something of the old version is left, or something of others is not");
}

#[test]
fn a_version_replaces_another_on_cisco() {
    for (old, new) in changes() {
        replaced_asa(&old, &new);
        replaced_ios(&old, &new);
    }
}

#[test]
fn an_unchanged_version_is_detected_and_not_removed() {
    let moved = |mut plan: FirewallPlan| {
        plan.rules[0].reason.declared[0].place = Some("contoso.ocstopo:99".to_owned());
        plan.declared.place = None;
        plan
    };
    for word in ["cisco_asa", "cisco_ios"] {
        let file = if word == "cisco_asa" { "rules.asa" } else { "rules.ios" };
        let (old, new) = (files(word, &sample()), files(word, &moved(sample())));
        assert_ne!(old[file], new[file], "lines moved");
        assert_eq!(said(&old[file], "Version"), said(&new[file], "Version"), "and nothing that the device holds");
        assert_ne!(said(&old[file], "Version"), said(&files(word, &earlier())[file], "Version"));
    }
    replaced_asa(&sample(), &moved(sample()));
    replaced_ios(&sample(), &moved(sample()));
}

#[test]
fn a_list_holds_no_line_twice() {
    let mut plan = sample();
    let mut twin = plan.rules[0].clone();
    "P01/redmond.twin".clone_into(&mut twin.id);
    plan.rules.push(twin);
    // The reader refuses a line that a list holds already.
    for word in ["cisco_asa", "cisco_ios"] {
        let (file, ..) = firewall::dialect(word).expect("a dialect");
        let text = &files(word, &plan)[file];
        assert!(text.contains("P01/redmond.twin") && text.contains("passes by lines above"), "{word}");
        assert_eq!(difference(&crate::dialects::read::read(word, text), &model(word, &plan)), None, "{word}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(30))]
    #[test]
    fn any_version_replaces_any_other_on_cisco(old in any_plan(), new in any_plan()) {
        replaced_asa(&old, &new);
        replaced_ios(&old, &new);
    }
}

/// Runs the catalogue's commands for some tasks; what waits for a time or writes to the machine's own folders is left out.
fn typed(namespace: &Namespace, word: &'static str, plan: &FirewallPlan, folder: &Path, tasks: &[Task]) {
    for (file, content) in files(word, plan) {
        std::fs::write(folder.join(file), content).expect("a file");
    }
    for operation in operations(word, &firewall::device_values(plan, word)) {
        let Some(command) = operation.command.filter(|_| tasks.contains(&operation.task)) else { continue };
        // What begins only when ten minutes have passed, and the second way back, which is another way to the same end.
        if command.starts_with("systemd-run") || command.contains(" -D ") || command.starts_with("nft delete") {
            continue;
        }
        let command = command.replace("/root/", &format!("{}/", folder.display()));
        let said = namespace.command("sh").current_dir(folder).args(["-c", &command]).output().expect("sh runs");
        assert!(said.status.success() && said.stderr.is_empty(), "{command}: {}", String::from_utf8_lossy(&said.stderr));
    }
}

/// Runs what would begin when ten minutes have passed.
fn ten_minutes_later(namespace: &Namespace, word: &'static str, plan: &FirewallPlan, folder: &Path) {
    for operation in operations(word, &firewall::device_values(plan, word)) {
        let Some(command) = operation.command.filter(|command| command.starts_with("systemd-run ")) else { continue };
        let waiting = command.split(' ').skip_while(|word| word.starts_with("systemd-run") || word.starts_with("--"));
        let waiting = waiting.collect::<Vec<_>>().join(" ");
        sh(namespace, &waiting.replace("/root/", &format!("{}/", folder.display())));
    }
}

/// On a machine that never had a rule, nothing of ours is left by either way back: a listing of unused tables is empty, and
/// loading it would change nothing.
#[test]
fn a_machine_without_rules_is_without_rules_again() {
    for (word, list) in [("iptables", "iptables-save; ip6tables-save"), ("nftables", "nft list tables")] {
        for timed in [true, false] {
            let folder = tempfile::tempdir().expect("a folder");
            let namespace = Namespace::new();
            typed(&namespace, word, &sample(), folder.path(), &[Task::BackUp, Task::Check, Task::Load]);
            assert!(sh(&namespace, list).contains("ocs"), "{word}: loaded");
            if timed {
                ten_minutes_later(&namespace, word, &sample(), folder.path());
            } else {
                typed(&namespace, word, &sample(), folder.path(), &[Task::Undo]);
            }
            let left = sh(&namespace, list);
            assert!(!left.contains("ocs"), "{word}: {left}");
        }
    }
}

pub(super) fn sh(namespace: &Namespace, command: &str) -> String {
    let said = namespace.command("sh").args(["-c", command]).output().expect("sh runs");
    assert!(said.status.success(), "{command}: {}", String::from_utf8_lossy(&said.stderr));
    String::from_utf8(said.stdout).expect("text")
}

/// Rules of others: in chains of their own, behind ours, before ours, of translations, of IPv6.
pub(super) const OTHERS_IPTABLES: &str = "iptables -N theirs && iptables -A theirs -s 192.0.2.9 -j ACCEPT && iptables -A FORWARD -j theirs && \
    iptables -A INPUT -p tcp --dport 22 -j ACCEPT && iptables -t nat -A POSTROUTING -s 192.0.2.0/24 -j MASQUERADE && \
    ip6tables -A FORWARD -s 2001:db8::/32 -j ACCEPT";

/// What the kernel holds, without counters and comments of the tool.
pub(super) fn saved(namespace: &Namespace) -> String {
    let text = sh(namespace, "iptables-save; ip6tables-save");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| if line.starts_with(':') { line.split(" [").next().unwrap_or(line) } else { line })
        .map(|line| format!("{line}\n"))
        .collect()
}

/// The lines of a listing in an order of their own: chains are listed in the order in which they came.
pub(super) fn sorted(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().filter(|line| line.starts_with(':')).collect();
    lines.sort_unstable();
    lines.extend(text.lines().filter(|line| line.starts_with("-A")));
    let (heads, mut rules): (Vec<&str>, Vec<&str>) = lines.into_iter().partition(|line| line.starts_with(':'));
    // Within a chain the order counts.
    rules.sort_by_key(|line| line.split(' ').nth(1));
    heads.into_iter().chain(rules).collect()
}

#[test]
fn a_version_replaces_another_in_iptables() {
    for (old, new) in changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let namespace = Namespace::new();
        sh(&namespace, OTHERS_IPTABLES);
        let untouched = saved(&namespace);
        typed(&namespace, "iptables", &old, folder.path(), &[Task::BackUp, Task::Check, Task::Load]);
        typed(&namespace, "iptables", &new, folder.path(), &[Task::Check, Task::Load, Task::Replace, Task::Replace]);
        typed(&namespace, "iptables", &new, folder.path(), &[Task::Replace]);
        let held = saved(&namespace);
        for line in
            OTHERS_IPTABLES.split(" && ").filter_map(|line| line.split_once("-A ")).map(|(_, rest)| rest.split(' ').next())
        {
            assert!(held.contains(&format!("-A {}", line.expect("a chain"))), "{held}");
        }
        let mut reading = iptables::listed(&sh(&namespace, "iptables-save | grep -v '^#'"));
        reading.nats.retain(|(public, _)| public != "192.0.2.0/24");
        assert_eq!(difference(&reading, &model("iptables", &new)), None);

        let fresh = Namespace::new();
        sh(&fresh, OTHERS_IPTABLES);
        typed(&fresh, "iptables", &new, folder.path(), &[Task::Load]);
        let (held, fresh) = (saved(&namespace), saved(&fresh));
        let hooks =
            |text: &str| text.lines().filter(|line| line.ends_with("-j ocs_dnat") || line.ends_with("-j ocs_snat")).count();
        if hooks(&held) == hooks(&fresh) {
            assert_eq!(sorted(&held), sorted(&fresh), "something of the old version is left, or something of others is not");
        }
        typed(&namespace, "iptables", &new, folder.path(), &[Task::Undo]);
        let undone = saved(&namespace);
        for line in untouched.lines() {
            assert!(undone.contains(line), "{line} is not back");
        }
    }
}

#[test]
fn a_version_replaces_another_in_nftables() {
    // What nft cannot load again, among it.
    const OTHERS: &str = "nft 'table inet theirs { chain c { type filter hook input priority 0; policy accept; tcp dport 22 accept; }; }' \
        && iptables -A FORWARD -m recent --set --name theirs -j ACCEPT";
    for (old, new) in changes() {
        let folder = tempfile::tempdir().expect("a folder");
        let (namespace, fresh) = (Namespace::new(), Namespace::new());
        let list = |namespace: &Namespace| sh(namespace, "nft -s list ruleset");
        for each in [&namespace, &fresh] {
            sh(each, OTHERS);
        }
        let untouched = list(&namespace);
        typed(&namespace, "nftables", &old, folder.path(), &[Task::BackUp, Task::Check, Task::Load]);
        typed(&namespace, "nftables", &new, folder.path(), &[Task::Check, Task::Load, Task::Replace, Task::Verify]);
        typed(&fresh, "nftables", &new, folder.path(), &[Task::Load]);
        assert_eq!(list(&namespace), list(&fresh), "something of the old version is left, or something of others is not");
        let text = &files("nftables", &new)["rules.nft"];
        assert_eq!(difference(&crate::dialects::read::read("nftables", text), &model("nftables", &new)), None);
        typed(&namespace, "nftables", &new, folder.path(), &[Task::Undo]);
        assert_eq!(list(&namespace), untouched);
        typed(&namespace, "nftables", &old, folder.path(), &[Task::Load]);
        let first = list(&namespace);
        typed(&namespace, "nftables", &new, folder.path(), &[Task::BackUp, Task::Load]);
        ten_minutes_later(&namespace, "nftables", &new, folder.path());
        assert_eq!(list(&namespace), first, "the version that ran before is back");
    }
}
