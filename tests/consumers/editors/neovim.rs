//! The language server in Neovim, set up as docs/editors.md says: it shows a finding and proposals.

use std::fs;

use serde::Deserialize;
use serde_json::json;

use super::nvim;
use crate::support::{copy_example, root};

/// What Neovim shows.
#[derive(Deserialize)]
struct Shown {
    filetype: String,
    /// How many servers run for two files.
    servers: usize,
    findings: Vec<Finding>,
    /// How many marks of findings the text has.
    shown: usize,
    /// Whether the menu of proposals was open.
    menu: bool,
    proposals: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Finding {
    line: usize,
    code: String,
    message: String,
}

/// The configuration for Neovim of the page, up to version 0.10, with the program that is tested.
fn init() -> String {
    let page = fs::read_to_string(root().join("docs/editors.md")).unwrap();
    let own = page.split("```lua\n").filter_map(|rest| rest.split("```").next()).find(|block| block.contains("start_client"));
    let own = own.expect("the configuration for Neovim from 0.7");
    assert!(own.contains("\"ocstopo\", \"lsp\""), "{own}");
    own.replace("\"ocstopo\", \"lsp\"", &format!("\"{}\", \"lsp\"", env!("CARGO_BIN_EXE_ocstopo")))
}

#[test]
fn neovim_shows_a_finding_and_proposals() {
    let work = tempfile::tempdir().unwrap();
    let folder = work.path().canonicalize().unwrap().join("topology");
    copy_example("standard-edition", &folder, |_| {});
    let file = folder.join("organization.ocstopo");
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line.starts_with("organization ")).expect("an organization") + 2;
    let own = work.path().join("init.lua");
    fs::write(&own, init()).unwrap();
    let jobs = json!({ "init": own, "other": folder.join("boise.ocstopo"), "file": file, "after": "^organization ", "typed": "  extern" });
    let shown: Shown = nvim(work.path(), "neovim.lua", &jobs);
    assert_eq!((shown.filetype.as_str(), shown.servers), ("ocstopo", 1));
    let is_it = |finding: &Finding| finding.line == line && finding.code.starts_with("OCS") && finding.message.contains("extern");
    assert!(shown.findings.iter().any(is_it), "{:#?}", shown.findings);
    assert!(shown.shown > 0, "the finding is not in sight");
    assert!(shown.menu, "the menu did not open");
    assert!(shown.proposals.iter().any(|word| word.starts_with("external_access")), "{:?}", shown.proposals);
}
