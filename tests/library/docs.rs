//! The pages in `docs/` are what the compiler says of itself, and no page leads nowhere.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ocstopo::artifact::Team;
use ocstopo::compile::{BuildOptions, Compiled, Since, build, compile};
use ocstopo::emit::files::{FILES, FileKind};
use ocstopo::emit::{Templates, balancer, firewall};
use ocstopo::plan::renewal::{Date, RenewalDates};
use ocstopo::text::SourceMap;

use crate::support::commits::{Commit, commits};
use crate::support::topologies::{FIXTURES, Files, compiled_example, files, one_file};
use crate::support::{both, ocstopo};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All pages: of the project, of `docs/` and of the examples.
fn pages() -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("docs"), root().join("examples")];
    let mut files: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| root().join(name)).to_vec();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                files.push(path);
            }
        }
    }
    files.sort();
    files.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// The lines outside of fenced code.
fn prose(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

/// The pages that the program writes of itself, each with the arguments that print it.
const PAGES: [(&str, &[&str]); 4] = [
    ("docs/rules.md", &["explain", "--all", "--format", "markdown"]),
    ("docs/language.md", &["schema", "--format", "markdown"]),
    ("docs/catalogue.md", &["catalog", "show", "--product", "ocs_2007", "--format", "markdown"]),
    ("docs/catalogue-r2.md", &["catalog", "diff", "--format", "markdown"]),
];

fn printed(arguments: &[&str]) -> String {
    let printed = ocstopo(root(), arguments);
    assert!(printed.status.success(), "{}", both(&printed));
    String::from_utf8(printed.stdout).unwrap()
}

/// The names of the commands that a help lists.
pub(crate) fn commands(help: &str) -> Vec<String> {
    let listed = help.split_once("Commands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let names =
        listed.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' '))?.split(' ').next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The help of a command and of those below it.
fn helps(command: &[&str], page: &mut String) {
    let help = printed(&[command, &["--help"]].concat());
    *page += &format!("\n## ocstopo {}\n\n```text\n{}\n```\n", command.join(" "), help.trim_end());
    for name in commands(&help) {
        helps(&[command, &[name.as_str()]].concat(), page);
    }
}

/// `docs/commands.md`: what `--help` prints of each command.
fn commands_page() -> String {
    let help = printed(&["--help"]);
    let mut page = format!("# Commands\n\nWhat `ocstopo <command> --help` prints.\n\n```text\n{}\n```\n", help.trim_end());
    for name in commands(&help) {
        helps(&[&name], &mut page);
    }
    page.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

/// With `INSTA_UPDATE=always`, as `tests/update` sets it, the pages are written, as snapshots are.
#[test]
fn the_pages_are_current() {
    let write = std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always");
    let made = PAGES.iter().map(|(page, arguments)| (*page, printed(arguments)));
    let mut stale = String::new();
    for (page, made) in made.chain([("docs/commands.md", commands_page()), ("docs/artifacts.md", artifacts_page())]) {
        if write {
            fs::write(root().join(page), &made).unwrap();
        }
        let written = fs::read_to_string(root().join(page)).unwrap_or_default();
        let first = written.lines().zip(made.lines()).position(|(written, made)| written != made);
        if written != made {
            let line = first.unwrap_or(written.lines().count().min(made.lines().count())) + 1;
            stale += &format!("{page} is stale from line {line} on\n");
        }
    }
    assert!(stale.is_empty(), "{stale}`bash tests/update docs` writes the pages");
}

/// `docs/artifacts.md` with its table made anew from the list of files.
fn artifacts_page() -> String {
    let page = fs::read_to_string(root().join("docs/artifacts.md")).unwrap();
    let heading = "| Files | For | Content |\n|---|---|---|\n";
    let (before, rest) = page.split_once(heading).expect("the table of files");
    let (_, after) = rest.split_once("\n\n").expect("text after the table");
    let row = |kind: &FileKind| {
        let paths: Vec<_> = kind.paths.iter().map(|path| format!("`{path}`")).collect();
        format!("| {} | {} | {} |\n", paths.join(", "), kind.team.title(), kind.content)
    };
    format!("{before}{heading}{}\n{after}", FILES.iter().map(row).collect::<String>())
}

/// Fabrikam with an address that its outer firewall translates, and with a zone that another team keeps.
fn with_every_kind_of_file() -> Compiled {
    let mut topology = files(&root().join("examples/fabrikam"));
    for (from, to) in [
        ("[internet, outside]", "[internet, outside]  static_nat proxy { public = 198.51.100.30  inside = 198.18.7.5 }"),
        ("  dns {", "  dns {\n    zone public { fqdn = \"fabrikam.com\"  owner = \"Web operations\"  views = [external] }\n"),
    ] {
        let (_, text) = topology.iter_mut().find(|(_, text)| text.contains(from)).unwrap();
        *text = text.replacen(from, to, 1);
    }
    compile(SourceMap::new(topology), &FIXTURES)
}

/// The list of files has every file of a build, and nothing that no build writes.
#[test]
fn the_list_of_files_is_what_builds_write() {
    let mut paths = BTreeSet::new();
    let dialects: Vec<&str> = firewall::words().chain(balancer::words()).collect();
    let templates = Templates::shipped();
    let issued = RenewalDates { issued: Some(Date { year: 2027, month: 4, day: 1 }), ..RenewalDates::default() };
    let mut write = |compiled: &Compiled, since: Option<Since<'_>>, team: Option<Team>| {
        let options = BuildOptions {
            only: &[],
            dialects: &dialects,
            serial: None,
            lines: true,
            templates: &templates,
            since,
            team,
            renewal: Some(&issued),
        };
        paths.extend(build(compiled, &options).unwrap().into_iter().map(|artifact| artifact.path));
    };
    for compiled in [compiled_example("contoso"), compiled_example("fabrikam"), with_every_kind_of_file()] {
        write(&compiled, None, None);
        write(&compiled, None, Some(Team::Dns));
    }
    for Commit { before, after, .. } in commits() {
        for dialect in ["f5", "netscaler"] {
            let spoken = |(name, text): (String, String)| {
                (
                    name,
                    text.replace("dialect        = f5", &format!("dialect = {dialect}"))
                        .replace("dialect      = f5", &format!("dialect = {dialect}")),
                )
            };
            let version = |files: Files| compile(SourceMap::new(files.into_iter().map(spoken).collect()), &FIXTURES);
            let [before, after] = [before.clone(), after.clone()].map(version);
            write(&after, Some(Since { name: "main", compiled: &before }), None);
        }
    }
    let unlisted: Vec<_> = paths.iter().filter(|path| FileKind::pattern(path).is_none()).collect();
    let written: BTreeSet<&str> = paths.iter().filter_map(|path| FileKind::pattern(path)).collect();
    let unwritten: Vec<_> = FILES.iter().flat_map(|kind| kind.paths).filter(|pattern| !written.contains(*pattern)).collect();
    assert!(unlisted.is_empty(), "`FILES` has no row for {unlisted:#?}");
    assert!(unwritten.is_empty(), "no build writes {unwritten:#?}");
}

/// The rows of "To add …" of ARCHITECTURE.md: what is added, and the cell that says where.
fn to_add() -> Vec<(String, String)> {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let (_, table) = text.split_once("| … | Where |\n|---|---|\n").expect("the table \"To add …\"");
    let rows = table.lines().take_while(|line| line.starts_with('|'));
    rows.filter_map(|row| row.trim_matches('|').split_once('|'))
        .map(|(what, place)| (what.trim().to_owned(), place.to_owned()))
        .collect()
}

/// The paths that a cell names, folders without their last `/`. A path continues the one before where only its end is written.
fn named_paths(cell: &str) -> Vec<String> {
    let code = cell.split('`').skip(1).step_by(2);
    code.filter(|text| text.contains('/') && !text.contains(' ')).map(|text| text.trim_end_matches('/').to_owned()).collect()
}

/// A path with a name in it (`<rule>`) is there when one of the same form is.
fn is_there(path: &str) -> bool {
    let mut found = vec![root().to_owned()];
    for part in path.replace('*', "<any>").split('/') {
        let form = part.split(['<', '>']).collect::<Vec<_>>();
        let entries =
            |folder: &PathBuf| fs::read_dir(folder).map(|all| all.flatten().map(|entry| entry.path()).collect::<Vec<_>>());
        let fits = |entry: &PathBuf| {
            let name = entry.file_name().unwrap().to_str().unwrap();
            match form[..] {
                [before, _, after] => {
                    name.len() > before.len() + after.len() && name.starts_with(before) && name.ends_with(after)
                }
                _ => name == part,
            }
        };
        found = found.iter().filter_map(|folder| entries(folder).ok()).flatten().filter(fits).collect();
    }
    !found.is_empty()
}

/// What is named is there, and what the product grows by takes few files.
#[test]
fn what_to_add_names_files_that_exist() {
    let rows = to_add();
    assert!(rows.len() >= 20, "{}", rows.len());
    let missing: Vec<_> = rows.iter().flat_map(|(_, cell)| named_paths(cell)).filter(|path| !is_there(path)).collect();
    assert!(missing.is_empty(), "ARCHITECTURE.md, \"To add …\": there is no {missing:#?}");
    for (what, most) in [("a firewall dialect", 8), ("a command", 5), ("an output format of findings", 4), ("a release", 3)] {
        let (_, cell) = rows.iter().find(|(row, _)| row == what).unwrap_or_else(|| panic!("no row for {what}"));
        let named: BTreeSet<String> = named_paths(cell).into_iter().filter(|path| !path.starts_with("templates/")).collect();
        assert!((1..=most).contains(&named.len()), "{what} takes {} files, at most {most}: {named:#?}", named.len());
    }
}

#[test]
fn paths_of_the_map_are_found_by_their_form() {
    assert!(is_there("src/lint/rules/<step>/<rule>.rs") && is_there("src/cli/cmd/mod.rs"));
    assert!(!is_there("src/cli/cmd/<command>.toml") && !is_there("src/<room>/nothing.rs"));
    assert_eq!(named_paths("`a/b.rs`, `c d`, the folder `e/f/` and `word`"), ["a/b.rs", "e/f"]);
}

/// What pages show of `trace`, `signin`, `dial` and `diff` is what the program prints, up to a line that begins with `…`. A comparison is that of the
/// first commit of `tests/support/commits.rs`.
#[test]
fn answers_of_the_pages_are_those_of_the_program() {
    let mut checked = BTreeSet::new();
    let folder = tempfile::tempdir().unwrap();
    let Commit { before, after, .. } = commits().remove(0);
    for (side, files) in [("old", before), ("new", after)] {
        fs::create_dir(folder.path().join(side)).unwrap();
        files.iter().for_each(|(name, text)| fs::write(folder.path().join(side).join(name), text).unwrap());
    }
    for (page, text) in pages() {
        for block in text.split("```console\n$ ocstopo ").skip(1).filter_map(|rest| rest.split("```").next()) {
            let Some((command, shown)) = block.split_once('\n') else { continue };
            let printed = match command.split_once(' ') {
                Some(("trace" | "dial", _)) => printed(&command.split(' ').collect::<Vec<_>>()),
                // One that fails ends with 1.
                Some(("signin", _)) => both(&ocstopo(root(), &command.split(' ').collect::<Vec<_>>())),
                Some(("diff", _)) => {
                    let command = command.replace("main...HEAD", "old new");
                    both(&ocstopo(folder.path(), &command.split(' ').collect::<Vec<_>>()))
                }
                _ => continue,
            };
            // The page is narrower than what a program reads.
            let shown = shown.lines().take_while(|line| !line.starts_with('…')).flat_map(str::split_whitespace);
            let mut words = printed.split_whitespace();
            for word in shown {
                assert_eq!(words.next(), Some(word), "{}: `{command}` prints something else", page.display());
            }
            checked.insert(command.split(' ').next().unwrap().to_owned());
        }
    }
    assert_eq!(checked.into_iter().collect::<Vec<_>>(), ["dial", "diff", "signin", "trace"]);
}

/// The topologies that pages show in full are sound.
#[test]
fn topologies_of_the_pages_have_no_findings() {
    let mut checked = 0;
    for (page, text) in pages().into_iter().filter(|(page, _)| page.parent() == Some(root())) {
        for block in text.split("```ocstopo\n").skip(1).filter_map(|rest| rest.split("```").next()) {
            let compiled = compile(one_file(block), &FIXTURES);
            assert!(compiled.diags.is_empty(), "{}: {:#?}", page.display(), compiled.diags);
            checked += 1;
        }
    }
    assert!(checked > 0);
}

/// The anchor that renderers of Markdown give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    prose(text).filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect()
}

