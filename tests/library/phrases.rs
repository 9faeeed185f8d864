//! What people read is in plain technical English: no text has a phrase that `phrases.toml` lists. docs/style.md has the rules.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::docs::pages;
use crate::support::root;

/// The phrases, each with what is written instead.
fn phrases() -> BTreeMap<String, String> {
    let text = fs::read_to_string(root().join("tests/library/phrases.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// The guide shows what it advises against.
const GUIDE: &str = "docs/style.md";

/// Everything that people read: pages, the catalogue, templates, and the program, whose messages and documentation are among its text.
fn texts() -> Vec<(PathBuf, String)> {
    let mut files: Vec<(PathBuf, String)> = pages();
    let mut folders: Vec<PathBuf> =
        ["src", "templates", "grammar", "editors/vscode", "packaging"].map(|name| root().join(name)).into();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_text = |path: &Path| {
                path.extension().is_some_and(|own| ["rs", "toml", "tera", "md", "pest"].iter().any(|text| own == *text))
            };
            if path.is_dir() {
                folders.extend((!path.ends_with("node_modules")).then_some(path));
            } else if is_text(&path) {
                files.push((path.clone(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    files.retain(|(path, _)| !path.ends_with(GUIDE));
    files
}

/// The words of a text in small letters with one blank around each, so that a phrase is found over a line break of a comment too.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && !"'_".contains(c)).filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(str::to_lowercase).collect();
    format!(" {} ", words.join(" "))
}

#[test]
fn no_text_has_a_phrase_of_the_list() {
    let phrases = phrases();
    let mut faults = Vec::new();
    for (path, text) in texts() {
        let text = words(&text);
        for (phrase, instead) in &phrases {
            let found = words(phrase);
            if let Some(at) = text.find(&found) {
                let around: String = text[at..].chars().take(60).collect();
                faults.push(format!("{}: `{}…`: instead of `{phrase}` write: {instead}", path.display(), around.trim()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_phrase_is_found_over_the_end_of_a_line() {
    assert!(words("/// It answers\n/// at 10.0.0.1.").contains(&words("answers at")));
    assert!(!words("`answers_at`, answersat").contains(&words("answers at")));
    assert!(phrases().len() > 25);
}
