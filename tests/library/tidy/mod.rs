//! The walls of the house, checked by reading the source: which room may know which, where libraries are named, how long a file
//! is.

mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Which rooms a room may use. What is not listed is a wall.
const MAY_USE: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("diag", &["text"]),
    ("syntax", &["text", "diag"]),
    ("fmt", &["syntax"]),
    ("fix", &["text", "diag", "syntax"]),
    ("edit", &["text", "diag", "product", "syntax", "schema"]),
    ("product", &[]),
    ("artifact", &["text", "product"]),
    ("schema", &["product"]),
    ("dial", &[]),
    ("formula", &[]),
    ("diagram", &[]),
    ("lower", &["text", "diag", "product", "dial", "syntax", "schema"]),
    ("model", &["text", "diag", "product", "schema", "lower"]),
    ("catalog", &["product", "formula"]),
    ("packet", &[]),
    ("graph", &["model"]),
    ("flow", &["text", "diag", "product", "model", "catalog", "graph"]),
    (
        "lint",
        &[
            "text", "diag", "syntax", "fmt", "product", "dial", "formula", "schema", "lower", "model", "catalog", "graph",
            "flow", "plan",
        ],
    ),
    ("plan", &["text", "product", "dial", "schema", "lower", "model", "catalog", "graph", "flow", "packet", "formula"]),
    (
        "query",
        &[
            "text", "diag", "diagram", "product", "dial", "lower", "model", "catalog", "graph", "flow", "plan", "packet",
            "formula",
        ],
    ),
    ("change", &["product", "catalog", "plan", "query"]),
    ("emit", &["text", "diagram", "artifact", "product", "plan", "change", "catalog", "diag", "packet"]),
    ("report", &["text", "diag", "query"]),
    ("design", &["text", "syntax", "fmt", "product", "formula", "plan"]),
    ("config", &["text", "diag", "lint"]),
    ("io", &["text", "artifact"]),
    (
        "compile",
        &["text", "artifact", "diag", "syntax", "fix", "lower", "model", "catalog", "lint", "plan", "query", "change", "emit"],
    ),
    ("ide", &["text", "diag", "syntax", "fmt", "fix", "product", "schema", "lower", "model", "flow", "plan", "lint", "compile"]),
    ("lsp", &["text", "diag", "config", "io", "compile", "ide"]),
    (
        "cli",
        &[
            "lsp", "text", "diag", "syntax", "fmt", "product", "schema", "lower", "catalog", "lint", "plan", "emit", "report",
            "config", "io", "compile", "query", "artifact", "edit", "design",
        ],
    ),
];

/// Libraries that are named in one place only, so that they can be replaced there.
const NAMED_IN: &[(&str, &[&str])] = &[
    ("pest", &["src/syntax/parser"]),
    ("miette", &["src/report/human"]),
    ("tera", &["src/emit/template"]),
    ("serde_sarif", &["src/report/sarif"]),
    ("quick_junit", &["src/report/junit"]),
    ("x509_cert", &["src/query/cert_check/read"]),
    ("regex_syntax", &["src/dial/machine"]),
    // Plans are made when they are first asked for, by any thread: making one must not pass work to other threads
    // (`plan/plans.rs`).
    ("rayon", &["src/compile/", "src/emit/", "src/io/", "src/lint/mod", "src/plan/runbook/order", "src/query/diff/steps"]),
    ("rustix", &["src/io/output/"]),
    ("gix_config", &["src/io/revision/"]),
    ("gix_discover", &["src/io/revision/"]),
    ("gix_error", &["src/io/revision/"]),
    ("gix_hash", &["src/io/revision/"]),
    ("gix_object", &["src/io/revision/"]),
    ("gix_odb", &["src/io/revision/"]),
    ("gix_ref", &["src/io/revision/"]),
    ("gix_revision", &["src/io/revision/"]),
    ("gen_lsp_types", &["src/lsp/"]),
    ("lsp_server", &["src/lsp/", "src/cli/cmd/lsp"]),
    ("crossbeam_channel", &["src/lsp/server"]),
    ("percent_encoding", &["src/lsp/uri"]),
    ("memchr", &["src/emit/width"]),
    ("signal_hook", &["src/io/signals"]),
    ("petgraph", &["src/graph/", "src/plan/runbook", "src/catalog/step"]),
];

/// The longest file, in lines.
const LONGEST: usize = 500;

fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    collect(&root.join("src"), &mut files);
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).unwrap())
        })
        .collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

/// The room of a file: the first folder or file below `src`.
fn room(name: &str) -> &str {
    let rest = name.strip_prefix("src/").unwrap_or(name);
    rest.split('/').next().unwrap_or(rest).trim_end_matches(".rs")
}

/// Whether a file is a test module of its own: `tests.rs`, `tests_….rs` or something below `tests/`.
fn is_test(name: &str) -> bool {
    name.contains("/tests/") || name.rsplit('/').next().is_some_and(|file| file.starts_with("tests"))
}

