//! What is in `editors/`, and the language server, in programs that editors consist of: Neovim, the libraries of VS Code, vsce, and
//! Node.js's client of the protocol.

mod client;
mod colours;
mod extension;
mod grammar;
mod neovim;
mod textmate;
mod texts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::support::{both, root};

/// The tools from npm that `tests/run` installs.
fn modules() -> PathBuf {
    let modules = root().join("target/judges/vscode/node_modules");
    assert!(modules.exists(), "{} is not there: tests/run installs it, and this test is never skipped", modules.display());
    modules
}

/// Runs a script of this folder in Node.js; it reads its jobs from a file and writes results to another.
fn node<T: DeserializeOwned>(work: &Path, script: &str, mut jobs: Value) -> T {
    let results = work.join(format!("{script}.results.json"));
    jobs["modules"] = Value::from(modules().to_str().unwrap());
    jobs["results"] = Value::from(results.to_str().unwrap());
    let file = work.join(format!("{script}.jobs.json"));
    fs::write(&file, jobs.to_string()).unwrap();
    let script = root().join("tests/consumers/editors").join(script);
    let said = Command::new("node").arg(script).arg(&file).output().expect("node is installed: see tests/run");
    assert!(said.status.success(), "{}", both(&said));
    serde_json::from_slice(&fs::read(&results).unwrap()).unwrap()
}

/// Runs a script of this folder in Neovim, which has a home of its own; the script reads the file JOBS and writes the file RESULTS.
fn nvim<T: DeserializeOwned>(work: &Path, script: &str, jobs: &Value) -> T {
    let [file, results] = ["jobs", "results"].map(|name| work.join(format!("{script}.{name}.json")));
    fs::write(&file, jobs.to_string()).unwrap();
    let script = root().join("tests/consumers/editors").join(script);
    let mut nvim = Command::new("nvim");
    nvim.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-S"]).arg(script).current_dir(work);
    let home = ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"];
    let said = nvim.envs(home.map(|name| (name, work))).env("JOBS", &file).env("RESULTS", &results).output().unwrap();
    let written = fs::read_to_string(&results).unwrap_or_default();
    serde_json::from_str(&written).unwrap_or_else(|error| panic!("{error}: {written}\n{}", both(&said)))
}
