//! `ocstopo build --since` over the ten commits of `tests/support/commits.rs`, and as its callers use it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use ocstopo::compile::{BuildError, BuildOptions, CompileOptions, Compiled, Part, Refusal, Since, build, compile, runbook};
use ocstopo::emit::Artifact;
use ocstopo::query::diff::{FirewallChange, Version, diff};
use ocstopo::text::SourceMap;

use crate::support::commits::{Commit, commits};
use crate::support::topologies::Files;
use crate::support::{both, ocstopo};

const PAGE: &str = "change/runbook.md";

fn compiled(files: &Files) -> Compiled {
    compile(SourceMap::new(files.clone()), &CompileOptions::default())
}

/// The build of a version, with the way from another.
fn built(before: &Files, after: &Files) -> BTreeMap<String, String> {
    let (old, new) = (compiled(before), compiled(after));
    let templates = crate::support::templates();
    let since = Some(Since { name: "main", compiled: &old });
    let options =
        BuildOptions { only: &[], dialects: &[], serial: None, lines: false, templates, since, team: None, renewal: None };
    let artifacts = build(&new, &options).unwrap();
    artifacts.into_iter().map(|Artifact { path, content, .. }| (path, content)).collect()
}

/// The ten commits, each with the build of its end and the way there; two are built at a time.
static BUILDS: LazyLock<Vec<(Commit, BTreeMap<String, String>)>> = LazyLock::new(|| {
    let mut all = commits();
    let rest = all.split_off(all.len() / 2);
    let each = |commits: Vec<Commit>| {
        let built = |commit: Commit| {
            let files = built(&commit.before, &commit.after);
            (commit, files)
        };
        commits.into_iter().map(built).collect::<Vec<_>>()
    };
    std::thread::scope(|scope| {
        let rest = scope.spawn(|| each(rest));
        let mut built = each(all);
        built.extend(rest.join().unwrap());
        built
    })
});

/// The headings of a page: phases, and in each the ids of its steps with their titles.
fn outline(page: &str) -> String {
    let headings = page.lines().filter(|line| line.starts_with("## Phase") || line.starts_with("### Step"));
    headings.map(|line| line.replace("## Phase: ", "").replace("### Step ", "    ") + "\n").collect()
}

fn steps(page: &str) -> Vec<&str> {
    page.lines().filter_map(|line| line.strip_prefix("### Step `")?.split_once('`').map(|(id, _)| id)).collect()
}

fn commit(name: &str) -> Commit {
    commits().into_iter().find(|commit| commit.name == name).unwrap()
}

#[test]
fn the_steps_of_ten_commits() {
    for (commit, files) in BUILDS.iter() {
        insta::assert_snapshot!(format!("steps_{}", commit.name.replace(' ', "_")), outline(&files[PAGE]));
    }
}

#[test]
fn the_pages_of_two_commits() {
    for name in ["front end added", "edge address moved"] {
        let (_, files) = BUILDS.iter().find(|(commit, _)| commit.name == name).unwrap();
        insta::assert_snapshot!(format!("page_{}", name.replace(' ', "_")), files[PAGE]);
    }
}

#[test]
fn a_page_names_files_of_its_build_and_every_file_of_a_change_is_on_it() {
    for (commit, files) in BUILDS.iter() {
        let page = &files[PAGE];
        let quoted: BTreeSet<&str> = page.split('`').skip(1).step_by(2).filter(|code| code.contains('/')).collect();
        let folders = Part::ALL.map(|part| part.folder);
        let named: BTreeSet<&str> = quoted
            .into_iter()
            .filter(|code| folders.iter().any(|folder| code.starts_with(folder)) && !code.ends_with('/'))
            .collect();
        for name in &named {
            assert!(files.contains_key(*name), "{}: {name}", commit.name);
        }
        for path in files.keys().filter(|path| path.starts_with("change/") && *path != PAGE) {
            assert!(named.contains(path.as_str()), "{}: no step names {path}", commit.name);
        }
    }
}

