//! What the extension of VS Code has from the vocabulary.

use std::fs;

use ocstopo::ide::snippet;
use ocstopo::schema::BlockSchema;
use ocstopo::schema::blocks::{ALL, ANYWHERE, TOP};
use serde_json::{Map, Value, json};

use crate::support::root;

/// Where a block is, for those that share their kind with another.
fn place(block: &BlockSchema) -> String {
    let parents = block.parents.iter().map(|parent| match *parent {
        TOP => "at the top",
        ANYWHERE => "anywhere",
        kind => kind,
    });
    parents.collect::<Vec<_>>().join(", ")
}

/// The snippets: each block with its required attributes, under its kind.
fn snippets() -> String {
    let mut all = Map::new();
    for block in ALL {
        let others = ALL.iter().filter(|other| other.kind == block.kind).count();
        let name = if others == 1 { block.kind.to_owned() } else { format!("{} ({})", block.kind, place(block)) };
        // VS Code knows the widths of the file's tabs.
        let body = snippet(block, block.since).replace("\n  ", "\n\t");
        let body: Vec<&str> = body.lines().collect();
        let row = json!({ "prefix": block.kind, "body": body, "description": block.title });
        assert!(all.insert(name.clone(), row).is_none(), "two snippets are called {name}");
    }
    serde_json::to_string_pretty(&Value::Object(all)).unwrap() + "\n"
}

/// With `INSTA_UPDATE=always`, as `tests/update` sets it, the file is written.
#[test]
fn the_snippets_of_vs_code_are_current() {
    let file = root().join("editors/vscode/snippets/ocstopo.json");
    let made = snippets();
    if std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always") {
        fs::write(&file, &made).unwrap();
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    assert!(written == made, "{} is stale: `bash tests/update extension` writes it", file.display());
}
