//! From one version to the next on a device that others use too, in the way that the files themselves describe: what is open
//! afterwards is what the new plan and others open, nothing of the old version is left, and all that others wrote is as it was.

use std::process::Command;

use ocstopo::emit::{EmitContext, firewall};
use ocstopo::packet::Packets;
use ocstopo::plan::firewall::FirewallPlan;
use proptest::prelude::*;

use crate::dialects::plans::{any_plan, net, party, sample, with_text};
use crate::dialects::read::fortios::Fortios;
use crate::dialects::read::panos::Panos;
use crate::dialects::read::srx::Srx;
use crate::dialects::read::{Reading, difference, model, sides};

/// The rules of a plan, and what takes them away.
pub(super) struct Version {
    rules: String,
    remove: String,
}

fn version(plan: &FirewallPlan, dialect: &str) -> Version {
    let templates = crate::support::templates();
    let cx = EmitContext { templates, sample: false, organization: "contoso" };
    let files = firewall::emit(std::slice::from_ref(plan), &[dialect], &cx).expect("it can be said");
    let text = |file: &str| {
        let path = format!("network/firewall/{}/{file}", plan.label);
        files.iter().find(|artifact| artifact.path == path).unwrap_or_else(|| panic!("no {path}")).content.clone()
    };
    let (rules, ..) = firewall::dialect(dialect).expect("a dialect");
    Version { rules: text(rules), remove: text(firewall::remove_file(dialect).expect("it has one")) }
}

/// A device with its way from one version to the next.
pub(super) trait Device: Clone + PartialEq + std::fmt::Debug + Default {
    const DIALECT: &'static str;
    /// The foreign rules there: a permit, and below it a deny of everything; names similar to ours.
    const OTHERS: &'static str;

    fn load(&mut self, text: &str);
    fn open(&self, rules: &str) -> Reading;
    /// Loads a file of a change, with the lines of its part ORDER where something denies more.
    fn step(&mut self, text: &str);
    /// With everything in an order of its own, of which a permit more or less above another says nothing.
    fn sorted(&self) -> Self;
    /// Loads a version in place of the one that runs, as its head says.
    fn replace(&mut self, old: Option<&Version>, new: &Version);
}

/// The lines of the part ORDER without their marks, with the name of the deny that they go before.
pub(super) fn order(rules: &str, deny: &str) -> String {
    let (_, part) = rules.split_once("\n# ORDER.").unwrap_or((rules, ""));
    let lines = part
        .lines()
        .filter_map(|line| {
            line.strip_prefix("#   insert").map(|line| format!("insert{line}")).or(line.strip_prefix("# ").map(str::to_owned))
        })
        .filter(|line| ["insert ", "config ", "    move ", "end"].iter().any(|word| line.starts_with(word)));
    let named = |line: &str| line.strip_suffix("DENY").map_or_else(|| line.to_owned(), |line| format!("{line}{deny}"));
    lines.map(|line| named(&line) + "\n").collect()
}

impl Device for Srx {
    const DIALECT: &'static str = "juniper_srx";
    const OTHERS: &'static str = "\
set security address-book global address h_10.10.0.10 192.0.2.10/32
set security address-book global address-set inside_networks address h_10.10.0.10
set applications application tcp_5061 protocol tcp
set applications application tcp_5061 destination-port 8443
set security policies from-zone internet to-zone dmz policy theirs match source-address any
set security policies from-zone internet to-zone dmz policy theirs match destination-address inside_networks
set security policies from-zone internet to-zone dmz policy theirs match application tcp_5061
set security policies from-zone internet to-zone dmz policy theirs then permit
set security policies from-zone internet to-zone dmz policy deny-all match source-address any
set security policies from-zone internet to-zone dmz policy deny-all match destination-address any
set security policies from-zone internet to-zone dmz policy deny-all match application any
set security policies from-zone internet to-zone dmz policy deny-all then deny
set security nat static rule-set theirs from zone guests
set security nat static rule-set theirs rule av match destination-address 192.0.2.99/32
set security nat static rule-set theirs rule av then static-nat prefix 10.10.3.99/32
";

