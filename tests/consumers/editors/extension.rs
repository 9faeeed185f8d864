//! The extension of VS Code: bundled by esbuild, packaged by vsce, loaded as VS Code does.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{modules, node};
use crate::support::{both, read_tree, root, succeed, text};

fn manifest() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("editors/vscode/package.json")).unwrap()).unwrap()
}

/// Copies what is in git, and makes the package as its script does. No registry is asked.
fn packaged(work: &Path) -> std::path::PathBuf {
    let folder = work.join("editors/vscode");
    for name in read_tree(&root().join("editors/vscode")).into_keys().filter(|name| !name.starts_with("node_modules/")) {
        let to = folder.join(&name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::copy(root().join("editors/vscode").join(&name), to).unwrap();
    }
    for name in ["LICENSE", "LICENSE-APACHE", "LICENSE-MIT"] {
        fs::copy(root().join(name), work.join(name)).unwrap();
    }
    std::os::unix::fs::symlink(modules(), folder.join("node_modules")).unwrap();
    let path = format!("{}:{}", text(&modules().join(".bin")), std::env::var("PATH").unwrap());
    let script = manifest()["scripts"]["package"]
        .as_str()
        .unwrap()
        .replace("npm run bundle", manifest()["scripts"]["bundle"].as_str().unwrap());
    let said = Command::new("sh").args(["-c", &script]).current_dir(&folder).env("PATH", path).output().unwrap();
    assert!(said.status.success(), "{}", both(&said));
    folder
}

/// What a person meets whose computer has no `ocstopo`.
#[derive(Deserialize)]
struct Met {
    program: String,
    found: Vec<String>,
    said: Vec<Vec<String>>,
}

#[test]
fn vsce_packages_the_extension_and_it_finds_the_program() {
    let work = tempfile::tempdir().unwrap();
    let folder = packaged(work.path());
    let package = folder.join(format!("ocstopo-{}.vsix", manifest()["version"].as_str().unwrap()));
    let listed = succeed("python3", &["-m", "zipfile", "-l", text(&package)]);
    let mut files: Vec<&str> =
        listed.lines().filter_map(|line| line.strip_prefix("extension/")?.split_whitespace().next()).collect();
    files.sort_unstable();
    let expected = [
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "LICENSE.txt",
        "dist/extension.js",
        "language-configuration.json",
        "package.json",
        "readme.md",
        "snippets/ocstopo.json",
        "syntaxes/ocstopo.tmLanguage.json",
    ];
    assert_eq!(files, expected);
    let size = fs::metadata(&package).unwrap().len();
    assert!(size < 200_000, "{size}");

    let own = work.path().join("own");
    fs::create_dir(&own).unwrap();
    let jobs = json!({ "bundle": folder.join("dist/extension.js"), "source": folder.join("src"), "work": own });
    let Met { program, found, said } = node(work.path(), "extension.js", jobs);
    assert_eq!(found, [program.as_str(), &program, "", ""]);
    let begins = |with: &str| said.iter().filter(|line| line[0].starts_with(with)).count();
    assert_eq!(begins("`ocstopo` is not in the PATH. To install it, run `cargo install --locked --path .`"), 1, "{said:#?}");
    assert_eq!(begins("`/nowhere/ocstopo` of the setting `ocstopo.path` is not a program"), 1, "{said:#?}");
    assert_eq!(begins("cargo install --locked --path ."), 2, "the first choice copies the line: {said:#?}");
    assert_eq!(begins("ocstopo.restart"), 2, "{said:#?}");
}

/// Files that VS Code reads as they are.
#[test]
fn the_files_that_the_manifest_names_are_there() {
    let manifest = manifest();
    let contributes = &manifest["contributes"];
    let named =
        [&contributes["languages"][0]["configuration"], &contributes["grammars"][0]["path"], &contributes["snippets"][0]["path"]];
    for path in named.map(|path| path.as_str().expect("a path")) {
        let file = root().join("editors/vscode").join(path);
        let _: Value =
            serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{path}: {error}"));
    }
    // The settings that the client passes on are those that the server reads.
    let client = fs::read_to_string(root().join("editors/vscode/src/extension.js")).unwrap();
    let server = fs::read_to_string(root().join("src/lsp/capability.rs")).unwrap();
    let settings = contributes["configuration"]["properties"].as_object().unwrap().keys();
    for setting in
        settings.filter_map(|name| name.strip_prefix("ocstopo.")).filter(|name| !["path", "trace.server"].contains(name))
    {
        assert!(client.contains(&format!("'{setting}'")) && server.contains(&format!("\"{setting}\"")), "{setting}");
    }
}
