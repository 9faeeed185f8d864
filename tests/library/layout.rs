//! `fmt` changes no finding: whatever is done to a topology, `check` says the same before and after.

use std::sync::LazyLock;

use ocstopo::compile::compile;
use ocstopo::fmt;
use ocstopo::syntax::parse;
use ocstopo::text::{FileId, SourceMap};
use proptest::prelude::*;

use crate::support::topologies::{FIXTURES, Files, files, listed};
use crate::support::{ocstopo, root};

/// Pieces that are put in or in place of others.
const PIECES: &[&str] =
    &["{", "}", "[", "]", "\"", "'", "=", ",", ";", "#", "\n", "\n\n", " ", "    ", "->", ".", "true", "10", "site", "x"];

/// The examples that compile fast enough to be tried often, and the topology of the single edits.
static TOPOLOGIES: LazyLock<Vec<Files>> = LazyLock::new(|| {
    let folders = listed(&root().join("examples")).into_iter().chain([root().join("tests/single_edits/fabrikam")]);
    folders.map(|folder| files(&folder)).collect()
});

/// What is done to a text: a token is taken out, doubled, replaced, or something is put in front of it.
#[derive(Debug, Clone)]
enum Change {
    TakeOut,
    Double,
    Replace(&'static str),
    Insert(&'static str),
    Exchange,
}

fn change() -> impl Strategy<Value = Change> {
    let piece = || prop::sample::select(PIECES);
    prop_oneof![
        3 => Just(Change::TakeOut),
        2 => Just(Change::Double),
        2 => piece().prop_map(Change::Replace),
        3 => piece().prop_map(Change::Insert),
        1 => Just(Change::Exchange),
    ]
}

/// Words, marks and white space.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of_kind = |c: char| (c.is_alphanumeric() || "_-./".contains(c), c == ' ');
        let single = !first.is_alphanumeric() && first != ' ';
        let end = if single { first.len_utf8() } else { rest.find(|c| of_kind(c) != of_kind(first)).unwrap_or(rest.len()) };
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

fn changed(text: &str, changes: &[(prop::sample::Index, Change)]) -> String {
    let mut tokens: Vec<String> = tokens(text).into_iter().map(str::to_owned).collect();
    for (place, change) in changes {
        let at = place.index(tokens.len());
        match change {
            Change::TakeOut => tokens[at].clear(),
            Change::Double => tokens[at] = tokens[at].repeat(2),
            Change::Replace(piece) => (*piece).clone_into(&mut tokens[at]),
            Change::Insert(piece) => tokens[at].insert_str(0, piece),
            Change::Exchange => {
                let other = (at + 1) % tokens.len();
                tokens.swap(at, other);
            }
        }
    }
    tokens.concat()
}

fn formatted(text: &str) -> String {
    fmt::format(&parse(FileId(0), text.into()))
}

/// Codes and messages, in no order of places.
fn findings(files: Files) -> Vec<(&'static str, String)> {
    let mut found: Vec<_> =
        compile(SourceMap::new(files), &FIXTURES).diags.into_iter().map(|diag| (diag.code.0, diag.message)).collect();
    found.sort();
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_are_the_same_before_and_after(
        topology in any::<prop::sample::Index>(),
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), change()), 1..4),
    ) {
        let mut files = topology.get(TOPOLOGIES.as_slice()).clone();
        let file = file.index(files.len());
        let text = changed(&files[file].1, &changes);
        let once = formatted(&text);
        prop_assert_eq!(&formatted(&once), &once, "formatting twice is formatting once");
        if once != text {
            files[file].1 = text;
            let before = findings(files.clone());
            files[file].1 = once;
            prop_assert_eq!(before, findings(files));
        }
    }
}

/// Topologies of the repository and snippets of its pages have the layout that `fmt` gives them. Examples of rules get it when they are
/// made; what `docs/rules/` has are excerpts of them. A page that runs `ocstopo fmt` has what was typed before. What is edited by `single_edits` is as a person typed it.
#[test]
fn what_people_read_has_canonical_layout() {
    let said = ocstopo(&root(), &["fmt", "--check", "examples", "tests/broken", "tests/consumers", "tests/library", "src/plan"]);
    assert_eq!(String::from_utf8_lossy(&said.stdout), "", "`ocstopo fmt` changes these files");
    let pages = crate::docs::pages().into_iter().filter(|(path, _)| !path.starts_with(root().join("docs/rules")));
    let mut snippets = 0;
    for (path, page) in pages.filter(|(_, page)| !page.contains("\n$ ocstopo fmt ")) {
        for snippet in page.split("```ocstopo").skip(1) {
            let (_, text) = snippet.split_once('\n').unwrap();
            let text = text.split("```").next().unwrap_or_default();
            assert_eq!(formatted(text), text, "{}", path.display());
            snippets += 1;
        }
    }
    assert!(snippets > 60, "{snippets}");
}

/// The case that was found: a brace is missing, and only the layout shows where.
#[test]
fn a_missing_brace_keeps_its_place() {
    for files in TOPOLOGIES.iter() {
        for (index, (_, text)) in files.iter().enumerate() {
            for (at, _) in text.match_indices(['{', '}']) {
                let mut broken = text.clone();
                broken.remove(at);
                let once = formatted(&broken);
                // What has errors keeps its layout.
                let errors = |text: &str| parse(FileId(index as u32), text.into()).diags.len();
                assert!(once == broken || errors(&broken) == 0 && errors(&once) == 0);
            }
        }
    }
}
