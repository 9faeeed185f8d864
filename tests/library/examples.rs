//! The examples are what we would show: they have no findings and canonical layout, and build as the README promises:
//! the same bytes again, all or nothing, and without changes to foreign files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;
use std::time::SystemTime;

use crate::support::{EXAMPLES, Example, MODELS, both, copy_example, ocstopo, read_tree, root};
use ocstopo::compile::{CompileOptions, Compiled, compile};
use ocstopo::diag::Severity;
use ocstopo::io::read_topology;
use ocstopo::lower::Decl;
use tempfile::TempDir;

/// A copy of an example beside an output folder.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn of(example: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy_example(example, &folder.path().join("topology"), |_| ());
        Self { folder }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        ocstopo(self.folder.path(), arguments)
    }

    fn build(&self, more: &[&str]) -> Output {
        self.run(&[&["build", "topology", "-o", "out"], more].concat())
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    /// Every file of the output with its text and the moment it was written.
    fn state(&self) -> BTreeMap<String, (String, SystemTime)> {
        let written = |path: &str| fs::metadata(self.out().join(path)).and_then(|data| data.modified()).expect("a time");
        read_tree(&self.out()).into_iter().map(|(path, text)| (path.clone(), (text, written(&path)))).collect()
    }

    /// Changes the first file that holds `from`.
    fn edit(&self, from: &str, to: &str) {
        let topology = self.folder.path().join("topology");
        let files = read_tree(&topology);
        let (path, text) = files.iter().find(|(_, text)| text.contains(from)).unwrap_or_else(|| panic!("no file holds {from}"));
        fs::write(topology.join(path), text.replacen(from, to, 1)).expect("a file");
    }
}

fn code(said: &Output) -> i32 {
    said.status.code().expect("it ended by itself")
}

#[test]
fn every_folder_is_judged() {
    let folders = fs::read_dir(root().join("examples")).expect("examples").map(|entry| entry.expect("an entry").file_name());
    let mut folders: Vec<String> = folders.map(|name| name.to_string_lossy().into_owned()).collect();
    folders.sort();
    assert_eq!(folders, EXAMPLES);
}

