//! Every change of an artifact's meaning is in `ocstopo diff`, and nothing else is: both versions are built, their files are read as
//! their receivers read them, and what differs is compared with what the comparison says.

use std::collections::{BTreeMap, BTreeSet};

use ocstopo::compile::{BuildOptions, CompileOptions, Compiled, build, compile, runbook};
use ocstopo::plan::Plans;
use ocstopo::query::diff::{CertificateWork, Diff, Version, diff};
use ocstopo::text::SourceMap;
use proptest::prelude::*;

use crate::dialects::read::{difference, read};
use crate::support::commits::commits;
use crate::support::root;
use crate::support::topologies::{Files, files};

/// The dialect that firewalls are read in: it compares packets with the servers' own addresses, as the comparison does.
const DIALECT: &str = "juniper_srx";

fn compiled(files: &Files) -> Compiled {
    let compiled = compile(SourceMap::new(files.clone()), &CompileOptions::default());
    assert!(!compiled.has_errors(), "{:#?}", compiled.diags);
    compiled
}

/// The files of a build by path.
fn built(compiled: &Compiled) -> BTreeMap<String, String> {
    let templates = crate::support::templates();
    let options = BuildOptions {
        only: &[],
        dialects: &[DIALECT, "haproxy"],
        serial: None,
        lines: false,
        templates,
        since: None,
        team: None,
        renewal: None,
    };
    build(compiled, &options).unwrap().into_iter().map(|artifact| (artifact.path, artifact.content)).collect()
}

fn compared(old: &Compiled, new: &Compiled) -> Diff {
    let plans = [old, new].map(|side| side.plans().unwrap());
    let runbooks = plans.map(|plans| runbook(plans, &[DIALECT, "haproxy"]));
    let version = |at: usize| Version { name: "", plans: plans[at], findings: &[], whole: true, runbook: &runbooks[at] };
    diff(version(0), version(1), None)
}

/// What a file says without its comments.
fn said(text: &str, comment: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with(comment));
    lines.map(|line| line.split(&format!(" {comment}")).next().unwrap_or(line).trim_end().to_owned() + "\n").collect()
}

/// What files say, by the thing that they are about; only what is in one version or another in both.
fn differing(old: BTreeMap<String, String>, new: BTreeMap<String, String>) -> BTreeSet<String> {
    let keys: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    keys.into_iter().filter(|key| old.get(*key) != new.get(*key)).cloned().collect()
}

/// The files whose paths have this form, by what is between beginning and end.
fn of<'f>(files: &'f BTreeMap<String, String>, begin: &'f str, end: &'f str) -> impl Iterator<Item = (&'f str, &'f str)> {
    files.iter().filter_map(move |(path, text)| Some((path.strip_prefix(begin)?.strip_suffix(end)?, text.as_str())))
}

/// The paths of things that plans know by label.
fn labels(plans: Plans<'_>) -> BTreeMap<String, String> {
    let firewalls = plans.firewalls().iter().map(|plan| (plan.label.clone(), plan.path.clone()));
    let balancers = plans.balancers().iter().map(|plan| (plan.label.clone(), plan.path.clone()));
    let proxies = plans.publishing().proxies.iter().map(|plan| (plan.label.clone(), plan.path.clone()));
    firewalls.chain(balancers).chain(proxies).collect()
}

/// Firewalls on which another packet passes, or an address is translated differently.
fn firewalls(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> BTreeSet<String> {
    let rules = |files: &BTreeMap<String, String>| -> BTreeMap<String, String> {
        of(files, "network/firewall/", "/rules.srx").map(|(label, text)| (label.to_owned(), text.to_owned())).collect()
    };
    let (old, new) = (rules(old), rules(new));
    let differs = |label: &&String| match (old.get(*label), new.get(*label)) {
        (Some(old), Some(new)) => {
            let (mut old, mut new) = (read(DIALECT, old), read(DIALECT, new));
            old.nats.sort();
            new.nats.sort();
            difference(&old, &new).is_some() || old.nats != new.nats
        }
        _ => true,
    };
    let labels: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    labels.into_iter().filter(differs).cloned().collect()
}

/// Records as `nsupdate` adds them: view, name and type, and what they say.
fn records(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut records: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, text) in of(files, "dns/", ".nsupdate") {
        let view = path.split('/').next().unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("update add ")) {
            let words: Vec<&str> = line.splitn(4, ' ').collect();
            let [name, _ttl, kind, data] = words.as_slice() else { panic!("{line}") };
            let name = name.trim_end_matches('.');
            records.entry(format!("{view} {name} {kind}")).or_default().insert((*data).to_owned());
        }
    }
    records.into_iter().map(|(key, data)| (key, data.into_iter().collect::<Vec<_>>().join("\n"))).collect()
}

/// The steps of the runbook, without reasons, times and what comes before them.
fn steps(files: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut steps: BTreeMap<String, String> = BTreeMap::new();
    let (mut id, mut aside) = (None, false);
    for line in files["runbook/runbook.md"].lines() {
        if let Some(heading) = line.strip_prefix("### `") {
            id = heading.split('`').next().map(str::to_owned);
        } else if line.starts_with("## ") || line.starts_with("### ") {
            id = None;
        }
        // What continues on the next line is indented, or no line of a list.
        let continues = aside && !line.is_empty() && !line.starts_with(['-', '#', '*', '`']);
        aside = continues || ["*Why:*", "- **After:**", "- **Time:**"].iter().any(|start| line.starts_with(start));
        if let Some(id) = id.as_ref().filter(|_| !aside) {
            *steps.entry(id.clone()).or_default() += &format!("{line}\n");
        }
    }
    steps
}