    fn load(&mut self, text: &str) {
        Srx::load(self, text);
    }

    fn open(&self, rules: &str) -> Reading {
        self.reading(&sides(rules, "zone"))
    }

    fn sorted(&self) -> Self {
        Srx::sorted(self)
    }

    fn step(&mut self, text: &str) {
        self.load(text);
        let denied = order(text, "deny-all");
        let pair = "from-zone internet to-zone dmz ";
        self.load(&denied.lines().filter(|line| line.contains(pair)).fold(String::new(), |all, line| all + line + "\n"));
    }

    fn replace(&mut self, old: Option<&Version>, new: &Version) {
        self.load(old.map_or("", |old| &old.remove));
        self.step(&new.rules);
    }
}

impl Device for Panos {
    const DIALECT: &'static str = "palo_alto";
    const OTHERS: &'static str = "\
set address h_10.10.0.10 ip-netmask 192.0.2.10/32
set address-group inside_networks static h_10.10.0.10
set service tcp_5061 protocol tcp port 8443
set rulebase security rules theirs from internet
set rulebase security rules theirs to dmz
set rulebase security rules theirs source any
set rulebase security rules theirs destination inside_networks
set rulebase security rules theirs application any
set rulebase security rules theirs service tcp_5061
set rulebase security rules theirs action allow
set rulebase security rules deny-all from any
set rulebase security rules deny-all to any
set rulebase security rules deny-all source any
set rulebase security rules deny-all destination any
set rulebase security rules deny-all application any
set rulebase security rules deny-all service any
set rulebase security rules deny-all action deny
";

    fn load(&mut self, text: &str) {
        Panos::load(self, text);
    }

    fn open(&self, rules: &str) -> Reading {
        self.reading(&sides(rules, "zone"))
    }

    fn sorted(&self) -> Self {
        Panos::sorted(self)
    }

    fn step(&mut self, text: &str) {
        self.load(text);
    }

    fn replace(&mut self, old: Option<&Version>, new: &Version) {
        self.load(old.map_or("", |old| &old.remove));
        self.load(&new.rules);
    }
}

impl Device for Fortios {
    const DIALECT: &'static str = "fortigate";
    const OTHERS: &'static str = "\
config firewall address
    edit \"h_10.10.0.10\"
        set type ipmask
        set subnet 192.0.2.10 255.255.255.255
    next
end
config firewall addrgrp
    edit \"inside_networks\"
        set member \"h_10.10.0.10\"
    next
end
config firewall service custom
    edit \"tcp_5061\"
        set tcp-portrange 8443
    next
end
config firewall policy
    edit 7
        set srcintf \"internet\"
        set dstintf \"dmz\"
        set srcaddr \"all\"
        set dstaddr \"inside_networks\"
        set action accept
        set status enable
        set schedule \"always\"
        set service \"tcp_5061\"
    next
    edit 8
        set srcintf \"internet\"
        set dstintf \"dmz\"
        set srcaddr \"all\"
        set dstaddr \"all\"
        set action deny
        set status enable
        set schedule \"always\"
        set service \"ALL\"
    next
end
config log setting
    set fwpolicy-implicit-log enable
end
";

    fn load(&mut self, text: &str) {
        Fortios::load(self, text);
    }

    fn open(&self, rules: &str) -> Reading {
        self.reading(&sides(rules, "zone"))
    }

    fn sorted(&self) -> Self {
        Fortios::sorted(self)
    }

    fn step(&mut self, text: &str) {
        self.load(text);
        self.load(&order(text, "8"));
    }

    fn replace(&mut self, old: Option<&Version>, new: &Version) {
        self.step(&new.rules);
        if let Some(old) = old {
            let obsolete = filtered(&old.remove, &[("rules.fortios", &new.rules), ("remove.fortios", &old.remove)]);
            self.load(&obsolete);
        }
    }
}

