//! What a person at a terminal is told: words, codes, completions, manual pages, the version, and tips for the words of other tools.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};

use crate::support::running::Running;
use crate::support::{both, ocstopo, root};

fn said(arguments: &[&str]) -> (i32, String, String) {
    let output = ocstopo(&root(), arguments);
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (output.status.code().unwrap(), text(&output.stdout), text(&output.stderr))
}

fn answered(arguments: &[&str]) -> String {
    let (code, output, messages) = said(arguments);
    assert_eq!((code, messages.as_str()), (0, ""), "{arguments:?}");
    output
}

#[test]
fn a_code_is_found_by_its_digits() {
    let whole = answered(&["explain", "OCS0607"]);
    for word in ["607", "0607", "ocs0607", "OCS607", "av-edge-public-address"] {
        assert_eq!(answered(&["explain", word]), whole, "{word}");
    }
}

#[test]
fn a_family_is_a_list() {
    let family = answered(&["explain", "OCS06"]);
    assert!(family.lines().count() > 20 && family.lines().all(|line| line.starts_with("OCS06")), "{family}");
    assert_eq!(answered(&["explain", "06"]), family);
    let narrow = answered(&["explain", "OCS097"]);
    assert!(narrow.lines().count() > 1 && narrow.lines().all(|line| line.starts_with("OCS097")), "{narrow}");
    let json: serde_json::Value = serde_json::from_str(&answered(&["explain", "OCS06", "--format", "json"])).unwrap();
    assert_eq!(json["codes"].as_array().unwrap().len(), family.lines().count());
}

/// The pages of `docs/` and the terminal say the same.
#[test]
fn words_are_explained_as_on_their_pages() {
    for word in ["site", "front_end", "edge-array", "network"] {
        let kind = word.replace('-', "_");
        let page = std::fs::read_to_string(root().join(format!("docs/language/{kind}.md"))).unwrap();
        let section = answered(&["schema", &kind, "--format", "markdown"]);
        let (heading, said) = section.split_once('\n').unwrap();
        assert!(heading == format!("### `{kind}`") && page.contains(said.trim()), "{word}");
        assert!(answered(&["explain", word, "--format", "markdown"]).starts_with(&section), "{word}");
    }
    let zone = answered(&["explain", "network.zone"]);
    assert!(zone.starts_with("### `zone` in `network`\n") && zone.contains("`perimeter`"), "{zone}");
    assert_eq!(answered(&["schema", "network.zone"]), zone);
    assert!(answered(&["explain", "nftables"]).contains("`firewall.dialect`"));
    assert!(answered(&["explain", "P01a"]).starts_with("### P01a"));
    let json: serde_json::Value = serde_json::from_str(&answered(&["schema", "site", "--format", "json"])).unwrap();
    assert_eq!(json["blocks"][0]["kind"], "site");
}

#[test]
fn misspelt_words_have_a_way_out() {
    for (arguments, way_out) in [
        (&["explain", "netwrk"][..], "did you mean `network`?"),
        (&["explain", "av-edge-public-adress"], "did you mean `av-edge-public-address`?"),
        (&["explain", "9999"], "`ocstopo explain --all` lists all codes"),
        (&["explain", "site", "--example", "bad"], "only rules have example topologies"),
        (&["schema", "sit"], "did you mean `site`?"),
        (&["schema", "network.zon"], "did you mean `network.zone`?"),
        (&["schema", "snat_addresses"], "`ocstopo schema load_balancer.snat_addresses`"),
        (&["man", "chek"], "the commands are new, design, check"),
        (&["lint"], "`ocstopo check` checks a topology"),
        (&["validate"], "`ocstopo check` checks a topology"),
        (&["format"], "`ocstopo fmt` formats files"),
        (&["plan"], "--check` lists the files that a build would change"),
        (&["init"], "`ocstopo new` writes a first topology"),
    ] {
        let (code, output, messages) = said(arguments);
        assert_eq!((code, output.as_str()), (2, ""), "{arguments:?}");
        assert!(messages.contains(way_out), "{arguments:?}: {messages}");
    }
}

/// The names of all commands, those below others with a blank.
fn commands() -> Vec<String> {
    crate::docs::commands(&answered(&["--help"]))
}

#[test]
fn every_shell_completes_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = answered(&["completions", shell]);
        for command in commands() {
            assert!(script.contains(&command), "{shell}: {command}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let written = ocstopo(&root(), &["man", "-o", folder.path().to_str().unwrap()]);
    assert!(written.status.success(), "{}", both(&written));
    let page = |name: &str| std::fs::read_to_string(Path::new(folder.path()).join(name)).unwrap();
    assert!(page("ocstopo.1").contains(".SH SUBCOMMANDS"));
    for command in commands() {
        let text = page(&format!("ocstopo-{command}.1"));
        assert!(text.contains(".SH SYNOPSIS"), "{command}");
        assert_eq!(text, answered(&["man", &command]));
    }
    assert_eq!(page("ocstopo-catalog-show.1"), answered(&["man", "catalog", "show"]));
}

#[test]
fn the_version_names_the_catalogues() {
    let version = answered(&["--version"]);
    assert!(version.starts_with(concat!("ocstopo ", env!("CARGO_PKG_VERSION"))), "{version}");
    for product in ["ocs_2007", "ocs_2007_r2"] {
        assert!(version.contains(&format!("\ncatalogue {product}: ")), "{version}");
    }
    assert_eq!(version, answered(&["-V"]));
}

/// A folder with the topology of Contoso.
fn contoso() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in ["organization", "redmond", "dublin", "voice"] {
        let name = format!("{file}.ocstopo");
        std::fs::copy(root().join("examples/contoso").join(&name), folder.path().join(&name)).unwrap();
    }
    folder
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{file} has no {from}");
    std::fs::write(path, text.replacen(from, to, 1)).unwrap();
}

