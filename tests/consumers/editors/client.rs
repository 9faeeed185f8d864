//! The language server under Node.js's client of the protocol.

use serde_json::json;

use super::node;
use crate::support::copy_example;

#[test]
fn a_hundred_edits_of_another_client_say_what_check_says() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().canonicalize().unwrap().join("topology");
    copy_example("standard-edition-edge", &folder, |_| {});
    let file = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| std::fs::read_to_string(path).unwrap().contains("\n  network "))
        .expect("a file with networks");
    let jobs = json!({ "program": env!("CARGO_BIN_EXE_ocstopo"), "folder": folder, "file": file.file_name().unwrap().to_str() });
    let faults: Vec<String> = node(work.path(), "client.js", jobs);
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
