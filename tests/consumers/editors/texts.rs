//! Every text of the language in the repository, and whether the compiler finds a mistake of syntax in it.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use ocstopo::lint::rules;
use ocstopo::schema::blocks;
use ocstopo::syntax::parse;
use ocstopo::text::FileId;

use crate::generator;
use crate::support::topologies::files;
use crate::support::{MODELS, root};

/// A text and where it is from.
pub struct Text {
    pub name: String,
    pub text: String,
    /// Whether the compiler finds no mistake of syntax.
    pub is_sound: bool,
}

impl Text {
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let is_sound = parse(FileId(0), text.as_str().into()).diags.is_empty();
        Self { name, text, is_sound }
    }
}

/// The files below a folder of the project whose names end so.
fn below(folder: &str, end: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut open = vec![root().join(folder)];
    while let Some(here) = open.pop() {
        for entry in fs::read_dir(here).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.to_str().is_some_and(|name| name.ends_with(end)) {
                found.push((within(&path), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn within(path: &Path) -> String {
    path.strip_prefix(root()).unwrap().to_string_lossy().into_owned()
}

/// The topologies that a page shows.
fn snippets(page: &str) -> impl Iterator<Item = &str> {
    page.split("```ocstopo\n").skip(1).filter_map(|rest| rest.split("```").next())
}

/// The string literals of a source that hold more than a line: the topologies of tests.
fn literals(source: &str) -> Vec<String> {
    let raw = source.split("r#\"").skip(1).filter_map(|rest| rest.split("\"#").next()).map(str::to_owned);
    let plain = source.split('"').filter(|text| text.contains("\\n") && text.contains('{'));
    let plain = plain.map(|text| text.replace("\\n", "\n").replace("{{", "{").replace("}}", "}"));
    raw.chain(plain).filter(|text| text.contains('\n')).collect()
}

/// All texts, read once.
pub fn all() -> &'static [Text] {
    static ALL: LazyLock<Vec<Text>> = LazyLock::new(read);
    &ALL
}

fn read() -> Vec<Text> {
    let mut texts = Vec::new();
    for folder in ["examples", "tests", "src"] {
        texts.extend(below(folder, ".ocstopo").into_iter().map(|(name, text)| Text::new(name, text)));
    }
    let mut pages: Vec<_> = ["docs", "examples", "editors"].iter().flat_map(|folder| below(folder, ".md")).collect();
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        pages.push((name.to_owned(), fs::read_to_string(root().join(name)).unwrap()));
    }
    for (name, page) in &pages {
        texts.extend(snippets(page).map(|text| Text::new(name, text)));
    }
    for (name, source) in ["tests", "src", "benches"].iter().flat_map(|folder| below(folder, ".rs")) {
        texts.extend(literals(&source).into_iter().map(|text| Text::new(&name, text)));
    }
    texts.extend(blocks::ALL.iter().map(|block| Text::new(format!("the example of {}", block.kind), block.example)));
    for rule in rules() {
        texts.push(Text::new(format!("the bad example of {}", rule.code), rule.bad.text()));
        texts.push(Text::new(format!("the good example of {}", rule.code), rule.good.text()));
    }
    texts.extend(generator::files(3).into_iter().map(Text::from));
    texts
}

impl From<(String, String)> for Text {
    fn from((name, text): (String, String)) -> Self {
        Self::new(name, text)
    }
}

/// The files of the models without one of their words or signs each: what is there while a person types.
pub fn unfinished() -> Vec<Text> {
    let mut texts = Vec::new();
    for (name, text) in MODELS.iter().flat_map(|model| files(&root().join("examples").join(model))) {
        let words: Vec<usize> = text.match_indices(char::is_whitespace).map(|(at, _)| at).collect();
        for pair in words.windows(2).step_by(11).filter(|pair| pair[1] > pair[0] + 1) {
            let mut left = text.clone();
            left.replace_range(pair[0]..pair[1], "");
            texts.push(Text::new(format!("{name} without `{}`", &text[pair[0]..pair[1]]), left));
        }
    }
    texts
}

/// The files of all examples.
pub fn examples() -> Vec<Text> {
    below("examples", ".ocstopo").into_iter().map(Text::from).collect()
}
