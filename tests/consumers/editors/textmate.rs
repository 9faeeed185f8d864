//! The TextMate grammar in the library of VS Code: no colour goes over the end of its word, and nothing that the compiler accepts is
//! coloured as a mistake.

use ocstopo::ide::TokenKind;
use serde::Deserialize;
use serde_json::{Value, json};

use super::colours::Coloured::{self, Nothing, Sign, Token};
use super::colours::Colours;
use super::node;
use super::texts::{self, Text};
use crate::support::root;

/// What the library says about a text.
#[derive(Deserialize)]
struct Row {
    /// The texts with a scope `invalid`.
    invalid: Vec<String>,
    /// How many rules are open at the end of the text; one is the file.
    depth: usize,
    /// First and last byte, and scopes from the outside in.
    tokens: Vec<(usize, usize, Vec<String>)>,
}

fn rows(texts: &[Text], whole: bool) -> Vec<Row> {
    let work = tempfile::tempdir().unwrap();
    let grammar = root().join("editors/vscode/syntaxes/ocstopo.tmLanguage.json");
    let rows: Vec<Value> = texts.iter().map(|text| json!({ "text": text.text, "whole": whole })).collect();
    let rows: Vec<Row> = node(work.path(), "textmate.js", json!({ "grammar": grammar, "texts": rows }));
    assert_eq!(rows.len(), texts.len());
    rows
}

#[test]
fn nothing_that_the_compiler_accepts_is_coloured_as_a_mistake() {
    let texts = texts::all();
    let rows = rows(texts, false);
    let mut seen = 0;
    for (text, row) in texts.iter().zip(&rows) {
        if text.is_sound {
            assert!(row.invalid.is_empty(), "{}: {:?}", text.name, row.invalid);
            assert_eq!(row.depth, 1, "{}: a rule is open at the end", text.name);
        } else if !row.invalid.is_empty() || row.depth > 1 {
            seen += 1;
        }
    }
    assert!(seen >= 25, "of {} mistakes of syntax {seen} are seen", texts.iter().filter(|text| !text.is_sound).count());
}

/// What a scope is, by its beginning.
const SCOPES: &[(&str, Coloured)] = &[
    ("entity.name.type", Token(TokenKind::Kind)),
    ("variable.other.enummember", Token(TokenKind::Name)),
    ("variable.other.property", Token(TokenKind::Key)),
    ("constant.other", Token(TokenKind::Word)),
    ("constant.language", Token(TokenKind::Word)),
    ("constant.numeric", Token(TokenKind::Number)),
    ("constant.character.escape", Token(TokenKind::Text)),
    ("keyword.control", Token(TokenKind::Verb)),
    ("keyword.operator", Sign),
    ("string.quoted.double", Token(TokenKind::Text)),
    ("string.quoted.single", Token(TokenKind::Raw)),
    ("comment.line", Token(TokenKind::Comment)),
    ("punctuation.section", Sign),
    ("punctuation.separator", Sign),
    ("meta", Nothing),
    ("source", Nothing),
];

#[test]
fn the_scopes_are_those_of_the_language_server() {
    let texts = texts::examples();
    for (text, row) in texts.iter().zip(rows(&texts, true)) {
        let mut colours = Colours::new(text);
        for (first, last, scopes) in &row.tokens {
            // The quotes belong to their string.
            let scope = scopes.iter().rfind(|scope| !scope.starts_with("punctuation.definition")).expect("a scope");
            let own = SCOPES.iter().find(|(begin, _)| scope.starts_with(begin));
            let (_, colour) = own.unwrap_or_else(|| panic!("`SCOPES` has no row for {scope}"));
            colours.paint(*first..*last, *colour);
        }
        colours.compare();
    }
}