/// What the command in a head prints, in a folder with the files that it names.
fn filtered(head: &str, files: &[(&str, &str)]) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let command = head.lines().find_map(|line| line.strip_prefix("#   ")).expect("the head has a command");
    let said = Command::new("sh").arg("-c").arg(command).current_dir(&folder).output().expect("a shell");
    assert!(said.status.success() && said.stderr.is_empty(), "{said:?}");
    String::from_utf8(said.stdout).expect("text")
}

/// The packets that both permit.
pub(super) fn with_others(plan: Reading, others: Reading) -> Reading {
    let mut both = plan;
    for (zones, packets) in others.opens {
        let opens = both.opens.entry(zones).or_default();
        *opens = opens.union(&packets);
    }
    both.nats.extend(others.nats);
    both
}

fn changes<D: Device>(old: &FirewallPlan, new: &FirewallPlan) {
    let (first, second) = (version(old, D::DIALECT), version(new, D::DIALECT));
    let mut bare = D::default();
    bare.load(D::OTHERS);
    let others = || bare.open(&second.rules);
    assert!(!others().opens.is_empty(), "others permit something");
    let mut device = bare.clone();
    device.replace(None, &first);
    let expected = with_others(model(D::DIALECT, old), bare.open(&first.rules));
    assert_eq!(difference(&device.open(&first.rules), &expected), None, "{}: the first load", D::DIALECT);
    device.replace(Some(&first), &second);
    let expected = with_others(model(D::DIALECT, new), others());
    assert_eq!(difference(&device.open(&second.rules), &expected), None, "{}: the second load", D::DIALECT);
    let mut again = device.clone();
    again.replace(Some(&second), &second);
    assert_eq!(difference(&again.open(&second.rules), &expected), None, "{}: the same again", D::DIALECT);
    // Nothing of ours is left, and nothing of others was touched; what is set of the whole device stays.
    device.load(&second.remove);
    let mut left = bare.clone();
    left.load(&device_wide(&second.rules));
    assert_eq!(device, left, "{}: removed", D::DIALECT);
}