/// Everything that differs for a team is in the work, by its path or name.
#[test]
fn nothing_that_differs_is_left_out_of_the_work() {
    let mut checked = 0;
    for (commit, files) in BUILDS.iter() {
        let (old, new) = (compiled(&commit.before), compiled(&commit.after));
        let plans = [&old, &new].map(|side| side.plans().unwrap());
        let runbooks = plans.map(|plans| runbook(plans, &[]));
        let version = |at: usize| Version { name: "", plans: plans[at], findings: &[], whole: true, runbook: &runbooks[at] };
        let found = diff(version(0), version(1), None);
        let packets = |change: &&FirewallChange| {
            !(change.allowed.is_empty() && change.blocked.is_empty() && change.nats.is_empty() && change.settings.is_empty())
        };
        let firewalls = found.firewalls.iter().filter(packets).map(|change| change.firewall.clone());
        let balancers = found.balancers.iter().map(|change| change.balancer.clone());
        let proxies = found.proxies.iter().map(|change| change.proxy.clone());
        let zones = found.zones.iter().map(|change| change.zone.clone());
        let names = found.records.iter().map(|change| change.name.clone());
        let certificates = found.certificates.iter().map(|change| change.certificate.clone());
        let page = &files[PAGE];
        for thing in firewalls.chain(balancers).chain(proxies).chain(zones).chain(names).chain(certificates) {
            assert!(page.contains(&format!("`{thing}`")), "{}: {thing} is in no step", commit.name);
            checked += 1;
        }
    }
    assert!(checked >= 40, "{checked}");
}

#[test]
fn each_step_is_there_once_and_comes_after_what_it_waits_for() {
    for (commit, files) in BUILDS.iter() {
        let page = &files[PAGE];
        let ids = steps(page);
        let position: BTreeMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
        assert_eq!(position.len(), ids.len(), "{}", commit.name);
        let mut at = 0;
        for line in page.lines() {
            if line.starts_with("### Step `") {
                at += 1;
            }
            for name in line.strip_prefix("- **After:** ").unwrap_or_default().split('`').skip(1).step_by(2) {
                let waits_for =
                    |id: &&&str| -> bool { name.strip_suffix('*').map_or(**id == name, |prefix| id.starts_with(prefix)) };
                for earlier in ids.iter().filter(waits_for) {
                    assert!(position[earlier] < at - 1, "{}: {earlier} comes after {}", commit.name, ids[at - 1]);
                }
            }
        }
    }
}

#[test]
fn what_changes_nothing_is_no_work() {
    for name in ["file split", "formatting only", "waiver prolonged"] {
        let (_, files) = BUILDS.iter().find(|(commit, _)| commit.name == name).unwrap();
        assert_eq!(steps(&files[PAGE]), Vec::<&str>::new(), "{name}");
        assert!(files[PAGE].contains("nothing to do"), "{}", files[PAGE]);
        assert!(files.keys().all(|path| !path.starts_with("change/") || path == PAGE));
    }
}

#[test]
fn a_build_without_since_removes_the_change() {
    let folder = tempfile::tempdir().unwrap();
    let commit = commit("front end added");
    for (name, files) in [("old", &commit.before), ("new", &commit.after)] {
        fs::create_dir(folder.path().join(name)).unwrap();
        for (file, text) in files {
            fs::write(folder.path().join(name).join(file), text).unwrap();
        }
    }
    let run = |arguments: &[&str]| {
        let output = ocstopo(folder.path(), arguments);
        (output.status.code().unwrap(), both(&output))
    };
    let page = folder.path().join("out").join(PAGE);
    assert_eq!(run(&["build", "new", "-o", "out", "--since", "old"]).0, 0);
    assert!(fs::read_to_string(&page).unwrap().contains("from the version `old`"));
    assert_eq!(run(&["build", "new", "-o", "out", "--since", "old", "--check"]).0, 0);
    assert_eq!(run(&["build", "new", "-o", "out"]).0, 0);
    assert!(!page.exists());
    assert_eq!(run(&["build", "new", "-o", "out", "--only", "change", "--since", "old"]).0, 0);
    assert!(page.exists());
    fs::write(folder.path().join("old/voice.ocstopo"), "voice {\n").unwrap();
    let answers = [
        run(&["build", "new", "-o", "out", "--since", "old"]),
        run(&["build", "new", "-o", "out", "--since", "older"]),
        run(&["build", "new", "-o", "out", "--only", "change"]),
        run(&["build", "new", "-o", "out", "--only", "dns", "--since", "old"]),
    ];
    insta::assert_snapshot!(answers.map(|(code, text)| format!("{code}: {text}")).concat());
}

#[test]
fn from_a_version_with_errors_nothing_is_built() {
    let commit = commit("front end added");
    let mut broken = commit.before.clone();
    broken[0].1 += "\nsite {";
    let (old, new) = (compiled(&broken), compiled(&commit.after));
    let templates = crate::support::templates();
    let since = Some(Since { name: "main", compiled: &old });
    let options =
        BuildOptions { only: &[], dialects: &[], serial: None, lines: false, templates, since, team: None, renewal: None };
    assert_eq!(build(&new, &options).unwrap_err(), BuildError::Refused(Refusal::SinceErrors));
}
