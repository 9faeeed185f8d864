//! The tree-sitter grammar in Neovim: it reads what the compiler reads, and its queries name what the language server names.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ocstopo::ide::TokenKind;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::colours::Coloured::{self, Sign, Token};
use super::colours::Colours;
use super::nvim;
use super::texts::{self, Text};
use crate::support::{root, succeed, text};

/// What Neovim says about a text.
#[derive(Deserialize)]
struct Row {
    error: bool,
    #[serde(default)]
    tree: String,
    #[serde(default)]
    highlights: Vec<(usize, usize, String)>,
    #[serde(default)]
    folds: Vec<(usize, usize)>,
}

fn folder() -> PathBuf {
    root().join("editors/tree-sitter-ocstopo")
}

fn read(path: &str) -> String {
    fs::read_to_string(folder().join(path)).unwrap()
}

/// Compiles the parser as an editor does.
fn parser(work: &Path) -> PathBuf {
    let parser = work.join("ocstopo.so");
    let source = folder().join("src");
    let flags = ["-O1", "-std=c11", "-Wall", "-Wno-unused", "-Werror", "-shared", "-fPIC"];
    let paths = ["-I", text(&source), "-o", text(&parser), text(&source.join("parser.c"))].map(str::to_owned);
    succeed("cc", &flags.into_iter().chain(paths.iter().map(String::as_str)).collect::<Vec<_>>());
    parser
}

fn rows(texts: &[&Text], whole: bool) -> Vec<Row> {
    let work = tempfile::tempdir().unwrap();
    let queries = |name: &str| folder().join("queries").join(name);
    let rows: Vec<Value> = texts.iter().map(|text| json!({ "text": text.text, "whole": whole })).collect();
    let jobs = json!({
        "parser": parser(work.path()), "highlights": queries("highlights.scm"), "folds": queries("folds.scm"), "texts": rows,
    });
    let rows: Vec<Row> = nvim(work.path(), "grammar.lua", &jobs);
    assert_eq!(rows.len(), texts.len());
    rows
}

/// `src/` is what the generator writes for `grammar.js`. The generator is not built here: that takes 36 seconds of processor time.
/// It writes the digests of what it reads and writes.
#[test]
fn the_parser_is_that_of_the_grammar() {
    let digests = read("src/sha256sums");
    let mut named = 0;
    for line in digests.lines() {
        let (digest, file) = line.split_once("  ").unwrap();
        let own: String =
            Sha256::digest(fs::read(folder().join(file)).unwrap()).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(own, digest, "{file} has changed: run `cargo run` in editors/tree-sitter-ocstopo/generate");
        named += 1;
    }
    assert_eq!(named, 7);
}

#[test]
fn the_grammar_reads_what_the_compiler_reads() {
    let unfinished = texts::unfinished();
    let texts: Vec<&Text> = texts::all().iter().chain(&unfinished).collect();
    let rows = rows(&texts, false);
    let pairs = || texts.iter().zip(&rows);
    let wrong: Vec<&str> = pairs().filter(|(text, row)| text.is_sound && row.error).map(|(text, _)| text.name.as_str()).collect();
    assert!(wrong.is_empty(), "the compiler has no mistake of syntax where the grammar has one: {wrong:#?}");
    let sound = texts.iter().filter(|text| text.is_sound).count();
    assert!(sound > 1_000, "{sound} of {} texts are sound", texts.len());
    // What it does not see are mistakes of a kind that no grammar of editors sees, such as a line end within the head of a block.
    let broken = texts.len() - sound;
    let missed: Vec<&str> =
        pairs().filter(|(text, row)| !text.is_sound && !row.error).map(|(text, _)| text.name.as_str()).collect();
    assert!(missed.len() * 10 < broken, "of {broken} mistakes of syntax the grammar misses {}: {missed:#?}", missed.len());
}

/// A test of the corpus: title, text, tree.
fn corpus(file: &str) -> Vec<(String, String, String)> {
    let bar = "=".repeat(18);
    let parts: Vec<&str> = file.split(&format!("{bar}\n")).skip(1).collect();
    let test = |pair: &[&str]| {
        let (text, tree) = pair[1].split_once("\n---\n").expect("a tree");
        let tree = tree.split_whitespace().collect::<Vec<_>>().join(" ").replace(" )", ")");
        (pair[0].trim().to_owned(), text.to_owned(), tree)
    };
    parts.chunks(2).map(test).collect()
}

#[test]
fn the_trees_are_those_of_the_corpus() {
    let mut tests = Vec::new();
    for entry in fs::read_dir(folder().join("test/corpus")).unwrap() {
        tests.extend(corpus(&fs::read_to_string(entry.unwrap().path()).unwrap()));
    }
    assert!(tests.len() >= 12, "{}", tests.len());
    let texts: Vec<Text> = tests.iter().map(|(title, text, _)| Text::new(title, text)).collect();
    let rows = rows(&texts.iter().collect::<Vec<_>>(), true);
    for ((title, text, tree), row) in tests.iter().zip(rows) {
        assert_eq!(&row.tree, tree, "{title}:\n{text}");
    }
}

/// What a capture of the query is.
const CAPTURES: &[(&str, Coloured)] = &[
    ("type", Token(TokenKind::Kind)),
    ("label", Token(TokenKind::Name)),
    ("variable.member", Token(TokenKind::Key)),
    ("constant", Token(TokenKind::Word)),
    ("constant.builtin.boolean", Token(TokenKind::Word)),
    ("constant.numeric", Token(TokenKind::Number)),
    ("keyword", Token(TokenKind::Verb)),
    ("string", Token(TokenKind::Text)),
    ("string.special", Token(TokenKind::Raw)),
    ("comment", Token(TokenKind::Comment)),
    ("operator", Sign),
    ("punctuation.bracket", Sign),
    ("punctuation.delimiter", Sign),
];

#[test]
fn the_queries_see_what_the_language_server_sees() {
    let texts = texts::examples();
    let rows = rows(&texts.iter().collect::<Vec<_>>(), true);
    for (text, row) in texts.iter().zip(rows) {
        let mut colours = Colours::new(text);
        let words: BTreeSet<(usize, usize)> = row.highlights.iter().map(|(first, last, _)| (*first, *last)).collect();
        assert_eq!(words.len(), row.highlights.len(), "{}: a word has two captures", text.name);
        for (first, last, capture) in &row.highlights {
            let own = CAPTURES.iter().find(|(name, _)| name == capture);
            let (_, colour) = own.unwrap_or_else(|| panic!("`CAPTURES` has no row for {capture}"));
            colours.paint(*first..*last, *colour);
        }
        colours.compare();
        // An editor folds what has several lines.
        let folds: BTreeSet<(usize, usize)> = row.folds.into_iter().filter(|(first, last)| last > first).collect();
        assert_eq!(folds, colours.folds(), "{}", text.name);
    }
}
