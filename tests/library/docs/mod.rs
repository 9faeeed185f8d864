//! The pages in `docs/` are what the compiler says of itself, and no page leads nowhere.

mod chapters;
mod consoles;
mod files;
mod links;
mod map;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{both, ocstopo};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All pages: of the project, of `docs/` and of the examples.
pub(crate) fn pages() -> Vec<(PathBuf, String)> {
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

/// The anchor that renderers of Markdown give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The anchors of a page's headings, in order.
fn anchor_list(text: &str) -> Vec<String> {
    prose(text).filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect()
}

/// A page with the line that says which need it answers and leads back, below its heading.
fn crumbed(page: &str, crumbs: &str) -> String {
    let (heading, rest) = page.split_once('\n').unwrap_or((page, ""));
    format!("{heading}\n\n{crumbs}\n{rest}")
}

fn printed(arguments: &[&str]) -> String {
    let printed = ocstopo(root(), arguments);
    assert!(printed.status.success(), "{}", both(&printed));
    String::from_utf8(printed.stdout).unwrap()
}

/// The commands that a help lists, each with the first line about it.
fn listed_commands(help: &str) -> Vec<(String, String)> {
    let listed = help.split_once("Commands:\n").map_or("", |(_, rest)| rest.split("\n\n").next().unwrap_or_default());
    let rows = listed.lines().filter_map(|line| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')));
    let rows = rows.map(|row| row.split_once(' ').unwrap_or((row, "")));
    rows.filter(|(name, _)| *name != "help").map(|(name, about)| (name.to_owned(), about.trim().to_owned())).collect()
}

/// The names of the commands that a help lists.
pub(crate) fn commands(help: &str) -> Vec<String> {
    listed_commands(help).into_iter().map(|(name, _)| name).collect()
}

/// What a help says about its exit codes, as one line; nothing if it says nothing.
fn exit_codes(help: &str) -> Option<String> {
    let (_, rest) = help.split_once("Exit codes: ")?;
    Some(rest.split("\n\n").next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The help of a command and of those below it; a row for its exit codes.
fn helps(command: &[&str], rank: &str, page: &mut String, exits: &mut String) {
    let help = printed(&[command, &["--help"]].concat());
    if let Some(codes) = exit_codes(&help) {
        *exits += &format!("| [`{}`](commands/{}.md) | {} |\n", command.join(" "), command[0], codes.replace('|', "\\|"));
    }
    *page += &format!("{rank} ocstopo {}\n\n```text\n{}\n```\n\n", command.join(" "), help.trim_end());
    for name in commands(&help) {
        helps(&[command, &[name.as_str()]].concat(), "##", page, exits);
    }
}

/// The text of the page of exit codes above its table.
const EXIT_CODES: &str = "# Exit codes\n\nLook up · [ocstopo](README.md)\n\nThe codes of a command have this meaning in every output format. A command \
                          that the table does not list ends with these:\n\n- 0: success\n- 1: findings at or above `--deny`, or differences\n\
                          - 2: wrong usage, or an input or output error\n\n\
                          On a terminal, a command that takes longer than a second says on standard error what it is doing; it does not\nwith \
                          `--quiet`, in a pipe, or where `CI` is set.\n\n| command | codes |\n|---|---|\n";

/// `docs/commands.md` and a page for each command: what `--help` prints; and what the helps say about exit codes.
fn commands_pages() -> BTreeMap<String, String> {
    let help = printed(&["--help"]);
    let mut front =
        "# Commands\n\nLook up · [ocstopo](README.md)\n\nA page for each command has what `ocstopo <command> --help` prints. \
                     [Exit codes](exit-codes.md) are the same for all commands.\n\n| command | |\n|---|---|\n"
            .to_owned();
    let mut pages = BTreeMap::new();
    let mut exits = EXIT_CODES.to_owned();
    for (name, about) in listed_commands(&help) {
        front += &format!("| [`{name}`](commands/{name}.md) | {} |\n", about.replace('|', "\\|"));
        let mut page = String::new();
        helps(&[&name], "#", &mut page, &mut exits);
        let page = crumbed(&page, "Look up · [ocstopo](../README.md) › [Commands](../commands.md)");
        pages.insert(format!("docs/commands/{name}.md"), page);
    }
    front += &format!("\n```text\n{}\n```\n", help.trim_end());
    pages.insert("docs/commands.md".to_owned(), front);
    pages.insert("docs/exit-codes.md".to_owned(), exits);
    pages
        .into_iter()
        .map(|(path, page)| (path, page.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")))
        .map(|(path, page)| (path, format!("{}\n", page.trim_end())))
        .collect()
}

/// The pages that the program writes of itself, and the folders that have no others.
fn generated() -> (BTreeMap<String, String>, Vec<String>) {
    let mut made = commands_pages();
    made.insert("docs/artifacts.md".to_owned(), files::artifacts_page());
    let mut folders = vec!["docs/commands".to_owned()];
    for document in &chapters::DOCUMENTS {
        made.extend(chapters::pages(document, &printed(document.printed_by)));
        folders.push(document.front.to_owned());
    }
    (made, folders)
}

/// With `INSTA_UPDATE=always`, as `tests/update` sets it, the pages are written, as snapshots are.
#[test]
fn the_pages_are_current() {
    let write = std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always");
    let (made, folders) = generated();
    let mut stale = String::new();
    for folder in folders {
        fs::create_dir_all(root().join(&folder)).unwrap();
        for entry in fs::read_dir(root().join(&folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().to_string_lossy());
            if made.contains_key(&name) {
                continue;
            }
            if write {
                fs::remove_file(root().join(&name)).unwrap();
            } else {
                stale += &format!("{name} is a page of nothing\n");
            }
        }
    }
    for (page, made) in made {
        let written = fs::read_to_string(root().join(&page)).unwrap_or_default();
        if written == made {
            continue;
        }
        if write {
            fs::write(root().join(page), &made).unwrap();
            continue;
        }
        let first = written.lines().zip(made.lines()).position(|(written, made)| written != made);
        let line = first.unwrap_or(written.lines().count().min(made.lines().count())) + 1;
        stale += &format!("{page} is stale from line {line} on\n");
    }
    assert!(stale.is_empty(), "{stale}`bash tests/update docs` writes the pages");
}
