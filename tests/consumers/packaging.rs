//! What a release says of the crates in its program: the scripts of `packaging/` run by Python on what cargo writes.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::support::{both, root, text};

/// A crate as cargo-cyclonedx lists it.
fn component(name: &str) -> Value {
    json!({"name": name, "version": "1.0.0", "bom-ref": format!("registry+index#{name}@1.0.0"), "scope": "required"})
}

/// As cargo-cyclonedx writes it in a folder: `tests` is used by the tests of the workspace alone.
fn listed(folder: &str) -> Value {
    let own = format!("path+file://{folder}#0.1.0");
    let on = |names: &[&str]| names.iter().map(|name| format!("registry+index#{name}@1.0.0")).collect::<Vec<_>>();
    json!({
        "bomFormat": "CycloneDX",
        "metadata": {"component": {
            "name": "ocstopo", "version": "0.1.0", "bom-ref": own, "purl": "pkg:cargo/ocstopo@0.1.0?download_url=file://.",
            "components": [{"bom-ref": format!("{own} bin-target-0"), "name": "ocstopo", "version": "0.1.0"}],
        }},
        "components": [component("inside"), component("builds"), component("tests")],
        "dependencies": [
            {"ref": own, "dependsOn": on(&["inside", "tests"])},
            {"ref": "registry+index#inside@1.0.0", "dependsOn": on(&["builds"])},
            {"ref": "registry+index#builds@1.0.0"},
            {"ref": "registry+index#tests@1.0.0", "dependsOn": on(&["inside"])},
        ],
    })
}

/// The checksum of "program".
const PROGRAM_SHA256: &str = "1310ca2c8932dbd118668bd97442558a3e1f546b5e15c69699dfbd6024f548d8";

fn sbom(folder: &str, used: &str) -> Output {
    let files = tempfile::tempdir().unwrap();
    let write = |name: &str, content: &str| {
        let path = files.path().join(name);
        fs::write(&path, content).unwrap();
        path
    };
    let mut python = Command::new("python3");
    python.arg(root().join("packaging/sbom.py")).arg(write("workspace.json", &listed(folder).to_string()));
    python.arg(write("used", used)).arg(write("compiled", "ocstopo v0.1.0 (/a)\ninside v1.0.0\n"));
    python.arg(write("program", "program")).arg("a-target").output().unwrap()
}

#[test]
fn an_sbom_has_the_crates_of_the_program_and_no_folder() {
    let used = "ocstopo v0.1.0 (/a)\ninside v1.0.0\nbuilds v1.0.0 (proc-macro)\ninside v1.0.0 (*)\n";
    let output = sbom("/a", used);
    assert!(output.status.success(), "{}", both(&output));
    assert_eq!(output.stdout, sbom("/another/folder", used).stdout);
    let read: Value = serde_json::from_slice(&output.stdout).unwrap();
    let scopes: Vec<_> = read["components"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| [&one["name"], &one["scope"]].map(|word| word.as_str().unwrap()))
        .collect();
    assert_eq!(scopes, [["inside", "required"], ["builds", "excluded"]]);
    let own = &read["metadata"]["component"];
    assert_eq!((&own["purl"], &own["components"]), (&json!("pkg:generic/ocstopo@0.1.0"), &Value::Null));
    assert_eq!(read["metadata"]["properties"], json!([{"name": "cdx:rustc:sbom:target:triple", "value": "a-target"}]));
    assert_eq!(own["hashes"], json!([{"alg": "SHA-256", "content": PROGRAM_SHA256}]));
    assert_eq!(
        read["dependencies"],
        json!([
            {"ref": "ocstopo@0.1.0", "dependsOn": ["registry+index#inside@1.0.0"]},
            {"ref": "registry+index#inside@1.0.0", "dependsOn": ["registry+index#builds@1.0.0"]},
            {"ref": "registry+index#builds@1.0.0", "dependsOn": []},
        ])
    );
    let output = sbom("/a", "ocstopo v0.1.0 (/a)\ninside v1.0.0\nunlisted v2.0.0\n");
    assert!(!output.status.success() && both(&output).contains("does not list [('unlisted', '2.0.0')]"), "{}", both(&output));
}

#[test]
fn the_licences_of_the_crates_are_handed_on() {
    let folder = tempfile::tempdir().unwrap();
    let package = |name: &str, files: &[(&str, &str)]| {
        let own = folder.path().join(name);
        fs::create_dir_all(own.join("c_src")).unwrap();
        for (file, content) in files {
            fs::write(own.join(file), content).unwrap();
        }
        json!({
            "name": name, "version": "1.0.0", "source": "registry+index", "license": "MIT", "authors": ["A <a@example.com>"],
            "repository": "https://example.com", "manifest_path": own.join("Cargo.toml"),
        })
    };
    let mut ours = package("ocstopo", &[("LICENSE", "ours")]);
    ours["source"] = Value::Null;
    let metadata = json!({"packages": [
        package("one", &[("LICENSE-MIT", "Copyright one"), ("license.rs", "no text"), ("c_src/COPYING", "of the C code")]),
        package("two", &[("licence.txt", "Copyright one\r\n")]),
        package("three", &[]),
        package("tests", &[("LICENSE", "not compiled in")]),
        ours,
    ]});
    let (from, compiled) = (folder.path().join("metadata"), folder.path().join("compiled"));
    fs::write(&from, metadata.to_string()).unwrap();
    fs::write(&compiled, "ocstopo v1.0.0 (/a)\none v1.0.0\ntwo v1.0.0\nthree v1.0.0\n").unwrap();
    let mut python = Command::new("python3");
    python.arg(root().join("packaging/notices.py")).arg(text(&compiled)).stdin(fs::File::open(from).unwrap());
    let said = both(&python.output().unwrap());
    let parts: Vec<&str> = said.split(&format!("\n{}\n", "=".repeat(80))).collect();
    let line = "-".repeat(80);
    assert_eq!(
        parts[1..],
        [
            format!("one 1.0.0 (MIT)\n{line}\nof the C code\n"),
            format!("one 1.0.0 (MIT)\ntwo 1.0.0 (MIT)\n{line}\nCopyright one\n"),
            "Crates without a text of their own:\nthree 1.0.0 (MIT), by A <a@example.com>: https://example.com\n".to_owned(),
        ],
        "{said}"
    );
}