/// The targets of `[text](target)`, except those in code.
fn targets(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in prose(text) {
        let line: String = line.split('`').step_by(2).collect::<Vec<_>>().join("`");
        for part in line.split("](").skip(1) {
            found.extend(part.split_once(')').map(|(target, _)| target.to_owned()));
        }
    }
    found
}

#[test]
fn every_link_has_a_target() {
    let mut links = 0;
    let mut dead = Vec::new();
    for (page, text) in pages() {
        for target in targets(&text).iter().filter(|target| !target.contains("://")) {
            links += 1;
            let (file, place) = target.split_once('#').map_or((target.as_str(), None), |(file, place)| (file, Some(place)));
            let path = if file.is_empty() { page.clone() } else { page.parent().unwrap().join(file) };
            let there = path.exists()
                && place.is_none_or(|place| fs::read_to_string(&path).is_ok_and(|text| anchors(&text).contains(place)));
            if !there {
                dead.push(format!("{}: {target}", page.strip_prefix(root()).unwrap().display()));
            }
        }
    }
    assert!(links > 100, "{links}");
    assert!(dead.is_empty(), "{dead:#?}");
}

/// How many bars of a line divide cells: those without a backslash.
fn bars(line: &str) -> usize {
    let mut escaped = false;
    line.chars()
        .filter(|c| {
            let divides = *c == '|' && !escaped;
            escaped = *c == '\\' && !escaped;
            divides
        })
        .count()
}

#[test]
fn no_cell_breaks_its_table() {
    let mut rows = 0;
    for (page, text) in pages() {
        let mut columns = None;
        for line in prose(&text) {
            if !line.starts_with('|') {
                columns = None;
                continue;
            }
            rows += 1;
            let expected = *columns.get_or_insert(bars(line));
            assert_eq!(bars(line), expected, "{}: {line}", page.display());
            assert!(line.ends_with('|'), "{}: {line}", page.display());
        }
    }
    assert!(rows > 500, "{rows}");
}

#[test]
fn bars_and_anchors_are_counted_right() {
    assert_eq!(bars(r"| a\|b | c\\| d |"), 4);
    assert_eq!(anchor(" Step 1: key `planning` decisions"), "step-1-key-planning-decisions");
    assert_eq!(targets("[a](b.md#c) `[d](e)` [f](#g)\n```\n[h](i)\n```\n"), ["b.md#c", "#g"]);
}