/// What differs, by team: as the files say, and as the comparison says.
fn judged(before: &Files, after: &Files) -> [BTreeMap<&'static str, BTreeSet<String>>; 2] {
    let (old, new) = (compiled(before), compiled(after));
    let found = compared(&old, &new);
    let (mut names, new_names) = (labels(old.plans().unwrap()), labels(new.plans().unwrap()));
    names.extend(new_names);
    let (old, new) = (built(&old), built(&new));
    let path = |label: String| names.get(&label).cloned().unwrap_or(label);
    let pair = |begin: &str, end: &str, comment: &str| {
        let read = |files: &BTreeMap<String, String>| {
            of(files, begin, end).map(|(name, text)| (name.to_owned(), said(text, comment))).collect::<BTreeMap<_, _>>()
        };
        differing(read(&old), read(&new))
    };
    let requests: BTreeSet<String> =
        pair("pki/", ".cnf", "#").into_iter().map(|name| name.split('/').next().unwrap().to_owned()).collect();
    let by_files = BTreeMap::from([
        ("firewalls", firewalls(&old, &new).into_iter().map(path).collect()),
        ("balancers", pair("network/load-balancer/", "/haproxy.cfg", "#").into_iter().map(path).collect()),
        ("proxies", pair("network/publishing/", "/nginx.conf", "#").into_iter().map(path).collect()),
        ("records", differing(records(&old), records(&new))),
        ("certificates", requests),
        ("steps", differing(steps(&old), steps(&new))),
    ]);
    let issued = |work: CertificateWork| work != CertificateWork::Install;
    let packets = |change: &&ocstopo::query::diff::FirewallChange| {
        let whole = change.state != ocstopo::query::diff::State::Changed;
        whole || !(change.allowed.is_empty() && change.blocked.is_empty() && change.nats.is_empty())
    };
    let by_diff = BTreeMap::from([
        ("firewalls", found.firewalls.iter().filter(packets).map(|change| change.firewall.clone()).collect()),
        ("balancers", found.balancers.iter().map(|change| change.balancer.clone()).collect()),
        ("proxies", found.proxies.iter().map(|change| change.proxy.clone()).collect()),
        (
            "records",
            found.records.iter().map(|change| format!("{} {} {}", change.view.word(), change.name, change.kind)).collect(),
        ),
        (
            "certificates",
            found.certificates.iter().filter(|change| issued(change.work)).map(|change| change.certificate.clone()).collect(),
        ),
        ("steps", found.steps.iter().map(|change| change.id.clone()).collect()),
    ]);
    [by_files, by_diff]
}

/// What differs, by team.
fn agree(name: &str, before: &Files, after: &Files) -> BTreeMap<&'static str, BTreeSet<String>> {
    let [by_files, by_diff] = judged(before, after);
    assert_eq!(by_files, by_diff, "{name}: what the files say (left) and what the comparison says (right)");
    by_files
}

/// Renames and moves are in `tests/library/diff.rs`: files know them by another path, and the comparison as the same thing.
#[test]
fn the_comparison_of_commits_says_what_their_files_say() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for commit in commits().iter().filter(|commit| commit.name != "server renamed") {
        for (team, things) in agree(commit.name, &commit.before, &commit.after) {
            *seen.entry(team).or_default() += things.len();
        }
    }
    assert!(seen.values().all(|count| *count > 0), "{seen:?}");
}

/// Texts of the smaller example, and what is written in their place.
const EDITS: [(&str, &str); 10] = [
    ("    federation         = discovered\n", ""),
    ("    anonymous_meetings = true\n", ""),
    ("10.89.64.0/19", "10.89.96.0/19"),
    ("mucse01  { address = 10.89.0.11", "mucse01  { address = 10.89.0.12"),
    ("ocsweb-muc.fabrikam.com", "web-muc.fabrikam.com"),
    ("publishes = [pool01, muenchen.mucse01]", "publishes = [pool01]"),
    ("outside   = 131.107.20.20", "outside   = 131.107.20.21"),
    ("archive = all  retention = 180d", "archive = all  retention = 90d"),
    ("owner = \"Web agency\"", "owner = \"Another agency\""),
    ("unit         = \"IT\"", "unit         = \"Operations\""),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]
    #[test]
    fn the_comparison_of_edited_versions_says_what_their_files_say(before in 0u32..1 << EDITS.len(), after in 0u32..1 << EDITS.len()) {
        let whole = files(&root().join("tests/single_edits/fabrikam"));
        let version = |mask: u32| -> Files {
            let edits = || EDITS.iter().enumerate().filter(|(at, _)| mask & (1 << at) != 0);
            whole.iter().map(|(name, text)| (name.clone(), edits().fold(text.clone(), |text, (_, (from, to))| text.replacen(from, to, 1)))).collect()
        };
        let sound = |files: &Files| !compile(SourceMap::new(files.clone()), &CompileOptions::default()).has_errors();
        let (before, after) = (version(before), version(after));
        prop_assume!(sound(&before) && sound(&after));
        agree("edits", &before, &after);
    }
}
