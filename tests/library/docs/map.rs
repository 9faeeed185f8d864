//! ARCHITECTURE.md names files that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use super::root;

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