/// The text without test modules: tests may look through every wall. A module in braces is the end of its file.
fn without_tests(text: &str) -> &str {
    let in_braces = |(at, _): &(usize, &str)| {
        let mut lines = text[*at..].lines().skip(1).skip_while(|line| line.starts_with("#["));
        lines.next().is_some_and(|line| line.starts_with("mod ") && line.ends_with('{'))
    };
    text.match_indices("\n#[cfg(test)]\n").map(|(at, _)| (at + 1, "")).find(in_braces).map_or(text, |(at, _)| &text[..at])
}

/// The rooms named after `crate::` in a text.
fn used_rooms(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let line_start = text[..at].rfind('\n').map_or(0, |at| at + 1);
        if text[line_start..at].trim_start().starts_with("//") {
            continue;
        }
        let after = &text[at + "crate::".len()..];
        if let Some(group) = after.strip_prefix('{') {
            let group = &group[..group.find(';').unwrap_or(group.len())];
            let mut depth = 0;
            let mut word = String::new();
            for c in group.chars().chain([',']) {
                match c {
                    '{' => depth += 1,
                    '}' => depth -= 1,
                    ',' if depth <= 0 => {
                        rooms.push(word.trim().split("::").next().unwrap_or_default().to_owned());
                        word.clear();
                    }
                    _ if depth <= 0 => word.push(c),
                    _ => {}
                }
            }
        } else {
            rooms.push(after.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    rooms.retain(|room| !room.is_empty());
    rooms
}

#[test]
fn rooms_know_only_what_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let mut breaches = Vec::new();
    for (name, text) in sources() {
        let own = room(&name);
        if matches!(own, "lib" | "main") || is_test(&name) {
            continue;
        }
        let Some(may) = allowed.get(own) else {
            breaches.push(format!("{name}: `{own}` is not in the table of rooms"));
            continue;
        };
        for used in used_rooms(without_tests(&text)) {
            if used != own && allowed.contains_key(used.as_str()) && !may.contains(&used.as_str()) {
                breaches.push(format!("{name} uses crate::{used}, which `{own}` must not know"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_grant_is_used() {
    let mut used: BTreeSet<(String, String)> = BTreeSet::new();
    for (name, text) in sources().iter().filter(|(name, _)| !is_test(name)) {
        used.extend(used_rooms(without_tests(text)).into_iter().map(|other| (room(name).to_owned(), other)));
    }
    let granted = MAY_USE.iter().flat_map(|(room, may)| may.iter().map(|other| ((*room).to_owned(), (*other).to_owned())));
    let idle: Vec<_> = granted.filter(|grant| !used.contains(grant)).collect();
    assert!(idle.is_empty(), "not used: {idle:?}");
}

#[test]
fn a_module_has_one_style() {
    let sources = sources();
    let folders: BTreeSet<&str> = sources.iter().filter_map(|(name, _)| Some(name.rsplit_once('/')?.0)).collect();
    let both: Vec<&str> =
        sources.iter().map(|(name, _)| name.as_str()).filter(|name| folders.contains(name.trim_end_matches(".rs"))).collect();
    assert!(both.is_empty(), "a module with files below it is the `mod.rs` of their folder: {both:?}");
}

#[test]
fn test_modules_end_a_file_and_test_files_are_declared_anywhere() {
    let text =
        "use crate::a;\n#[cfg(test)]\nmod layer;\nuse crate::b;\n#[cfg(test)]\n#[allow(x)]\nmod tests {\n    use crate::c;\n}\n";
    assert_eq!(used_rooms(without_tests(text)), ["a", "b"]);
}

#[test]
fn the_wall_check_sees_through_groups() {
    assert_eq!(used_rooms("use crate::{diag::{Diag, Code}, text::Span};\nlet x = crate::emit::y();"), ["diag", "text", "emit"]);
    assert!(used_rooms("//! [`crate::emit`]").is_empty());
}

#[test]
fn libraries_are_named_in_one_room() {
    let mut breaches = Vec::new();
    for (name, text) in sources() {
        for (library, places) in NAMED_IN.iter().filter(|_| !is_test(&name)) {
            let named = without_tests(&text)
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .any(|line| line.contains(&format!("{library}::")) || line.contains(&format!("use {library}")));
            if named && !places.iter().any(|place| name.starts_with(place)) {
                breaches.push(format!("{name} names {library}"));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// What ties code to one kind of system.
const OF_SYSTEMS: &[&str] = &[
    "cfg(unix",
    "cfg(windows",
    "cfg(not(unix",
    "cfg(not(windows",
    "cfg(target_",
    "cfg(not(target_",
    "std::os::",
    "\"/dev/",
    "\"/proc/",
];

#[test]
fn only_io_knows_what_system_it_runs_on() {
    let mut breaches = Vec::new();
    for (name, text) in sources().iter().filter(|(name, _)| !name.starts_with("src/io/")) {
        breaches.extend(OF_SYSTEMS.iter().filter(|word| text.contains(**word)).map(|word| format!("{name} holds `{word}`")));
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// The keys of a table of `Cargo.toml` and of its tables for one target.
fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let of = |table: &toml::Table| {
        let lists = ["dependencies", "build-dependencies", "dev-dependencies"].into_iter().filter_map(|list| table.get(list));
        lists.filter_map(toml::Value::as_table).flat_map(|list| list.keys().cloned()).collect::<Vec<_>>()
    };
    let targets = manifest.get("target").and_then(toml::Value::as_table);
    let for_one = targets.into_iter().flat_map(|targets| targets.values().filter_map(toml::Value::as_table)).flat_map(of);
    of(manifest).into_iter().chain(for_one).collect()
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string("Cargo.toml").expect("there is a manifest");
    let used = dependencies(&manifest.parse().expect("cargo reads it too"));
    let map = fs::read_to_string("ARCHITECTURE.md").expect("there is a map");
    let chapter = map.split("\n## ").find(|chapter| chapter.starts_with("Dependencies\n")).expect("it has the chapter");
    let rows = chapter.lines().filter_map(|line| line.strip_prefix("| `")?.split_once(" | "));
    let explained: BTreeSet<String> =
        rows.flat_map(|(crates, _)| crates.split(", ").map(|own| own.trim_matches('`').to_owned())).collect();
    assert_eq!(used, explained, "the table of ARCHITECTURE.md has each crate of Cargo.toml, and no other");
}

#[test]
fn files_are_short_and_documented() {
    let mut breaches = Vec::new();
    for (name, text) in sources() {
        let lines = text.lines().count();
        if lines > LONGEST {
            breaches.push(format!("{name} has {lines} lines: it has more than one reason to exist"));
        }
        if !text.starts_with("//!") {
            breaches.push(format!("{name} does not say what it is in a `//!` comment"));
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn a_release_is_named_in_one_line() {
    // The release of unit tests is a whole release: what it does without, another does without too.
    let named: Vec<String> = sources()
        .iter()
        .filter(|(name, _)| !is_test(name))
        .flat_map(|(name, text)| text.lines().map(move |line| (name, line)))
        .filter(|(_, line)| line.contains("Toy") || line.contains("\"toy\""))
        .map(|(name, line)| format!("{name}: {}", line.trim()))
        .collect();
    assert_eq!(named.len(), 1, "{named:#?}");
    assert!(named[0].starts_with("src/product/release.rs: Toy = "), "{named:#?}");
}

#[test]
fn no_unfinished_work_is_left() {
    // Spelt in parts, so that this file does not find itself.
    let banned = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("to", "do!("),
        concat!("unimplemen", "ted!("),
        concat!("#[ig", "nore"),
    ];
    let mut breaches = Vec::new();
    for (name, text) in sources() {
        for word in banned {
            if text.contains(word) {
                breaches.push(format!("{name} holds `{word}`"));
            }
        }
        for (number, line) in text.lines().enumerate() {
            // Tests of the formatter hold such lines on purpose.
            if line != line.trim_end() && !is_test(&name) {
                breaches.push(format!("{name}:{} ends in blanks", number + 1));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

/// Programs that every Debian machine has (coreutils, dash, util-linux), and those of the environment that `tests/run` makes.
const ALWAYS_THERE: &[&str] =
    &["aclgen", "bash", "id", "mkfifo", "mount", "octodns-sync", "octodns-validate", "sh", "timeout", "unshare"];

/// Calls whose first argument is a program, or a command line.
const CALLS: &[&str] = &["Command::new(", "command(", "run(", "succeed(", "judge("];

/// The programs that a text of a test calls by name.
fn programs(text: &str) -> Vec<&str> {
    let mut programs = Vec::new();
    for call in CALLS {
        for (at, _) in text.match_indices(call) {
            let named = text[at + call.len()..].trim_start().strip_prefix('"');
            let Some((command, _)) = named.and_then(|rest| rest.split_once('"')) else { continue };
            programs.extend(command.split(' ').next());
        }
    }
    programs.retain(|program| !program.is_empty() && program.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    programs
}

#[test]
fn every_program_of_a_test_is_installed_by_tests_run() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let script = fs::read_to_string(root.join("tests/run")).unwrap();
    let rows = script.lines().filter_map(|line| line.trim().strip_prefix('[')?.split_once("]="));
    let installed: BTreeMap<&str, &str> = rows.collect();
    let mut files = Vec::new();
    collect(&root.join("tests"), &mut files);
    let mut missing = BTreeMap::new();
    let mut called = Vec::new();
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        for program in programs(&text) {
            if !installed.contains_key(program) && !ALWAYS_THERE.contains(&program) {
                missing.insert(program.to_owned(), path.display().to_string());
            }
            called.push(program.to_owned());
        }
    }
    assert!(missing.is_empty(), "tests call programs that no line of tests/run installs: {missing:#?}");
    // The compiler's linker is called by cargo.
    let idle: Vec<_> =
        installed.keys().filter(|program| **program != "cc" && !called.iter().any(|name| name == **program)).collect();
    assert!(idle.is_empty(), "tests/run installs programs that no test calls: {idle:?}");
}

#[test]
fn calls_of_programs_are_found() {
    let text = concat!(
        "Command",
        "::new(\"kill\").args([\"-TERM\"]); lab.",
        "run(\n    \"ip link set lo up\"); space.",
        "command(name)"
    );
    assert_eq!(programs(text), ["kill", "ip"]);
}
