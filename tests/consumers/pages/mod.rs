//! The pages of a build in a real browser: everything that a reader does with them, light and dark, on paper, without a network, and
//! judged by axe-core. One browser and one process look at all pages (`drive.js`); a kind of page is a file in `kinds/`.

use std::fs;
use std::path::Path;
use std::process::Command;

use ocstopo::compile::{BuildOptions, CompileOptions, Part, build, compile};
use ocstopo::lint::rules;
use ocstopo::text::SourceMap;
use serde_json::{Value, json};

use crate::generator;
use crate::support::small_topology::standard_edition;
use crate::support::{Example, MODELS, root, succeed, text};

/// Names that would be markup, code or another reading direction where a page took them for its own.
const HOSTILE: &[&str] = &[
    "</script><script>hostile=1</script>",
    "<img src=x onerror=hostile=1>",
    "\\\" onclick=\\\"hostile=1",
    "`|]]>{{ organization }}{% raw %}&lt;b&gt;<!--",
    "=cmd|' /C calc'!A0",
];

/// The same as the name of an authority, which the runbook types in a command.
const HOSTILE_AUTHORITY: &str = "<img src=x onerror=hostile=1> & {{ tool }} |]]>";

/// Builds the pages of a topology into a folder.
fn built(folder: &Path, name: &str, files: Vec<(String, String)>, only: &[Part]) -> String {
    let compiled = compile(SourceMap::new(files), &CompileOptions::default());
    let templates = crate::support::templates();
    let options =
        BuildOptions { only, dialects: &[], serial: None, lines: true, templates, since: None, team: None, renewal: None };
    let artifacts = build(&compiled, &options).unwrap_or_else(|error| panic!("{name}: {error:?}: {:#?}", compiled.diags));
    let own = folder.join(name);
    fs::create_dir_all(&own).unwrap();
    for artifact in artifacts.iter().filter(|artifact| artifact.path.ends_with(".html")) {
        let file = artifact.path.rsplit('/').next().unwrap();
        fs::write(own.join(file), &*artifact.bytes()).unwrap();
    }
    text(&own).to_owned()
}

/// A topology whose texts are hostile, and what its page must show of them.
fn hostile() -> (Vec<(String, String)>, Vec<String>) {
    let long = "long ".repeat(40);
    let reasons: Vec<&str> = HOSTILE.iter().copied().chain([long.trim()]).collect();
    let rules = rules().iter().filter(|rule| rule.waivable);
    let waivers = reasons.iter().zip(rules).map(|(reason, rule)| format!("  waive {} {{ reason = \"{reason}\" }}\n", rule.code));
    let waivers: String = waivers.collect();
    let topology = standard_edition().replace("Fabrikam CA", HOSTILE_AUTHORITY);
    let at = topology.find("{\n").expect("a block") + 2;
    let topology = format!("{}{waivers}{}", &topology[..at], &topology[at..]);
    let shown = reasons.iter().map(|reason| reason.replace("\\\"", "\"")).collect();
    (vec![("a.ocstopo".to_owned(), topology)], shown)
}

/// Runs the driver over its jobs.
pub fn drive(work: &Path, pages: &[Value]) {
    let modules = root().join("target/judges/pages/node_modules");
    assert!(modules.exists(), "{} is not there: tests/run installs it, and this test is never skipped", modules.display());
    succeed("chromium", &["--version"]);
    let browser = succeed("sh", &["-c", "command -v chromium"]);
    let jobs = work.join("jobs.json");
    fs::write(&jobs, json!({ "modules": modules, "browser": browser.trim(), "work": work, "pages": pages }).to_string()).unwrap();
    let script = root().join("tests/consumers/pages/drive.js");
    let said = Command::new("node").arg(script).arg(&jobs).output().expect("node is installed: see tests/run");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
}

#[test]
fn pages_do_in_a_browser_what_readers_need() {
    let work = tempfile::tempdir().unwrap();
    let examples = Example::all();
    let mut pages = Vec::new();
    // The one that is looked at in every detail takes longest, and comes first.
    // The script is the same in all: the pages of the models are used as readers do, the others are opened and seen.
    let whole = examples.iter().filter(|example| example.name == MODELS[0]);
    for example in whole.chain(examples.iter().filter(|example| example.name != MODELS[0])) {
        for kind in ["runbook", "report"] {
            pages.push(json!({
                "kind": kind, "name": format!("{} {kind}", example.name), "file": example.path(&format!("{kind}/{kind}.html")),
                "whole": example.name == MODELS[0], "brief": !MODELS.contains(&example.name), "search": "sip",
            }));
        }
    }
    let (files, texts) = hostile();
    let folder = built(work.path(), "hostile", files, &[Part::REPORT, Part::RUNBOOK]);
    let hostile = |kind: &str, texts: &[String]| json!({ "kind": kind, "name": format!("hostile {kind}"), "file": format!("{folder}/{kind}.html"), "search": "sip", "texts": texts });
    pages.extend([hostile("report", &texts), hostile("runbook", &[HOSTILE_AUTHORITY.to_owned()])]);
    let folder = built(work.path(), "large", generator::files(120), &[Part::REPORT, Part::RUNBOOK]);
    pages.push(json!({ "kind": "report", "name": "large report", "file": format!("{folder}/report.html"), "search": "sip", "large": true }));
    pages.push(json!({ "kind": "outline", "name": "large runbook", "file": format!("{folder}/runbook.html") }));
    drive(work.path(), &pages);
}

/// The elements of a page as text, without what its script and its data elements hold.
fn markup(page: &str) -> String {
    let mut rest = page;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("<script") {
        kept += before;
        rest = after.split_once("</script>").map_or("", |(_, after)| after);
    }
    kept + rest
}

#[test]
fn pages_name_nothing_outside_of_themselves_but_in_links() {
    for example in Example::all().iter() {
        for (path, page) in example.files.iter().filter(|(path, _)| path.ends_with(".html")) {
            let markup = markup(page);
            for outside in ["src=", "srcset=", "<link", "<iframe", "<object", "<embed", " style=", "@import", "url(", " onclick="]
            {
                assert!(!markup.contains(outside), "{}: {path} has {outside}", example.name);
            }
            for (at, _) in markup.match_indices("=\"http") {
                // The name of the language of pictures is no address that a browser opens.
                let is_allowed = markup[..at].ends_with("<a href") || markup[..at].ends_with("<svg xmlns");
                assert!(is_allowed, "{path}: {}", &markup[at..at + 60]);
            }
            assert_eq!(page.matches("<script").count(), 2, "{path} has its data and its script");
            assert!(page.contains("default-src &#39;none&#39;"), "{path} has no policy");
        }
    }
}