/// The lines that set something of the whole device.
fn device_wide(rules: &str) -> String {
    let lines = rules.lines().filter(|line| line.starts_with("set rulebase default-security-rules "));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

fn in_all_dialects(old: &FirewallPlan, new: &FirewallPlan) {
    changes::<Srx>(old, new);
    changes::<Panos>(old, new);
    changes::<Fortios>(old, new);
}

/// The sample as it was before: an edge server fewer, a rule that is gone now, a rule that named the internet.
fn before() -> FirewallPlan {
    let mut old = sample();
    old.rules[0].destinations.pop();
    let mut gone = old.rules[2].clone();
    gone.id = "P99/redmond.pool01".to_owned();
    gone.destination_ports = vec!["8443".parse().expect("a port")];
    old.rules.push(gone);
    old
}

#[test]
fn a_version_replaces_another_and_foreign_objects_stay() {
    in_all_dialects(&before(), &sample());
    in_all_dialects(&sample(), &before());
    in_all_dialects(&sample(), &sample());
}

/// What was the internet yesterday and is a network inside today is the internet no longer.
#[test]
fn a_network_made_internal_is_no_longer_open_to_the_internet() {
    let mut old = sample();
    old.inside.retain(|inside| *inside != net("10.99.0.0/16"));
    in_all_dialects(&old, &sample());
    in_all_dialects(&sample(), &old);
    let open =
        |plan: &FirewallPlan| model("fortigate", plan).opens.into_values().fold(Packets::none(), |all, more| all.union(&more));
    assert!(open(&old).difference(&open(&sample())).witness().is_some());
}

/// A rule that named all but the networks inside, and now names one network, says "not" no longer.
#[test]
fn a_negation_does_not_survive() {
    let mut new = sample();
    new.rules[0].sources = vec![party("redmond.partner", "192.0.2.0/24")];
    in_all_dialects(&sample(), &new);
    in_all_dialects(&new, &sample());
}

/// A rule that is called like one of others is another one: it adds nothing to theirs, and its delete leaves theirs.
#[test]
fn rules_with_names_of_foreign_rules_are_separate() {
    let mut plan = sample();
    for (rule, name) in plan.rules.iter_mut().zip(["theirs", "deny-all"]) {
        name.clone_into(&mut rule.id);
    }
    in_all_dialects(&before(), &plan);
    in_all_dialects(&plan, &sample());
}

/// A firewall whose names are a stranger's text is taken away as exactly.
#[test]
fn hostile_names_are_removed_exactly() {
    for text in
        ["a\nb", "\"", "a\" then permit", "-", "#", "", " ", "DENY", "the-rest", "delete", "\u{202e}evil", &"x".repeat(300)]
    {
        let mut plan = with_text(text);
        for (at, rule) in plan.rules.iter_mut().enumerate() {
            rule.id = format!("{text}{at}");
        }
        plan.nats[0].name = text.to_owned();
        plan.networks = sample().networks;
        in_all_dialects(&plan, &before());
        in_all_dialects(&before(), &plan);
    }
}

/// The first load without the part ORDER leaves ours below a deny of others, as the heads say; with it, above.
#[test]
fn unmoved_rules_stay_below_a_foreign_deny() {
    let new = version(&sample(), "juniper_srx");
    let mut device = Srx::default();
    device.load(Srx::OTHERS);
    device.load(&new.rules);
    let inbound = ("internet".to_owned(), "redmond.dmz".to_owned());
    let expected = &model("juniper_srx", &sample()).opens[&inbound];
    assert!(expected.difference(&device.open(&new.rules).opens[&inbound]).witness().is_some());
}

/// A version without some of its lines.
fn without(version: &Version, words: &[&str]) -> Version {
    let kept = |text: &str| {
        let lines = text.lines().filter(|line| line.starts_with('#') || !words.iter().any(|word| line.contains(word)));
        lines.fold(String::new(), |all, line| all + line + "\n")
    };
    Version { rules: kept(&version.rules), remove: version.remove.clone() }
}

/// What the ways rest on is needed: without it, something else is open than the plan and others open.
#[test]
fn a_replacement_with_missing_lines_is_caught() {
    fn differs<D: Device>(old: &FirewallPlan, new: &FirewallPlan, words: &[&str]) -> bool {
        let (first, second) = (version(old, D::DIALECT), without(&version(new, D::DIALECT), words));
        let mut device = D::default();
        device.load(D::OTHERS);
        let expected = with_others(model(D::DIALECT, new), device.open(&second.rules));
        device.replace(None, &first);
        device.replace(Some(&first), &second);
        difference(&device.open(&second.rules), &expected).is_some()
    }
    let mut named = sample();
    named.rules[0].sources = vec![party("redmond.partner", "192.0.2.0/24")];
    assert!(!differs::<Fortios>(&sample(), &named, &[]));
    assert!(differs::<Fortios>(&sample(), &named, &["-negate disable"]));
    assert!(!differs::<Panos>(&before(), &sample(), &[]));
    assert!(differs::<Panos>(&before(), &sample(), &["move rulebase "]));
    let (old, new) = (version(&before(), "juniper_srx"), version(&sample(), "juniper_srx"));
    let mut device = Srx::default();
    device.load(Srx::OTHERS);
    let expected = with_others(model("juniper_srx", &sample()), device.open(&new.rules));
    device.replace(None, &old);
    device.replace(None, &Version { remove: String::new(), rules: only_policies(&new.rules) });
    assert!(difference(&device.open(&new.rules), &expected).is_some(), "what the old version opened is open");
}

/// The lines of policies, which can be loaded over an earlier version without its deletes.
fn only_policies(rules: &str) -> String {
    let lines = rules.lines().filter(|line| line.starts_with("set security policies ") || line.starts_with('#'));
    lines.fold(String::new(), |all, line| all + line + "\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_version_replaces_any_other(old in any_plan(), new in any_plan()) {
        in_all_dialects(&old, &new);
    }
}