/// The rows of the table below a heading of an example's README, by cell; none where there is no table.
fn listed(example: &str, heading: &str) -> Vec<Vec<String>> {
    let page = fs::read_to_string(root().join("examples").join(example).join("README.md")).expect("a README");
    let mut lines = page.lines().skip_while(|line| *line != heading).skip(1).take_while(|line| !line.starts_with('#')).peekable();
    assert!(lines.peek().is_some(), "{example}: no `{heading}`");
    let rows = lines.filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn compiled(example: &str) -> Compiled {
    compile(read_topology(&root().join("examples").join(example), "stdin").expect("an example"), &CompileOptions::default())
}

#[test]
fn every_example_has_the_findings_that_its_readme_lists() {
    for name in EXAMPLES {
        let compiled = compiled(name);
        assert!(compiled.linted, "{name}");
        let topology = compiled.plans().expect("a topology").topology;
        assert!(topology.organization.sample, "{name} has names that belong to no one");
        let found: Vec<String> = compiled.diags.iter().map(|diag| format!("{} {}", diag.code, diag.severity.word())).collect();
        let rows = listed(name, "## Findings");
        let expected: Vec<String> = rows.iter().map(|row| format!("{} {}", row[0], row[1])).collect();
        assert_eq!(found, expected, "{name}: found, and told in the README");
        assert!(rows.iter().all(|row| row[2].len() > 40), "{name}: each has its reason");
        assert!(compiled.diags.iter().all(|diag| diag.severity != Severity::Error), "{name}");
        // The README shows the exit code of the command.
        let said = ocstopo(&root(), &["check", &format!("examples/{name}"), "--deny", "notes", "--format", "short"]);
        assert_eq!(code(&said), i32::from(!expected.is_empty()), "{name}:\n{}", both(&said));
        assert!(rows.iter().all(|row| both(&said).contains(&format!("{}[{}]", row[1], row[0]))), "{name}:\n{}", both(&said));
    }
}

/// Counts the blocks of computers, by kind, and by parent where two kinds share a word.
fn computers(decl: &Decl, parent: &str, counts: &mut BTreeMap<String, usize>) {
    if decl.is_written("address") || (decl.is_written("inside") && decl.kind() != "static_nat") {
        let shared = decl.kind() == "server";
        let name = if shared { format!("`server` of `{parent}`") } else { format!("`{}`", decl.kind()) };
        *counts.entry(name).or_default() += 1;
    }
    decl.children.iter().for_each(|child| computers(child, decl.kind(), counts));
}

#[test]
fn every_example_has_as_many_servers_as_its_readme_says() {
    for name in EXAMPLES {
        let mut counts = BTreeMap::new();
        compiled(name)
            .resolved
            .expect("a topology")
            .topology
            .decls
            .blocks
            .iter()
            .for_each(|decl| computers(decl, "", &mut counts));
        let rows = listed(name, "## Servers");
        let expected: BTreeMap<String, usize> =
            rows.iter().map(|row| (row[0].clone(), row[1].parse().expect("a number"))).collect();
        assert_eq!(counts, expected, "{name}: declared, and told in the README");
        assert_eq!(rows.len(), expected.len(), "{name}: a row for each");
    }
}

#[test]
fn a_mistake_in_an_example_is_detected() {
    let copy = Copy::of("contoso");
    copy.edit("nat            = snat", "nat            = dnat");
    copy.edit("vip           = 10.10.0.20", "vip           = 10.10.0.11");
    let said = copy.run(&["check", "topology", "--format", "short"]);
    assert_eq!(code(&said), 1, "{}", both(&said));
    assert!(both(&said).contains("error["), "{}", both(&said));
}

#[test]
fn all_examples_have_canonical_layout() {
    for name in EXAMPLES {
        let said = ocstopo(&root(), &["fmt", "--check", &format!("examples/{name}")]);
        assert_eq!(code(&said), 0, "{name}:\n{}", both(&said));
    }
    let copy = Copy::of("fabrikam");
    copy.edit("  product     = ocs_2007", " product=ocs_2007");
    let said = copy.run(&["fmt", "--check", "topology"]);
    assert_eq!(code(&said), 1, "{}", both(&said));
}

#[test]
fn layout_changes_no_artifact() {
    for name in MODELS {
        let copy = Copy::of(name);
        assert_eq!(code(&copy.build(&[])), 0);
        let topology = copy.folder.path().join("topology");
        for (path, text) in read_tree(&topology) {
            let spread: String = text.lines().map(|line| format!("\t{}  \r\n", line.trim())).collect();
            fs::write(topology.join(path), spread).expect("a file");
        }
        let said = copy.build(&["--check"]);
        assert_eq!(code(&said), 0, "{name}, with other blanks:\n{}", both(&said));
        assert_eq!(code(&copy.run(&["fmt", "topology"])), 0);
        let said = copy.build(&["--check"]);
        assert_eq!(code(&said), 0, "{name}, laid out again:\n{}", both(&said));
        let said = copy.run(&["fmt", "--check", "topology"]);
        assert_eq!(code(&said), 0, "{name}: the layout is its own:\n{}", both(&said));
    }
}

#[test]
fn building_twice_gives_the_same_bytes() {
    for name in MODELS {
        let (first, second) = (Example::build(name), Example::build(name));
        assert!(first.files == second.files, "{name}");
        assert!(first.files.len() > 20, "{name}: {}", first.files.len());
        let copy = Copy::of(name);
        assert_eq!(code(&copy.build(&[])), 0);
        let before = copy.state();
        assert_eq!(code(&copy.build(&[])), 0);
        let texts = |state: BTreeMap<String, (String, SystemTime)>| -> BTreeMap<String, String> {
            state.into_iter().map(|(path, (text, _))| (path, text)).collect()
        };
        let (before, after) = (texts(before), texts(copy.state()));
        assert!(before == after, "{name}: in place");
        assert!(after == first.files, "{name}: wherever it is built");
    }
}

#[test]
fn check_reports_whether_the_output_is_up_to_date() {
    for name in MODELS {
        let copy = Copy::of(name);
        assert_eq!(code(&copy.build(&["--check"])), 1, "{name}: nothing is built yet");
        assert!(!copy.out().exists(), "{name}: a check writes nothing");
        assert_eq!(code(&copy.build(&[])), 0);
        let before = copy.state();
        let said = copy.build(&["--check"]);
        assert_eq!(code(&said), 0, "{name}:\n{}", both(&said));
        copy.edit("\"hostmaster.", "\"dnsmaster.");
        let said = copy.build(&["--check"]);
        assert_eq!(code(&said), 1, "{name}:\n{}", both(&said));
        assert!(both(&said).contains(".zone"), "{name}: it names what is old:\n{}", both(&said));
        assert!(copy.state() == before, "{name}: a check writes nothing");
        assert_eq!(code(&copy.build(&[])), 0);
        assert_eq!(code(&copy.build(&["--check"])), 0, "{name}");
    }
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

#[test]
fn foreign_files_survive_and_obsolete_ones_are_removed() {
    let copy = Copy::of("contoso");
    let foreign =
        ["notes.txt", "pki/redmond-rp-listener/request.key", "pki/mine/request.cnf", "network/firewall/redmond-outer/local.nft"];
    for path in foreign {
        write(&copy.out().join(path), "mine\n");
    }
    assert_eq!(code(&copy.build(&[])), 2, "a folder of others is not filled by a slip");
    assert_eq!(code(&copy.build(&["--force"])), 0);
    assert!(copy.out().join("pki/redmond-gw02-default/redmond-gw02-default.cnf").exists());
    // The second gateway is removed, and with it its Mediation Server's way to the telephone network over TLS.
    copy.edit("gw02 { address = 10.10.8.72  transport = tls", "gw02 { address = 10.10.8.72  transport = tcp");
    let said = copy.build(&[]);
    assert_eq!(code(&said), 0, "{}", both(&said));
    assert!(!copy.out().join("pki/redmond-gw02-default").exists(), "a certificate that nothing presents any more");
    for path in foreign {
        assert_eq!(fs::read_to_string(copy.out().join(path)).expect("it is there"), "mine\n", "{path}");
    }
    let listed = fs::read_to_string(copy.out().join("manifest.json")).expect("a manifest");
    assert!(!listed.contains("notes.txt") && !listed.contains("request.key"));
}

#[test]
fn a_foreign_file_is_not_overwritten() {
    let copy = Copy::of("fabrikam");
    write(&copy.out().join("dns/external/fabrikam.com.zone"), "; the zone that is live\n");
    let before = copy.state();
    let said = copy.build(&[]);
    assert_ne!(code(&said), 0, "{}", both(&said));
    assert!(both(&said).contains("fabrikam.com.zone"), "{}", both(&said));
    assert!(copy.state() == before, "all or nothing");
}

#[test]
fn a_failing_build_leaves_the_earlier_output() {
    for name in MODELS {
        for (what, from, to) in [
            ("an error of the language", "sample ", "sampel "),
            ("a text that is not in the language", "hostmaster  ", "{{ = "),
            ("a reference to nobody", "automatic_sign_in = true", "automatic_sign_in = true\n    av_edge = nobody"),
        ] {
            let copy = Copy::of(name);
            assert_eq!(code(&copy.build(&[])), 0);
            let before = copy.state();
            copy.edit(from, to);
            for check in [&[] as &[&str], &["--check"], &["--only", "dns"], &["--force"]] {
                let said = copy.build(check);
                assert_eq!(code(&said), 1, "{name}, {what} {check:?}:\n{}", both(&said));
                assert!(copy.state() == before, "{name}, {what} {check:?}");
            }
        }
    }
}

#[test]
fn a_failing_disk_leaves_the_earlier_output() {
    let copy = Copy::of("fabrikam");
    assert_eq!(code(&copy.build(&[])), 0);
    copy.edit("\"hostmaster.", "\"dnsmaster.");
    // A folder is in the place of the manifest.
    fs::remove_file(copy.out().join("manifest.json")).expect("it was there");
    fs::create_dir(copy.out().join("manifest.json")).expect("a folder");
    let before = copy.state();
    let said = copy.build(&["--force"]);
    assert_eq!(code(&said), 2, "{}", both(&said));
    assert!(copy.state() == before, "all or nothing");
}
