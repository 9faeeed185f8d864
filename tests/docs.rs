//! The pages in `docs/` are what the compiler says of itself, and no page leads nowhere.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "it reads the pages of the house, which are there")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ocstopo::catalog::show;
use ocstopo::lint;
use ocstopo::product::Product;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All pages: of the project, of `docs/` and of the examples.
fn pages() -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("docs"), root().join("examples")];
    let mut files: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md"].map(|name| root().join(name)).to_vec();
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

#[track_caller]
fn current(page: &str, made: &str, command: &str) {
    let written = fs::read_to_string(root().join(page)).unwrap_or_default();
    let first = written.lines().zip(made.lines()).position(|(written, made)| written != made);
    let line = first.unwrap_or(written.lines().count().min(made.lines().count())) + 1;
    assert!(written == made, "{page} is stale from line {line} on: run `cargo run -- {command} > {page}`");
}

#[test]
fn the_rules_reference_is_current() {
    current("docs/rules.md", &lint::reference(), "explain --all --format markdown");
}

#[test]
fn the_catalogue_reference_is_current() {
    let sections = show::sections(Product::Ocs2007).unwrap();
    let made = show::markdown(Product::Ocs2007, &sections);
    current("docs/catalogue.md", &made, "catalog show --product ocs_2007 --format markdown");
}

#[test]
fn the_page_of_what_the_second_release_changes_is_current() {
    let (from, to) = (Product::Ocs2007, Product::Ocs2007R2);
    let made = show::diff_markdown(from, to, &show::differences(from, to).unwrap(), "#");
    current("docs/catalogue-r2.md", &made, "catalog diff --format markdown");
}

/// The anchor that renderers of Markdown give a heading.
fn anchor(heading: &str) -> String {
    let kept = heading.trim().to_lowercase();
    kept.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c)).map(|c| if c == ' ' { '-' } else { c }).collect()
}

fn anchors(text: &str) -> BTreeSet<String> {
    prose(text).filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect()
}

/// The targets of `[text](target)`, without what stands in code.
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
