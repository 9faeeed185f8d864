//! No link of a page leads nowhere, and no cell breaks its table.

use std::collections::BTreeSet;
use std::fs;

use super::{anchor, anchor_list, pages, prose, root};

fn anchors(text: &str) -> BTreeSet<String> {
    anchor_list(text).into_iter().collect()
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

/// The four needs that a page may answer.
const NEEDS: [&str; 4] = ["Learn", "Do", "Look up", "Understand"];

/// Below its heading a page says which need it answers, and leads back to the front page. The front page itself leads to all others.
#[test]
fn every_page_says_what_it_is_for() {
    let docs = root().join("docs");
    let mut wrong = Vec::new();
    for (page, text) in pages().into_iter().filter(|(page, _)| page.starts_with(&docs) && *page != docs.join("README.md")) {
        let crumbs = text.lines().nth(2).unwrap_or_default();
        if !NEEDS.iter().any(|need| crumbs.starts_with(&format!("{need} · [ocstopo]("))) {
            wrong.push(page.strip_prefix(root()).unwrap().display().to_string());
        }
    }
    assert!(wrong.is_empty(), "the third line is not `NEED · [ocstopo](README.md)`: {wrong:#?}");
}
