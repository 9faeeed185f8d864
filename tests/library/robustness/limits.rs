//! Texts made to use memory and time. Limits of memory test both: a bounded number of findings needs neither.

use std::fs;
use std::process::{Command, Output};

use super::{code, folder, run, stderr, stdout};

/// The most findings of one run, and those that say what is left out.
const MOST: usize = 10_003;

/// Runs the command with so many MiB of memory.
fn with_memory(megabytes: usize, arguments: &[&str]) -> Output {
    let script = format!("ulimit -v {}; exec \"$0\" \"$@\"", megabytes << 10);
    Command::new("sh").args(["-c", &script, env!("CARGO_BIN_EXE_ocstopo")]).args(arguments).output().unwrap()
}

#[test]
fn memory_of_a_file_is_bounded() {
    let (_folder, path) = folder();
    for (name, text, found) in [
        ("braces", "}\n".repeat(8_000_000), "words, signs and line ends"),
        ("attributes", "a=1\n".repeat(4_000_000), "words, signs and line ends"),
        ("blank", "\n".repeat(16_000_000), "words, signs and line ends"),
        ("fewer-braces", "}\n".repeat(50_000), "40000 more syntax errors"),
        ("fewer-attributes", "a=1\n".repeat(30_000), "not checked"),
        (
            "references",
            format!("organization x {{\n  product = ocs_2007\n  features = [{}]\n}}\n", "a, ".repeat(30_000)),
            "`a` is not a choice of `features`",
        ),
    ] {
        // In a folder of its own: it is no part of a topology with the others.
        fs::create_dir(path(name)).unwrap();
        let file = path(&format!("{name}/a.ocstopo"));
        fs::write(&file, text).unwrap();
        let output = with_memory(1_000, &["check", &file, "--format", "short"]);
        assert_eq!(code(&output), Some(1), "{name}: {}", stderr(&output));
        let lines: Vec<String> = stdout(&output).lines().map(str::to_owned).collect();
        assert!(lines.len() <= MOST, "{name}: {} findings", lines.len());
        assert!(lines.iter().any(|line| line.contains(found)), "{name}: {:?}", lines.last());
    }
}

#[test]
fn every_format_counts_omitted_findings() {
    let (_folder, path) = folder();
    let file = path("a.ocstopo");
    fs::write(&file, "}\n".repeat(12_000)).unwrap();
    for format in ["short", "json", "sarif", "github", "junit"] {
        let output = run(&["check", &file, "--format", format]);
        assert_eq!(code(&output), Some(1));
        assert!(stdout(&output).contains("and 2000 more syntax errors"), "{format}");
        assert!(stdout(&output).len() < 20_000_000, "{format}: {} bytes", stdout(&output).len());
    }
    assert!(stdout(&run(&["check", &file])).contains("more findings"));
}

#[test]
fn a_long_name_is_quoted_in_part() {
    let (_folder, path) = folder();
    let file = path("a.ocstopo");
    let name = "x".repeat(1_000_000);
    for text in [
        format!("organization x {{\n  product = ocs_2007\n  {name} = 1\n}}\n"),
        format!("site {name} {{\n  network {name} {{ range = {name} }}\n  waive {name} {{ }}\n}}\n"),
        format!("{name} y {{ }}\nassert {{ never {name} -> {name} on {name} }}\n"),
        format!("organization x {{\n  sip_domains = [\"{name}\", {name}]\n  product = {name}\n}}\n"),
    ] {
        fs::write(&file, text).unwrap();
        for format in ["human", "short", "json", "sarif", "github", "junit"] {
            let output = run(&["check", &file, "--format", format]);
            assert_eq!(code(&output), Some(1));
            // SARIF describes every rule.
            let most = if format == "sarif" { 1_500_000 } else { 100_000 };
            assert!(stdout(&output).len() < most, "{format}: {} bytes", stdout(&output).len());
        }
    }
}

/// A site with so many networks, and a firewall that joins as many that are none.
fn wrong_references(n: usize) -> String {
    let mut text = String::from("organization x {\n  product = ocs_2007\n  sip_domains = [\"a.com\"]\n}\nsite s {\n");
    for at in 0..n {
        text += &format!("  network net-{at:05} {{ zone = internal  range = 10.{}.{}.0/24 }}\n", at / 256, at % 256);
    }
    let wrong: Vec<String> = (0..n).map(|at| format!("nett-{at:05}")).collect();
    text + &format!("  firewall f {{ joins = [{}] }}\n}}\n", wrong.join(", "))
}

#[test]
fn names_are_guessed_for_the_first_mistakes_only() {
    let (_folder, path) = folder();
    let file = path("a.ocstopo");
    fs::write(&file, wrong_references(2_000)).unwrap();
    let output = run(&["check", &file, "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&stdout(&output)).unwrap();
    let wrong: Vec<_> = report["diagnostics"].as_array().unwrap().iter().filter(|diag| diag["code"] == "OCS0061").collect();
    let guessed = wrong.iter().filter(|diag| diag["help"].as_str().unwrap().starts_with("did you mean")).count();
    assert_eq!(wrong.len(), 2_000);
    assert!((100..1_000).contains(&guessed), "{guessed}");
}

#[test]
fn a_configuration_is_no_book() {
    let (_folder, path) = folder();
    fs::write(path("a.ocstopo"), "site s { }\n").unwrap();
    let list =
        |n: usize| format!("[lint]\nerror = [{}]\n", (0..n).map(|at| format!("\"OCS{at:05}\"")).collect::<Vec<_>>().join(","));
    fs::write(path("ocstopo.toml"), list(32_000)).unwrap();
    let output = run(&["check", &path("a.ocstopo")]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("larger than 256 KiB"), "{}", stderr(&output));
    fs::write(path("ocstopo.toml"), list(20_000)).unwrap();
    let output = run(&["check", &path("a.ocstopo")]);
    assert_eq!(code(&output), Some(2));
    assert!(stderr(&output).contains("more findings"), "{}", stderr(&output));
}

#[test]
fn out_of_memory_ends_with_2() {
    // The program itself takes most of it, so the least is what it starts with. From there on it ends somewhere between the start and
    // the findings, or completes.
    let starts = |megabytes: &usize| code(&with_memory(*megabytes, &["--version"])) == Some(0);
    let least = (32..1_000).step_by(2).find(starts).expect("it starts");
    for megabytes in [0, 10, 25, 55].map(|more| least + more) {
        let output = with_memory(megabytes, &["check", super::SOUND]);
        let message = stderr(&output);
        assert!(
            code(&output) == Some(0) || code(&output) == Some(2) && !message.is_empty(),
            "{megabytes}: {:?} {message}",
            output.status
        );
    }
}

#[test]
fn brackets_missing_in_one_place_are_one_correction() {
    let (_folder, path) = folder();
    let file = path("a.ocstopo");
    fs::write(&file, format!("x = {}\n", "[".repeat(50))).unwrap();
    let output = run(&["check", &file, "--fix", "--format", "short"]);
    assert_eq!(stderr(&output).matches("fixed[").count(), 1, "{}", stderr(&output));
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("x = {}{}\n", "[".repeat(50), "]".repeat(50)));
}