/// One file of a topology is judged with the others beside it: it lacks nothing.
#[test]
fn a_file_of_a_topology_is_a_part_of_it() {
    let folder = contoso();
    let whole = ocstopo(folder.path(), &["check", "dublin.ocstopo"]);
    assert_eq!(whole.status.code(), Some(0), "{}", both(&whole));
    let text =
        "no findings in 1 file\nthis is one file of 4, and the others have no findings; `ocstopo check .` checks them all\n";
    assert_eq!(both(&whole), text);

    edit(folder.path(), "dublin.ocstopo", "domain = corp\n", "domain = crop\n");
    let own = ocstopo(folder.path(), &["check", "dublin.ocstopo", "--format", "short"]);
    assert_eq!((own.status.code(), both(&own).lines().count()), (Some(1), 1), "{}", both(&own));
    assert!(both(&own).contains("dublin.ocstopo:5:"), "{}", both(&own));
    let other = ocstopo(folder.path(), &["check", "redmond.ocstopo", "voice.ocstopo"]);
    assert_eq!(other.status.code(), Some(0), "{}", both(&other));
    let text = "no findings in 2 files; rules about missing parts are checked after all errors are corrected\nthese are 2 \
                files of 4, and the others have 1 finding; `ocstopo check .` checks them all\n";
    assert_eq!(both(&other), text);
    let fixed = ocstopo(folder.path(), &["check", "--fix", "dublin.ocstopo"]);
    assert_eq!(fixed.status.code(), Some(2), "{}", both(&fixed));
    assert!(both(&fixed).contains("pass the folder, `.`"), "{}", both(&fixed));
}

#[test]
fn several_folders_are_several_topologies_and_files_are_one() {
    let two = ocstopo(&root(), &["check", "examples/fabrikam", "examples/contoso"]);
    assert_eq!(two.status.code(), Some(0), "{}", both(&two));
    assert_eq!(both(&two).matches("no findings in ").count(), 2, "{}", both(&two));
    let json = ocstopo(&root(), &["check", "examples/fabrikam", "examples/contoso", "--format", "json"]);
    assert_eq!(json.status.code(), Some(2), "{}", both(&json));
    let folder = contoso();
    let all = ["check", "voice.ocstopo", "dublin.ocstopo", "redmond.ocstopo", "organization.ocstopo"];
    let files = ocstopo(folder.path(), &all);
    assert!(files.status.success() && both(&files).contains("no findings in 4 files"), "{}", both(&files));
}

/// A file that cannot be read is a finding, and the others are checked all the same.
#[test]
fn an_unreadable_file_is_a_finding_of_its_own() {
    let folder = contoso();
    let text = std::fs::read_to_string(folder.path().join("voice.ocstopo")).unwrap();
    let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    std::fs::write(folder.path().join("voice.ocstopo"), wide).unwrap();
    let said = ocstopo(folder.path(), &["check", "--format", "short"]);
    assert_eq!((said.status.code(), both(&said).lines().count()), (Some(1), 1), "{}", both(&said));
    assert!(both(&said).starts_with("voice.ocstopo:1:1: error[OCS0073]: this file cannot be read"), "{}", both(&said));
    edit(folder.path(), "dublin.ocstopo", "address           = 10.20.0.11", "address           = 10.20.0.300");
    let said = ocstopo(folder.path(), &["check"]);
    assert!(both(&said).contains("UTF-8 expected, this is UTF-16") && both(&said).contains("10.20.0.300"), "{}", both(&said));
}

/// A person edits, and reads the new findings; Ctrl-C ends it.
#[test]
fn watching_checks_again_after_each_change() {
    let folder = contoso();
    // Tests that run in the background ignore the interrupt of the keyboard, and so would the programs that they start.
    let child = Command::new("env")
        .args(["--default-signal=INT", env!("CARGO_BIN_EXE_ocstopo"), "check", "--watch", "."])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut running = Running::new(child);
    let mut lines = BufReader::new(running.child().stdout.take().unwrap()).lines().map(Result::unwrap);
    let mut summary = || lines.by_ref().find(|line| line.contains(" in 4 files")).unwrap();
    assert!(summary().starts_with("no findings"));
    edit(folder.path(), "dublin.ocstopo", "domain = corp\n", "domain = crop\n");
    assert!(summary().starts_with("1 error"));
    edit(folder.path(), "dublin.ocstopo", "domain = crop\n", "domain = corp\n");
    assert!(summary().starts_with("no findings"));
    let id = i32::try_from(running.child().id()).unwrap();
    kill_process(Pid::from_raw(id).unwrap(), Signal::INT).unwrap();
    let status = running.child().wait().unwrap();
    #[cfg(unix)]
    assert_eq!(std::os::unix::process::ExitStatusExt::signal(&status), Some(2));
}
