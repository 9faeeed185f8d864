//! What `check` writes for the machines that show findings beside a pull request: three broken topologies in each format, and
//! SARIF against the schema of OASIS.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// An error with a related place in another file, an error of the language with a correction, and a note of a rule.
const ENTRIES: [&str; 3] = ["files/overlapping-networks", "syntax/colon-for-equals.ocstopo", "rule/short-idle-timeout.ocstopo"];

/// What `check` writes of an entry of `tests/broken`, or of another path there.
fn checked(entry: &str, format: &str) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_ocstopo"))
        .args(["check", "--today", "2027-01-15", "--format", format])
        .arg(Path::new("tests/broken").join(entry))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

fn sarif(entry: &str) -> Value {
    serde_json::from_str(&checked(entry, "sarif")).unwrap()
}

#[test]
fn annotations() {
    let text: String = ENTRIES.iter().map(|entry| checked(entry, "github")).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn test_results() {
    // A few of the rules without findings are enough.
    let shown = |entry: &&str| {
        let text = checked(entry, "junit");
        let is_sound = |line: &&str| line.ends_with("classname=\"ocstopo\"/>");
        let few: Vec<_> = text.lines().filter(is_sound).take(3).collect();
        let lines = text.lines().filter(|line| !is_sound(line) || few.contains(line));
        lines.collect::<Vec<_>>().join("\n") + "\n"
    };
    let text: String = ENTRIES.iter().map(shown).collect();
    // Their number grows with the rules.
    let number = fancy_regex::Regex::new(r#" tests="\d+""#).unwrap();
    insta::assert_snapshot!(number.replace_all(&text, ""));
}

#[test]
fn logs() {
    let mut text = String::new();
    for entry in ENTRIES {
        let mut log = sarif(entry);
        let found = log["runs"][0]["results"].as_array().unwrap().clone();
        // The rules are many: those that found something are shown.
        let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
        for result in &found {
            assert_eq!(rules[result["ruleIndex"].as_u64().unwrap() as usize]["id"], result["ruleId"]);
        }
        rules.retain(|rule| found.iter().any(|result| result["ruleId"] == rule["id"]));
        // The position of a rule among all changes with every new one.
        for result in log["runs"][0]["results"].as_array_mut().unwrap() {
            result["ruleIndex"] = "…".into();
        }
        text += &format!("{log:#}\n");
    }
    let version = format!("\"semanticVersion\": \"{}\"", env!("CARGO_PKG_VERSION"));
    insta::assert_snapshot!(text.replace(&version, "\"semanticVersion\": \"[version]\""));
}

#[test]
fn logs_match_the_oasis_schema() {
    let schema = schema();
    for entry in ENTRIES.into_iter().chain(["", "../../examples"]) {
        let log = sarif(entry);
        let faults = crate::support::json_schema::faults(&schema, &log);
        assert!(faults.is_empty(), "{entry}: {faults:#?}");
    }
}

/// The check itself finds faults.
#[test]
fn undefined_properties_are_found() {
    let schema = schema();
    let faults = |change: &dyn Fn(&mut Value)| {
        let mut log = sarif(ENTRIES[1]);
        change(&mut log["runs"][0]);
        !crate::support::json_schema::faults(&schema, &log).is_empty()
    };
    assert!(!faults(&|_| {}));
    assert!(faults(&|run| run["columnKind"] = "bytes".into()));
    assert!(faults(&|run| run["colour"] = "red".into()));
    assert!(faults(&|run| run["results"][0]["level"] = "fatal".into()));
    assert!(faults(&|run| run["results"][0]["message"] = "text".into()));
    assert!(faults(&|run| run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0.into()));
    let nameless = |run: &mut Value| drop(run["tool"]["driver"].as_object_mut().unwrap().remove("name"));
    assert!(faults(&nameless));
}

/// The schema as the crate `serde-sarif` carries it; cargo knows where that is.
fn schema() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "host-tuple"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let package = metadata["packages"].as_array().unwrap().iter().find(|package| package["name"] == "serde-sarif").unwrap();
    let manifest = PathBuf::from(package["manifest_path"].as_str().unwrap());
    let text = std::fs::read_to_string(manifest.with_file_name("src").join("schema.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}
